/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Code that runs by itself may ask first whether it still should: a flag, a
 * pointer, whether the interface is open. If the teardown answers that before
 * it releases, the two may be locked against each other, which is not seen.
 */
#include <string.h>
#include "order.h"

#define GATES 64
#define DEPTH 20

/* A condition without which a use is not reached. */
struct gate {
	const struct term *key;		/* a member or global that it reads, */
	unsigned int runner;		/* or NULL: it is open */
	const struct term *condition;
	const struct term *asked;	/* in it: the value of @key, or a call
					 * that tells something of it */
	bool truth;			/* what it must be */
};

struct gates {
	struct order *o;
	unsigned int member;		/* whose uses are looked at */
	unsigned int n;
	struct gate gate[GATES];
	uint64_t *of;			/* by function: all its uses are
					 * behind one of these */
	uint64_t *written;		/* by function, callees included: these
					 * are shut */
	unsigned char *seen, *wrote;	/* by function: is that known? */
};

static uint64_t add_gate(struct gates *g, struct gate new)
{
	unsigned int i;

	for (i = 0; i < g->n; i++)
		if (g->gate[i].asked == new.asked &&
		    g->gate[i].condition == new.condition &&
		    g->gate[i].truth == new.truth)
			return 1ull << i;
	if (g->n == GATES)
		return 0;
	g->gate[g->n] = new;
	return 1ull << g->n++;
}

/* Is it one of many of its kind? */
static bool is_element(const struct term *x)
{
	while (x->kind == TERM_FIELD || x->kind == TERM_LOAD ||
	       (x->kind == TERM_OP && x->op == OP_ADD &&
		x->arg[1]->kind == TERM_CONST))
		x = x->arg[0];
	return x->kind == TERM_ELEM || x->kind == TERM_OP;
}

/*
 * The driver's own member that the address is in, or its variable: the state
 * of an object that there is one of.
 */
static const struct term *own_place(const struct gates *g,
				    const struct term *addr)
{
	const struct term *m;

	if (is_element(addr))
		return NULL;
	while ((m = place_member(addr))) {
		if (m->type && m->name && unit_has_struct(g->o->c->u, m->type))
			return m;
		addr = m->arg[0];
	}
	return addr->kind == TERM_GLOBAL ? addr : NULL;
}

/* The gates that the part @x of new->condition makes: a set. */
static uint64_t gates_of(struct gates *g, const struct term *x,
			 struct gate new)
{
	const struct rules *r = g->o->c->r;
	uint64_t set = 0;
	unsigned int i;

	new.asked = x;
	if (x->kind == TERM_LOAD) {
		new.key = own_place(g, x->arg[0]);
		return new.key ? add_gate(g, new) : 0;
	}
	for (i = 0; x->kind == TERM_CALL && i < r->nrunners; i++) {
		new.runner = i;
		if (r->runner[i].open && !strcmp(r->runner[i].open, x->name))
			set |= add_gate(g, new);
	}
	for (i = 0; i < x->nargs; i++) {
		new.key = x->kind != TERM_CALL || x->arg[i]->kind == TERM_LOAD ?
			  NULL : own_place(g, x->arg[i]);
		if (new.key)
			set |= add_gate(g, new);
		else
			set |= gates_of(g, x->arg[i], new);
	}
	return set;
}

struct visit {
	const struct flow *fl;
	unsigned char *seen;		/* by block */
	unsigned int avoid;		/* a block, or nblocks */
};

/* Marks what is reached from @b forwards, without closing a loop. */
static void visit_from(struct visit *v, unsigned int b)
{
	const struct block *blk = &v->fl->f->block[b];
	unsigned int i;

	if (b == v->avoid || v->seen[b])
		return;
	v->seen[b] = 1;
	for (i = 0; i < blk->nsucc; i++)
		if (flow_back_edge(v->fl, b, blk->succ[i]) < 0)
			visit_from(v, blk->succ[i]);
}

/* The blocks that are reached only if the test that ends @b says so. */
static void gate_blocks(struct gates *g, const struct flow *fl, unsigned int b,
			struct gate new, uint64_t *gate)
{
	const struct block *blk = &fl->f->block[b];
	unsigned int n = fl->f->nblocks, i, k;
	unsigned char *around = arena_alloc(g->o->c->a, 2 * n + 2);
	unsigned char *way = around + n + 1;
	struct visit v = { fl, around, b };
	uint64_t set;

