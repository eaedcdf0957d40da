/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists that a function gives to the device with a number of entries: by an
 * API that takes both, itself or in what it calls.
 */
#include "unmapped.h"

/* Lists of one function that are worth remembering. */
#define GIVENS 16

static void add_given(struct checker *c, struct givens *g, struct given x)
{
	if (!x.list || !x.count || x.count->kind == TERM_CONST ||
	    g->n == GIVENS)
		return;
	g->given = arena_grow(c->a, g->given, g->n, sizeof(x));
	g->given[g->n++] = x;
}

static void add_call(struct checker *c, struct givens *g, unsigned int index,
		     struct list_at at)
{
	const struct event *ev = at.ev;
	const struct api *api = ev->callee ? callee_of(c, ev->callee)->api :
				NULL;
	int body = body_of(c, ev), sgl, count;
	const struct givens *k;
	unsigned int i;

	if (api && api->kind == API_TAKE) {
		sgl = api_arg(api, ROLE_SGL);
		count = api_arg(api, ROLE_COUNT);
		if (sgl < 0 || count < 0 || (unsigned int)sgl >= ev->nargs ||
		    (unsigned int)count >= ev->nargs)
			return;
		add_given(c, g, (struct given){
			list_of(c, index, ev->arg[sgl]),
			written_value(c, index, term_strip(ev->arg[count])),
			ev, at });
		return;
	}
	k = body >= 0 ? givens_of(c, body) : NULL;
	for (i = 0; k && i < k->n; i++)
		add_given(c, g, (struct given){
			list_in_caller(c, index, ev, k->given[i].list),
			value_in_caller(c, index, ev, k->given[i].count),
			k->given[i].ev, at });
}

struct givens *givens_of(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	struct givens *g;
	unsigned int b, e;

	if (!c->givens)
		c->givens = arena_alloc(c->a, c->u->nfunctions *
					sizeof(*c->givens));
	g = c->givens[index];
	if (!g)
		g = c->givens[index] = arena_alloc(c->a, sizeof(*g));
	if (g->busy || g->done)
		return g;
	g->busy = true;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].kind == EV_CALL)
				add_call(c, g, index, (struct list_at){
					&f->block[b].event[e], b });
	g->busy = false;
	g->done = true;
	return g;
}
