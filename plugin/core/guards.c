/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards: the members that functions which release ask before they do, as in
 * "if (p->chan) free(p->ring)". What another function wrote there is worth
 * remembering: it decides what the release does.
 */
#include "checker.h"

/* Copies and comparisons between a load and the branch that asks. */
#define DEPTH 6

/* Does it call a release, or a function of @wrapper? */
static bool releases(struct checker *c, const struct function *f,
		     const bool *wrapper)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct callee *k = ev->kind == EV_CALL &&
				ev->callee ? callee_of(c, ev->callee) : NULL;

			if (k && k->api ? k->api->kind == API_RELEASE :
			    k && k->index >= 0 && wrapper[k->index])
				return true;
		}
	return false;
}

bool is_guard(const struct checker *c, const struct term *addr)
{
	return place_set_has(&c->guards, addr);
}

/* By register, the event that sets it. */
static void add_asked(struct checker *c, struct place_set *set,
		      const struct event **by, const struct term *x,
		      unsigned int depth)
{
	const struct event *ev;
	unsigned int i;

	for (i = 0; i < x->nargs; i++)
		add_asked(c, set, by, x->arg[i], depth);
	ev = x->kind == TERM_REG && depth < DEPTH ? by[x->value] : NULL;
	if (ev && ev->kind == EV_LOAD)
		place_set_add(c->a, set, ev->addr);
	else if (ev && ev->kind == EV_SET)
		add_asked(c, set, by, ev->value, depth + 1);
}

/* Adds the members that the function asks. */
static void add_guards(struct checker *c, const struct function *f,
		       struct place_set *set)
{
	const struct event **by = arena_alloc(c->a, (f->nregs + 1) *
					      sizeof(*by));
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].reg >= 0)
				by[f->block[b].event[e].reg] =
					&f->block[b].event[e];
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].kind == EV_TEST)
				add_asked(c, set, by,
					  f->block[b].event[e].value, 0);
}

void find_guards(struct checker *c)
{
	unsigned int n = c->u->nfunctions, i;
	bool *none = arena_alloc(c->a, n + 1), *wrapper;

	wrapper = arena_alloc(c->a, n + 1);
	for (i = 0; i < n; i++)
		wrapper[i] = releases(c, c->u->function[i], none);
	for (i = 0; i < n; i++)
		if (releases(c, c->u->function[i], wrapper))
			add_guards(c, c->u->function[i], &c->guards);
}

bool clears_guard(struct checker *c, const struct function *f)
{
	struct place_set asked = { 0 };
	unsigned int b, e;

	add_guards(c, f, &asked);
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_STORE &&
			    place_set_has(&asked, ev->addr) &&
			    ev->value->kind == TERM_CONST && !ev->value->value)
				return true;
		}
	return false;
}