	visit_from(&v, 0);
	v.seen = way;
	v.avoid = n;
	for (i = 0; i < blk->nsucc; i++) {
		new.truth = i;
		set = gates_of(g, new.condition, new);
		memset(way, 0, n);
		if (flow_back_edge(fl, b, blk->succ[i]) < 0)
			visit_from(&v, blk->succ[i]);
		for (k = 0; k < n; k++)
			if (k != b && !around[k] && !way[k])
				gate[k] |= set;
	}
}

/* By block: what is asked on all ways to it. */
static uint64_t *gates_by_block(struct gates *g, unsigned int index)
{
	const struct function *f = g->o->c->u->function[index];
	const struct flow *fl = flow_of(g->o->c->a, f);
	struct gate new = { 0 };
	uint64_t *gate;
	unsigned int b;

	gate = arena_alloc(g->o->c->a, (f->nblocks + 1) * sizeof(*gate));
	for (b = 0; b < f->nblocks; b++) {
		const struct block *blk = &f->block[b];
		const struct event *ev = blk->nevents ?
			&blk->event[blk->nevents - 1] : NULL;

		if (!ev || ev->kind != EV_TEST)
			continue;
		new.condition = order_asked(g->o, index, ev->value);
		gate_blocks(g, fl, b, new, gate);
	}
	return gate;
}

/* What is asked before each use of the member in the function: a set. */
static uint64_t gates_of_uses(struct gates *g, unsigned int index,
			      unsigned int depth)
{
	struct scan scan = { .f = g->o->c->u->function[index] };
	uint64_t all = ~0ull, *gate;
	const struct event *ev;
	int k;

	if (g->seen[index])
		return g->of[index];
	g->seen[index] = 1;
	g->of[index] = ~0ull;
	if (depth > DEPTH)
		return g->of[index] = 0;
	gate = gates_by_block(g, index);
	while (all && (ev = scan_next(&scan))) {
		k = called_by(g->o, ev);
		if (k >= 0 && uses_member(g->o, k, g->member))
			all &= gate[scan.block] | gates_of_uses(g, k,
								depth + 1);
		else if (is_use(g->o, index, ev, g->member))
			all &= gate[scan.block];
	}
	return g->of[index] = all;
}

static uint64_t written_by(struct gates *g, unsigned int index);

struct put {
	const struct term *asked, *value;
};

static const struct term *put_leaf(void *data, const struct term *x)
{
	const struct put *p = data;

	if (x == p->asked)
		return p->value;
	return x->nargs ? NULL : x;
}

/* Of flags that are set or cleared: the constant. */
static const struct term *put_value(const struct term *x)
{
	if (x->kind == TERM_OP && (x->op == OP_OR || x->op == OP_AND))
		return x->arg[1];
	return x;
}

/* The gates that are shut where @value is written to @place. */
static uint64_t shut_by(struct gates *g, const struct term *place,
			const struct term *value)
{
	uint64_t set = 0;
	unsigned int i;

	value = put_value(value);
	for (i = 0; value->kind == TERM_CONST && i < g->n; i++) {
		const struct gate *x = &g->gate[i];
		struct put p = { x->asked, value };
		const struct term *now;

		if (!x->key || x->asked->kind != TERM_LOAD ||
		    !place_same_thing(x->key, place))
			continue;
		now = term_map(g->o->c->t, x->condition, put_leaf, &p);
		if (now->kind == TERM_CONST && !!now->value != x->truth)
			set |= 1ull << i;
	}
	return set;
}

/* set_bit(): the gates that ask for the same bit. */
static uint64_t shut_by_call(struct gates *g, unsigned int index,
			     const struct event *ev)
{
	const struct callee *k = ev->kind == EV_CALL && ev->callee &&
				 ev->reg < 0 && ev->nargs == 2 ?
				 callee_of(g->o->c, ev->callee) : NULL;
	const struct term *bit, *place;
	uint64_t set = 0;
	unsigned int i;

	if (!k || !k->api || (k->api->kind != API_PURE &&
			      k->api->kind != API_BORROW))
		return 0;
	bit = order_path(g->o, index, ev->arg[0]);
	place = own_place(g, order_path(g->o, index, ev->arg[1]));
	for (i = 0; place && i < g->n; i++) {
		const struct gate *x = &g->gate[i];

		if (x->key && x->asked->kind == TERM_CALL &&
		    x->asked->nargs == 2 && x->asked->arg[0] == bit &&
		    place_same_thing(x->key, place))
			set |= 1ull << i;
	}
	return set;
}

