/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What calls read and move, as far as is known of the callees: which facts
 * and branches are relevant depends on it.
 */
#include "checker.h"
#include "dispatch.h"
#include "tables.h"

/* The registers that hold what an acquire yields, through copies. */
struct keys {
	struct checker *c;
	unsigned char *reg;		/* by register */
};

static bool has_key(const struct keys *k, const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_REG)
		return k->reg[x->value];
	for (i = 0; i < x->nargs; i++)
		if (has_key(k, x->arg[i]))
			return true;
	return false;
}

static bool stores_handle(struct checker *c, const struct event *ev,
			  const struct term *addr)
{
	const struct api *api = ev->kind == EV_CALL && ev->callee ?
				callee_of(c, ev->callee)->api : NULL;
	unsigned int i;

	for (i = 0; api && i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] == ROLE_HANDLE_OUT && ev->arg[i] == addr)
			return true;
	return false;
}

/* Is the memory at the local the handle that an acquire stores? */
static bool is_handle_out(const struct keys *k, const struct term *addr)
{
	const struct function *f = k->c->fr->f;
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (stores_handle(k->c, &f->block[b].event[e], addr))
				return true;
	return false;
}

static bool yields_key(const struct keys *k, const struct event *ev)
{
	const struct callee *to;

	switch (ev->kind) {
	case EV_SET:
		return has_key(k, ev->value);
	case EV_LOAD:
		return ev->addr->kind == TERM_LOCAL &&
		       is_handle_out(k, ev->addr);
	case EV_CALL:
		to = ev->callee ? callee_of(k->c, ev->callee) : NULL;
		return to && to->api && to->api->kind == API_ACQUIRE;
	default:
		return false;
	}
}

static void find_keys(struct keys *k)
{
	const struct function *f = k->c->fr->f;
	unsigned int b, e;

	k->reg = arena_alloc(k->c->fr->keep, f->nregs + 1);
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->reg >= 0 && yields_key(k, ev))
				k->reg[ev->reg] = 1;
		}
}

static bool summary_owns(const struct summary *s)
{
	unsigned int i;

	for (i = 0; s && i < s->noutcomes; i++)
		if (s->outcome[i].nowned || s->fails)
			return true;
	return false;
}

/* Does the event move ownership, as far as is known of the callee? Where a
 * mapping is kept decides who finds it. */
static bool event_owns(void *data, const struct event *ev)
{
	struct keys *keys = data;
	struct checker *c = keys->c;
	const struct api *api;
	unsigned int i;
	int k;

	if (ev->kind == EV_STORE)
		return !place_is_local(ev->addr) && has_key(keys, ev->value);
	api = ev->kind == EV_CALL && ev->callee ?
	      callee_of(c, ev->callee)->api : NULL;
	if (api)
		return api->kind == API_ACQUIRE ||
		       api->kind == API_RELEASE ||
		       api->kind == API_FREE || api->kind == API_TAKE ||
		       api->kind == API_PUT ||
		       (api->kind == API_MAPS &&
			api_arg(api, ROLE_OBJECT) >= 0);
	for (i = 0; (k = leads_to(c, c->fr->index, ev, i)) != NO_CALLEE; i++)
		if (k >= 0 && summary_owns(c->summary[k]))
			return true;
	return false;
}

/* The members that decide what the callee does are read by the call. */
static void event_reads(void *data, const struct event *ev,
			struct name_set *names)
{
	struct checker *c = ((struct keys *)data)->c;
	const struct summary *s;
	unsigned int i, n, f;
	int k;

	if (is_through_table(c, ev))
		relevance_add(names, table_fact(c, term_const(c->t, 0)));
	for (n = 0; (k = leads_to(c, c->fr->index, ev, n)) != NO_CALLEE; n++) {
		s = k >= 0 ? c->summary[k] : NULL;
		for (i = 0; s && i < s->noutcomes; i++)
			for (f = 0; f < s->outcome[i].nfacts; f++)
				relevance_add(names, s->outcome[i].fact[f].x);
	}
}

struct relevance *find_relevance(struct checker *c)
{
	struct keys keys = { .c = c };

	find_keys(&keys);
	return relevance_of(c->fr->keep, c->fr->fl, event_owns, event_reads,
			    &keys);
}
