/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callbacks of the unit and what they reach.
 */
#include <string.h>
#include "callbacks.h"
#include "valueflow.h"

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

static void add_call(struct checker *c, struct arena *a, struct call_graph *g,
		     unsigned int from, const struct event *ev)
{
	unsigned int to[TARGETS], n, i;
	int k;

	if (ev->callee) {
		k = callee_of(c, ev->callee)->index;
		if (k >= 0)
			add_edge(a, g, from, (unsigned int)k);
		return;
	}
	n = vflow_targets(c, c->u->function[from], ev, to, TARGETS);
	for (i = 0; i < n; i++) {
		add_edge(a, g, from, to[i]);
		g->through_ops[to[i]] = true;
	}
}

static void add_calls(struct checker *c, struct arena *a,
		      struct call_graph *g, unsigned int from,
		      const struct block *b)
{
	unsigned int e;

	for (e = 0; e < b->nevents; e++)
		if (b->event[e].kind == EV_CALL)
			add_call(c, a, g, from, &b->event[e]);
}

static struct call_graph find_calls(struct checker *c, struct arena *a)
{
	struct call_graph g = { 0 };
	unsigned int i, b;

	g.through_ops = arena_alloc(a, c->u->nfunctions + 1);
	for (i = 0; i < c->u->nfunctions; i++)
		for (b = 0; b < c->u->function[i]->nblocks; b++)
			add_calls(c, a, &g, i,
				  &c->u->function[i]->block[b]);
	return g;
}

/* One more way in which the function is called from outside. */
static void add_root(struct checker *c, struct arena *a, struct callbacks *cb,
		     const struct call_graph *g, const struct ops *o)
{
	const struct lifecycle *l = rules_lifecycle(c->r, o->type, o->field);
	int k = callee_of(c, arena_intern(c->a, o->function))->index;
	struct roots *r = k < 0 ? NULL : &cb->roots[k];

	if (l) {
		cb->hook = arena_grow(a, cb->hook, cb->n,
					  sizeof(*cb->hook));
		cb->hook[cb->n++] = (struct hook){ o, l, k };
	}
	if (!r)
		return;
	if (l && l->part == PART_BEGIN)
		r->begin |= 1u << l->depth;
	else if (l && l->part == PART_END)
		r->end |= 1u << l->depth;
	else if (l)
		r->during |= 1u << l->depth;
	else if (!g->through_ops[k] || !unit_has_struct(c->u, o->type))
		r->other = true;
}

static bool in_ops(const struct unit *u, const struct function *f)
{
	unsigned int i;

	for (i = 0; i < u->nops; i++)
		if (!strcmp(u->ops[i].function, f->name))
			return true;
	return false;
}

static void own_roots(struct checker *c, struct arena *a,
		      struct callbacks *cb, const struct call_graph *g)
{
	unsigned int i;

	for (i = 0; i < c->u->nops; i++)
		add_root(c, a, cb, g, &c->u->ops[i]);
	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];
		bool known = in_ops(c->u, f);

		cb->roots[i].exit = f->is_exit && !c->called[i] && !known;
		cb->roots[i].init = f->is_init && !c->called[i] && !known;
		if (!f->is_static && !f->is_init && !f->is_exit)
			cb->roots[i].other = true;
		else if (f->address_taken && !known)
			cb->roots[i].other = true;
	}
}

static bool merge(struct roots *to, const struct roots *from)
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
			more |= merge(&cb->roots[g->edge[i].to],
				      &cb->roots[g->edge[i].from]);
	}
}

struct callbacks *callbacks_find(struct checker *c, struct arena *a)
{
	struct callbacks *cb = arena_alloc(a, sizeof(*cb));
	unsigned int i;

	cb->calls = find_calls(c, a);
	cb->nfunctions = c->u->nfunctions;
	cb->a = a;
	cb->roots = arena_alloc(a, (c->u->nfunctions + 1) *
				sizeof(*cb->roots));
	own_roots(c, a, cb, &cb->calls);
	spread(cb, &cb->calls);
	cb->closed = !c->u->noutside;
	for (i = 0; i < c->u->nfunctions; i++)
		cb->closed &= c->u->function[i]->is_static ||
			      c->u->function[i]->is_inline ||
			      c->u->function[i]->is_init ||
			      c->u->function[i]->is_exit;
	return cb;
}

/* The functions that lead to @fn, itself included. */
static bool *leading_to(const struct callbacks *cb, unsigned int fn)
{
	bool *set = arena_alloc(cb->a, cb->nfunctions + 1), more = true;
	const struct call_graph *g = &cb->calls;
	unsigned int i;

	set[fn] = true;
	while (more) {
		more = false;
		for (i = 0; i < g->n; i++)
			if (set[g->edge[i].to] && !set[g->edge[i].from])
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
	const bool *leads = leading_to(cb, fn);
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
