/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What registers stand for whatever the path: in SSA form a register has one
 * definition. A choice between two values is a "?:" of the condition that
 * decides it. Memory is taken as it was at the entry.
 */
#include "atomic.h"

struct definition {
	const struct event *event;	/* or */
	const struct phi *phi;
	unsigned int block;		/* of the phi */
	const struct term *value;	/* when it is known */
	bool busy;
};

struct static_values {
	struct checker *c;
	const struct function *f;
	struct definition *def;		/* by register */
	unsigned int *order;		/* by block: 1 + place in postorder */
	unsigned int *idom;		/* by block; itself: none */
	unsigned int depth;		/* definitions being looked into */
	uint64_t pointers;		/* parameters that are followed: a
					 * set, of the first 64 */
};

/* A chain of definitions that is longer is not followed. */
#define DEEPEST 200

static void number_blocks(struct static_values *v, struct arena *a,
			  unsigned int *at, unsigned int *n)
{
	const struct function *f = v->f;
	unsigned int *stack = arena_alloc(a, f->nblocks * sizeof(*stack));
	unsigned int *next = arena_alloc(a, f->nblocks * sizeof(*next));
	unsigned char *seen = arena_alloc(a, f->nblocks);
	unsigned int depth = 1;

	seen[0] = 1;
	while (depth) {
		unsigned int b = stack[depth - 1];

		if (next[b] == f->block[b].nsucc) {
			at[*n] = b;
			v->order[b] = ++*n;
			depth--;
		} else {
			unsigned int to = f->block[b].succ[next[b]++];

			if (!seen[to])
				stack[depth++] = to;
			seen[to] = 1;
		}
	}
}

static unsigned int meet(const struct static_values *v, unsigned int a,
			 unsigned int b)
{
	while (a != b) {
		if (v->order[a] < v->order[b])
			a = v->idom[a];
		else
			b = v->idom[b];
	}
	return a;
}

/* The nearest block that all ways to @block pass; has it changed? */
static bool dominate(struct static_values *v, unsigned int block)
{
	const struct block *b = &v->f->block[block];
	unsigned int none = v->f->nblocks, d = none, p;
	bool changed;

	for (p = 0; p < b->npred; p++)
		if (v->idom[b->pred[p]] != none)
			d = d == none ? b->pred[p] : meet(v, d, b->pred[p]);
	changed = v->idom[block] != d;
	v->idom[block] = d;
	return changed;
}

/* Immediate dominators, as Cooper, Harvey and Kennedy find them. */
static void find_dominators(struct static_values *v, struct arena *a)
{
	const struct function *f = v->f;
	unsigned int *at = arena_alloc(a, f->nblocks * sizeof(*at));
	unsigned int none = f->nblocks, n = 0, i;
	bool again = true;

	number_blocks(v, a, at, &n);
	for (i = 0; i < f->nblocks; i++)
		v->idom[i] = none;
	v->idom[0] = 0;
	while (again) {
		again = false;
		for (i = n - 1; i-- > 0;)
			again |= dominate(v, at[i]);
	}
	for (i = 0; i < f->nblocks; i++)
		if (v->idom[i] == none)
			v->idom[i] = i;
}

static void note_pointer(struct static_values *v, const struct term *addr)
{
	if (addr && addr->base->kind == TERM_PARAM && addr != addr->base &&
	    addr->base->value < 64)
		v->pointers |= 1ull << addr->base->value;
}

static void define_results(struct static_values *v, const struct block *b)
{
	unsigned int i, k;

	for (i = 0; i < b->nevents; i++) {
		const struct event *ev = &b->event[i];

		if (ev->reg >= 0)
			v->def[ev->reg].event = ev;
		note_pointer(v, ev->addr);
		note_pointer(v, ev->value);
		for (k = 0; k < ev->nargs; k++)
			note_pointer(v, ev->arg[k]);
	}
}

bool static_is_pointer(const struct static_values *v, const struct term *x)
{
	return x->kind == TERM_PARAM && x->value < 64 &&
	       (v->pointers >> x->value & 1);
}

struct static_values *static_values_new(struct checker *c, struct arena *a,
					const struct function *f)
{
	struct static_values *v = arena_alloc(a, sizeof(*v));
	unsigned int b, i;

	v->c = c;
	v->f = f;
	v->def = arena_alloc(a, (f->nregs + 1) * sizeof(*v->def));
	v->order = arena_alloc(a, (f->nblocks + 1) * sizeof(*v->order));
	v->idom = arena_alloc(a, (f->nblocks + 1) * sizeof(*v->idom));
	if (f->nblocks)
		find_dominators(v, a);
	for (b = 0; b < f->nblocks; b++) {
		const struct block *blk = &f->block[b];

		for (i = 0; i < blk->nphis; i++) {
			v->def[blk->phi[i].reg].phi = &blk->phi[i];
			v->def[blk->phi[i].reg].block = b;
		}
		define_results(v, blk);
	}
	return v;
}

static bool dominates(const struct static_values *v, unsigned int a,
		      unsigned int b)
{
	while (b != a && v->idom[b] != b)
		b = v->idom[b];
	return a == b;
}