/* The gates that an event shuts. */
static uint64_t writes(struct gates *g, unsigned int index,
		       const struct event *ev)
{
	uint64_t set = shut_by_call(g, index, ev);
	int k = called_by(g->o, ev);
	const struct term *place;

	if (k >= 0 && !set)
		return written_by(g, k);
	if (ev->kind != EV_STORE)
		return set;
	place = own_place(g, order_path(g->o, index, ev->addr));
	return !place ? 0 :
	       shut_by(g, place, order_path(g->o, index, ev->value));
}

static uint64_t written_by(struct gates *g, unsigned int index)
{
	struct scan scan = { .f = g->o->c->u->function[index] };
	const struct event *ev;

	if (g->wrote[index])
		return g->written[index];
	g->wrote[index] = 1;
	while ((ev = scan_next(&scan)))
		g->written[index] |= writes(g, index, ev);
	return g->written[index];
}

/* Marks the blocks that lead to @b without closing a loop. */
static void visit_back(struct visit *v, unsigned int b)
{
	const struct block *blk = &v->fl->f->block[b];
	unsigned int i;

	if (v->seen[b])
		return;
	v->seen[b] = 1;
	for (i = 0; i < blk->npred; i++)
		if (flow_back_edge(v->fl, blk->pred[i], b) < 0)
			visit_back(v, blk->pred[i]);
}

static bool is_at(const struct event *ev, struct loc loc)
{
	return ev->kind == EV_CALL && ev->loc.line == loc.line &&
	       ev->loc.col == loc.col;
}

/* What is written in the function before it comes to @loc. */
static uint64_t written_before(struct gates *g, const struct function *f,
			       struct loc loc)
{
	int index = order_function(g->o, f->name);
	struct visit v = { .fl = flow_of(g->o->c->a, f) };
	struct scan scan = { .f = f };
	const struct event *ev;
	uint64_t set = 0;
	unsigned int at;

	if (index < 0)
		return 0;
	while ((ev = scan_next(&scan)) && !is_at(ev, loc))
		;
	if (!ev)
		return 0;
	at = scan.block;
	v.seen = arena_alloc(g->o->c->a, f->nblocks + 1);
	visit_back(&v, at);
	scan = (struct scan){ .f = f };
	while ((ev = scan_next(&scan))) {
		if (scan.block == at && is_at(ev, loc))
			v.seen[at] = 0;
		if (v.seen[scan.block])
			set |= writes(g, index, ev);
	}
	return set;
}

/* The interfaces that are no longer open. */
static uint64_t closed_before(const struct gates *g, const struct release *r)
{
	uint64_t set = 0;
	unsigned int i, k;

	for (i = 0; i < g->o->nagents; i++)
		for (k = 0; (r->before >> i & 1) && k < g->n; k++)
			if (!g->gate[k].key &&
			    g->gate[k].runner == g->o->agent[i].kind)
				set |= 1ull << k;
	return set;
}

bool is_gated(struct order *o, unsigned int handler, const struct release *r)
{
	unsigned int n = o->c->u->nfunctions + 1;
	struct gates g = { .o = o, .member = (unsigned int)r->member };
	const struct trail *t;
	uint64_t set;

	g.of = arena_alloc(o->c->a, 2 * n * sizeof(*g.of));
	g.written = g.of + n;
	g.seen = arena_alloc(o->c->a, 2 * n);
	g.wrote = g.seen + n;
	set = gates_of_uses(&g, handler, 0);
	if (!set || set == ~0ull)
		return false;
	if (set & closed_before(&g, r))
		return true;
	for (t = r->calls; t; t = t->before)
		if (set & written_before(&g, t->function, t->loc))
			return true;
	return set & written_before(&g, r->in, r->loc);
}

bool releases_once(struct checker *c, const struct function *f, struct loc loc)
{
	unsigned int n = c->u->nfunctions + 1;
	struct order o = { .c = c };
	struct gates g = { .o = &o };
	int index = callee_of(c, f->name)->index;
	struct scan scan = { NULL };
	const struct event *ev;
	uint64_t *gate;

	if (index < 0)
		return false;
	scan.f = c->u->function[index];
	o.value = arena_alloc(c->a, n * sizeof(*o.value));
	o.path = arena_alloc(c->a, n * sizeof(*o.path));
	g.written = arena_alloc(c->a, n * sizeof(*g.written));
	g.wrote = arena_alloc(c->a, n);
	gate = gates_by_block(&g, (unsigned int)index);
	while ((ev = scan_next(&scan)))
		if (is_at(ev, loc))
			return gate[scan.block] & written_by(&g, index);
	return false;
}
