/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callbacks of the unit and what they reach.
 */
#include <string.h>
#include "callbacks.h"

#define TARGETS 16

static void add_edge(struct arena *a, struct call_graph *g, unsigned int from,
		     unsigned int to)
{
	if (g->n && g->edge[g->n - 1].from == from &&
	    g->edge[g->n - 1].to == to)
		return;
	g->edge = arena_grow(a, g->edge, g->n, sizeof(*g->edge));
	g->edge[g->n++] = (struct call_edge){ from, to };
}

static void add_call(struct checker *c, struct callbacks *cb,
		     unsigned int from, const struct event *ev)
{
	struct call_graph *g = &cb->calls;
	unsigned int to[TARGETS], n, i;
	int k;

	if (ev->callee) {
		k = callee_of(c, ev->callee)->index;
		if (k >= 0)
			add_edge(cb->a, g, from, (unsigned int)k);
		return;
	}
	n = targets_of(cb->t, from, ev, to, TARGETS);
	for (i = 0; i < n; i++) {
		add_edge(cb->a, g, from, to[i]);
		g->through_ops[to[i]] = true;
	}
}

static void add_calls(struct checker *c, struct callbacks *cb,
		      unsigned int from, const struct block *b)
{
	unsigned int e;

	for (e = 0; e < b->nevents; e++)
		if (b->event[e].kind == EV_CALL)
			add_call(c, cb, from, &b->event[e]);
}

static void find_calls(struct checker *c, struct callbacks *cb)
{
	unsigned int i, b;

	cb->calls.through_ops = arena_alloc(cb->a, c->u->nfunctions + 1);
	for (i = 0; i < c->u->nfunctions; i++)
		for (b = 0; b < c->u->function[i]->nblocks; b++)
			add_calls(c, cb, i, &c->u->function[i]->block[b]);
}

/* One more way in which the function is called from outside. */
static void add_root(struct checker *c, struct callbacks *cb,
		     const struct ops *o, bool *known)
{
	const struct lifecycle *l = rules_lifecycle(c->r, o->type, o->field);
	int k = callee_of(c, arena_intern(c->a, o->function))->index;
	struct roots *r = k < 0 ? NULL : &cb->roots[k];

	if (l) {
		cb->hook = arena_grow(cb->a, cb->hook, cb->n,
				      sizeof(*cb->hook));
		cb->hook[cb->n++] = (struct hook){ o, l, k };
	}
	if (!r)
		return;
	known[k] = true;
	if (l && l->part == PART_BEGIN)
		r->begin |= 1u << l->depth;
	else if (l && l->part == PART_END)
		r->end |= 1u << l->depth;
	else if (l)
		r->during |= 1u << l->depth;
	else if (!cb->calls.through_ops[k] || !unit_has_struct(c->u, o->type))
		r->other = true;
}

static void own_roots(struct checker *c, struct callbacks *cb)
{
	bool *known = arena_alloc(cb->a, c->u->nfunctions + 1);
	unsigned int i;

	for (i = 0; i < c->u->nops; i++)
		add_root(c, cb, &c->u->ops[i], known);
	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		cb->roots[i].exit = f->is_exit && !c->called[i] && !known[i];
		cb->roots[i].init = f->is_init && !c->called[i] && !known[i];
		if (!f->is_static && !f->is_init && !f->is_exit)
			cb->roots[i].other = true;
		else if (f->address_taken && !known[i])
			cb->roots[i].other = true;
	}
}

bool roots_merge(struct roots *to, const struct roots *from)
{
	struct roots was = *to;

	to->begin |= from->begin;
	to->end |= from->end;
	to->during |= from->during;
	to->init |= from->init;
	to->exit |= from->exit;
	to->other |= from->other;
	return memcmp(&was, to, sizeof(was));
}

static void spread(struct callbacks *cb, const struct call_graph *g)
{
	bool more = true;
	unsigned int i;

	while (more) {
		more = false;
		for (i = 0; i < g->n; i++)
			more |= roots_merge(&cb->roots[g->edge[i].to],
				      &cb->roots[g->edge[i].from]);
	}
}

struct callbacks *callbacks_find(struct checker *c, struct arena *a,
				 struct targets *t)
{
	struct callbacks *cb = arena_alloc(a, sizeof(*cb));
	unsigned int i;