bool static_sets(const struct static_values *v, const struct term *addr,
		 unsigned int block)
{
	const struct function *f = v->f;
	unsigned int b, i;

	for (b = 0; b < f->nblocks; b++)
		for (i = 0; i < f->block[b].nevents; i++)
			if (f->block[b].event[i].kind == EV_STORE &&
			    place_same_member(f->block[b].event[i].addr,
					      addr) &&
			    dominates(v, block, b))
				return true;
	return false;
}

static const struct event *test_of(const struct function *f, unsigned int b)
{
	const struct block *blk = &f->block[b];
	const struct event *ev = blk->nevents ?
				 &blk->event[blk->nevents - 1] : NULL;

	return ev && ev->kind == EV_TEST && blk->succ[0] != blk->succ[1] ?
	       ev : NULL;
}

/* Which way the test of @d goes if @to is entered from @from: 0, 1, or -1. */
static int way(const struct static_values *v, unsigned int d,
	       unsigned int from, unsigned int to)
{
	const struct block *b = &v->f->block[d];
	int k;

	for (k = 0; k < 2; k++) {
		unsigned int s = b->succ[k];

		if (from == d ? s == to :
		    v->f->block[s].npred == 1 && dominates(v, s, from))
			return k;
	}
	return -1;
}

static const struct term *choice(struct static_values *v,
				 const struct definition *def)
{
	const struct phi *p = def->phi;
	const struct block *b = &v->f->block[def->block];
	unsigned int d = v->idom[def->block];
	const struct event *test = test_of(v->f, d);
	int x;

	if (b->npred != 2 || !test)
		return NULL;
	x = way(v, d, b->pred[0], def->block);
	if (x < 0 || way(v, d, b->pred[1], def->block) != 1 - x)
		return NULL;
	return term_op(v->c->t, OP_COND, static_value(v, test->value),
		       static_value(v, p->arg[x ? 1 : 0]),
		       static_value(v, p->arg[x ? 0 : 1]));
}

static const struct term *result_of(struct static_values *v,
				    const struct event *ev)
{
	const struct api *api = ev->callee ?
				callee_of(v->c, ev->callee)->api : NULL;
	const struct term *arg[TERM_MAX_ARGS];
	unsigned int i;

	if (!api || (api->kind != API_PURE && api->kind != API_ASK) ||
	    ev->nargs > TERM_MAX_ARGS)
		return NULL;
	for (i = 0; i < ev->nargs; i++)
		arg[i] = static_value(v, ev->arg[i]);
	return term_call(v->c->t, api->name, ev->nargs, arg);
}

static const struct term *define(struct static_values *v,
				 const struct definition *def)
{
	const struct event *ev = def->event;

	if (def->phi)
		return choice(v, def);
	if (!ev)
		return NULL;
	if (ev->kind == EV_SET)
		return static_value(v, ev->value);
	if (ev->kind == EV_LOAD)
		return term_load(v->c->t, static_value(v, ev->addr), 0);
	return ev->kind == EV_CALL ? result_of(v, ev) : NULL;
}

static const struct term *replace(void *data, const struct term *x)
{
	struct static_values *v = data;
	struct definition *def;

	if (x->kind != TERM_REG)
		return x->nargs ? NULL : x;
	def = &v->def[x->value];
	if (def->busy || v->depth > DEEPEST)
		return term_unknown(v->c->t);
	if (!def->value) {
		def->busy = true;
		v->depth++;
		def->value = define(v, def);
		v->depth--;
		def->busy = false;
	}
	if (!def->value)
		def->value = term_fresh(v->c->t, def->event &&
					def->event->callee ?
					def->event->callee : "value",
					def->event ? def->event->id :
					-1 - x->value, 0);
	return def->value;
}

const struct term *static_value(struct static_values *v, const struct term *x)
{
	return term_map(v->c->t, x, replace, v);
}

void static_conditions(struct static_values *v, unsigned int block,
		       condition_fn *each, void *data)
{
	unsigned int b, d;

	for (b = block; v->idom[b] != b; b = d) {
		const struct event *test;

		d = v->idom[b];
		test = test_of(v->f, d);
		if (!test || v->f->block[b].npred != 1)
			continue;
		each(data, static_value(v, test->value),
		     v->f->block[d].succ[0] == b, b);
	}
}

bool of_parameters(const struct term *x)
{
	unsigned int i;

	if (x->kind != TERM_PARAM && x->kind != TERM_CONST &&
	    x->kind != TERM_OP)
		return false;
	for (i = 0; i < x->nargs; i++)
		if (!of_parameters(x->arg[i]))
			return false;
	return true;
}

struct translate {
	struct static_values *v;
	const struct event *call;
};

static const struct term *argument(void *data, const struct term *x)
{
	struct translate *t = data;

	if (x->kind != TERM_PARAM)
		return x->nargs ? NULL : x;
	if (x->value >= t->call->nargs)
		return term_unknown(t->v->c->t);
	return static_value(t->v, t->call->arg[x->value]);
}

const struct term *static_translate(struct static_values *v,
				    const struct event *call,
				    const struct term *x)
{
	struct translate t = { v, call };

	return term_map(v->c->t, x, argument, &t);
}