	cb->a = a;
	cb->t = t;
	cb->nfunctions = c->u->nfunctions;
	find_calls(c, cb);
	cb->roots = arena_alloc(a, (c->u->nfunctions + 1) *
				sizeof(*cb->roots));
	own_roots(c, cb);
	cb->own = arena_alloc(a, (c->u->nfunctions + 1) * sizeof(*cb->own));
	memcpy(cb->own, cb->roots, c->u->nfunctions * sizeof(*cb->own));
	spread(cb, &cb->calls);
	cb->closed = !c->u->noutside;
	for (i = 0; i < c->u->nfunctions; i++)
		cb->closed &= c->u->function[i]->is_static ||
			      c->u->function[i]->is_inline ||
			      c->u->function[i]->is_init ||
			      c->u->function[i]->is_exit;
	return cb;
}

bool *callbacks_leading_to(const struct callbacks *cb, unsigned int fn, int but)
{
	bool *set = arena_alloc(cb->a, cb->nfunctions + 1), more = true;
	const struct call_graph *g = &cb->calls;
	unsigned int i;

	set[fn] = true;
	while (more) {
		more = false;
		for (i = 0; i < g->n; i++)
			if (set[g->edge[i].to] && !set[g->edge[i].from] &&
			    (int)g->edge[i].to != but)
				more = set[g->edge[i].from] = true;
	}
	return set;
}

/* Does @end end what a callback that leads to the function begins? */
static bool is_counterpart(const struct callbacks *cb,
			   const struct hook *end, const bool *leads)
{
	unsigned int i;

	for (i = 0; i < cb->n; i++) {
		const struct hook *k = &cb->hook[i];

		if (k->life->part != PART_END && k->index >= 0 &&
		    leads[k->index] && k->life->depth >= end->life->depth &&
		    (k->life->depth > end->life->depth ||
		     !strcmp(k->ops->object, "-") ||
		     (!strcmp(k->ops->object, end->ops->object) &&
		      !strcmp(k->ops->type, end->ops->type))))
			return true;
	}
	return false;
}

const struct hook *hook_ending(const struct callbacks *cb,
				       unsigned int fn, unsigned int levels)
{
	const bool *leads = callbacks_leading_to(cb, fn, -1);
	const struct hook *found = NULL;
	unsigned int i;

	for (i = 0; i < cb->n; i++) {
		const struct hook *k = &cb->hook[i];

		if (k->life->part != PART_END ||
		    !(levels >> k->life->depth & 1) ||
		    !is_counterpart(cb, k, leads))
			continue;
		/* the innermost, and one with a body before one without */
		if (!found || k->life->depth > found->life->depth ||
		    (k->life->depth == found->life->depth &&
		     found->index < 0))
			found = k;
	}
	return found;
}

static bool is_until(const struct lifecycle *l, const char *name)
{
	unsigned int i;

	for (i = 0; i < l->nuntil; i++)
		if (!strcmp(l->until[i], name))
			return true;
	return false;
}

static bool calls_until(const struct function *f, const struct lifecycle *l)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_CALL && ev->callee &&
			    is_until(l, ev->callee))
				return true;
		}
	return false;
}

/* Does the end, or a function that it leads to, call what stops the hook? */
static bool is_stopped(struct checker *c, const struct callbacks *cb,
		       const struct hook *end, const struct lifecycle *l)
{
	unsigned int i;

	for (i = 0; i < cb->nfunctions; i++)
		if (calls_until(c->u->function[i], l) && end->index >= 0 &&
		    callbacks_leading_to(cb, i, -1)[end->index])
			return true;
	return false;
}

bool hook_stops(struct checker *c, const struct callbacks *cb,
		const struct hook *end, unsigned int fn)
{
	const bool *leads = callbacks_leading_to(cb, fn, -1);
	unsigned int i;

	for (i = 0; i < cb->n; i++) {
		const struct hook *k = &cb->hook[i];

		if (k->life->part == PART_DURING && k->index >= 0 &&
		    leads[k->index] && k->life->nuntil &&
		    !is_stopped(c, cb, end, k->life))
			return false;
	}
	return true;
}
