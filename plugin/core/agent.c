/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code that runs by itself: where it is set up, and what it uses. */
#include <string.h>
#include "order.h"

const struct event *scan_next(struct scan *s)
{
	while (s->block < s->f->nblocks) {
		const struct block *b = &s->f->block[s->block];

		if (s->event < b->nevents)
			return &b->event[s->event++];
		s->block++;
		s->event = 0;
	}
	return NULL;
}

int called_by(struct order *o, const struct event *ev)
{
	return ev->kind == EV_CALL && ev->callee ?
	       order_function(o, ev->callee) : -1;
}

struct resolve {
	struct order *o;
	const struct term **value;
};

static const struct term *resolve_leaf(void *data, const struct term *x)
{
	struct resolve *r = data;

	if (x->kind == TERM_REG)
		return r->value[x->value] ? r->value[x->value] : x;
	return x->nargs ? NULL : x;
}

static const struct term *resolve(struct order *o, const struct term **value,
				  const struct term *x)
{
	struct resolve r = { o, value };

	return term_map(o->c->t, x, resolve_leaf, &r);
}

static const struct term *call_value(struct order *o,
				     const struct term **value,
				     const struct event *ev)
{
	const struct callee *k = ev->callee ? callee_of(o->c, ev->callee) :
				 NULL;
	const struct term *arg[ev->nargs + 1];
	unsigned int i;

	if (!k || !k->api || k->api->kind != API_PURE)
		return NULL;
	for (i = 0; i < ev->nargs; i++)
		arg[i] = resolve(o, value, ev->arg[i]);
	return term_call(o->c->t, k->name, ev->nargs, arg);
}

static void resolve_event(struct order *o, const struct term **value,
			  const struct event *ev)
{
	if (ev->reg < 0)
		return;
	if (ev->kind == EV_SET)
		value[ev->reg] = resolve(o, value, ev->value);
	else if (ev->kind == EV_LOAD)
		value[ev->reg] = term_load(o->c->t,
					   resolve(o, value, ev->addr), 0);
	else if (ev->kind == EV_CALL)
		value[ev->reg] = call_value(o, value, ev);
}

/* Where all that leads to a block is the same; of a loop, its beginning. */
static const struct term *phi_value(struct order *o, const struct term **value,
				    const struct function *f, unsigned int b,
				    const struct phi *phi)
{
	const struct term *all = NULL, *x;
	unsigned int i;

	for (i = 0; i < f->block[b].npred; i++) {
		if (f->block[b].pred[i] >= b)
			continue;
		x = resolve(o, value, phi->arg[i]);
		if (all && all != x)
			return NULL;
		all = x;
	}
	return all;
}

/* Blocks are in an order in which what is defined comes before its use. */
static const struct term **resolve_function(struct order *o,
					    unsigned int index, bool phis)
{
	const struct function *f = o->c->u->function[index];
	const struct term **value;
	unsigned int b, i;

	value = arena_alloc(o->c->a, (f->nregs + 1) * sizeof(*value));
	for (b = 0; b < f->nblocks; b++) {
		const struct block *blk = &f->block[b];

		for (i = 0; phis && i < blk->nphis; i++)
			value[blk->phi[i].reg] = phi_value(o, value, f, b,
							   &blk->phi[i]);
		for (i = 0; i < blk->nevents; i++)
			resolve_event(o, value, &blk->event[i]);
	}
	return value;
}

const struct term *order_value(struct order *o, unsigned int index,
			       const struct term *x)
{
	if (!o->value[index])
		o->value[index] = resolve_function(o, index, false);
	return resolve(o, o->value[index], x);
}

const struct term *order_path(struct order *o, unsigned int index,
			      const struct term *x)
{
	if (!o->path[index])
		o->path[index] = resolve_function(o, index, true);
	return resolve(o, o->path[index], x);
}

struct bind {
	struct order *o;
	unsigned int index;
	const struct event *ev;
	value_fn *value;
};

static const struct term *bind_leaf(void *data, const struct term *x)
{
	struct bind *b = data;

	if (x->kind == TERM_PARAM && x->value < b->ev->nargs)
		return b->value(b->o, b->index, b->ev->arg[x->value]);
	return x->nargs ? NULL : x;
}

const struct term *order_bound(struct order *o, unsigned int index,
			       const struct event *ev, const struct term *x,
			       value_fn *value)
{
	struct bind b = { o, index, ev, value };

	return term_map(o->c->t, x, bind_leaf, &b);
}

int order_function(struct order *o, const char *name)
{
	return callee_of(o->c, name)->index;
}

/* What stands for an agent: a member, a global object, or NULL. */
static const struct term *agent_key(const struct runner *kind,
				    const struct term *x)
{
	const struct term *m;

	if (x->kind == TERM_OP && x->op == OP_TRUNC)
		x = x->arg[0];
	/* An interrupt is known by the member its number is read from. */
	if (x->kind == TERM_LOAD)
		x = x->arg[0];
	m = place_member(x);
	if (m && kind->in_type && m->type && m->name &&
	    !strcmp(m->type, kind->in_type) &&
	    !strcmp(m->name, kind->in_field)) {
		x = m->arg[0];
		m = place_member(x);
	}
	if (m)
		return m;
	x = place_object(x);
	return x->kind == TERM_GLOBAL ? x : NULL;
}

/* What is not known may be the same. */
static bool same_key(const struct term *a, const struct term *b)
{
	if (!a || !b || a == b)
		return true;
	return a->kind == TERM_FIELD && b->kind == TERM_FIELD &&
	       place_same_member(a, b);
}

static void add_handler(struct order *o, struct agent *a,
			const struct term *fn)
{
	int k = fn->kind == TERM_GLOBAL ? order_function(o, fn->name) : -1;

	if (k < 0)
		return;
	a->handler = arena_grow(o->c->a, a->handler, a->nhandlers,
				sizeof(*a->handler));
	a->handler[a->nhandlers++] = k;
}

static void add_agent(struct order *o, struct agent a)
{
	if (o->nagents == AGENTS)
		return;
	o->agent = arena_grow(o->c->a, o->agent, o->nagents, sizeof(a));
	o->agent[o->nagents++] = a;
}

/* work->func = handler */
static void agent_of_store(struct order *o, unsigned int index,
			   const struct event *ev)
{
	const struct rules *r = o->c->r;
	struct agent a = { .begun = o->c->u->function[index],
			   .loc = ev->loc };

	if (ev->value->kind != TERM_GLOBAL || ev->addr->kind != TERM_FIELD ||
	    !ev->addr->type || !ev->addr->name)
		return;
	for (a.kind = 0; a.kind < r->nrunners; a.kind++)
		if (r->runner[a.kind].type &&
		    !strcmp(ev->addr->type, r->runner[a.kind].type) &&
		    !strcmp(ev->addr->name, r->runner[a.kind].field))
			break;
	if (a.kind == r->nrunners)
		return;
	a.key = agent_key(&r->runner[a.kind],
			  order_value(o, index, ev->addr->arg[0]));
	add_handler(o, &a, ev->value);
	if (a.nhandlers)
		add_agent(o, a);
}

static void agent_of_call(struct order *o, unsigned int index,
			  const struct event *ev)
{
	const struct rules *r = o->c->r;
	struct agent a = { .begun = o->c->u->function[index],
			   .loc = ev->loc };
	const struct api *api = ev->callee ?
		rules_runner(r, ev->callee, false, &a.kind) : NULL;
	unsigned int i;
	int n;

	if (!api)
		return;
	n = api_arg(api, ROLE_OBJECT);
	if (n >= 0 && (unsigned int)n < ev->nargs)
		a.key = agent_key(&r->runner[a.kind],
				  order_value(o, index, ev->arg[n]));
	for (i = 0; i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] == ROLE_FN)
			add_handler(o, &a, order_value(o, index, ev->arg[i]));
	a.managed = api->wrapper;
	if (a.nhandlers)
		add_agent(o, a);
}

/* Tables of callbacks, and what needs no handler at all. */
static void agents_of_kind(struct order *o, unsigned int kind)
{
	const struct runner *r = &o->c->r->runner[kind];
	const struct unit *u = o->c->u;
	struct agent a = { .kind = kind };
	unsigned int i;

	for (i = 0; r->ops && i < u->nops; i++)
		if (u->ops[i].type && !strcmp(u->ops[i].type, r->ops))
			add_handler(o, &a, term_global(o->c->t,
						       u->ops[i].function));
	if (a.nhandlers || r->nfamilies)
		add_agent(o, a);
	/* static DECLARE_WORK(work, handler); what code stores has no object */
	for (i = 0; r->type && i < u->nops; i++) {
		struct agent g = { .kind = kind };

		if (!u->ops[i].type || strcmp(u->ops[i].type, r->type) ||
		    strcmp(u->ops[i].field, r->field) ||
		    !strcmp(u->ops[i].object, "-"))
			continue;
		g.key = term_global(o->c->t, u->ops[i].object);
		add_handler(o, &g, term_global(o->c->t, u->ops[i].function));
		if (g.nhandlers)
			add_agent(o, g);
	}
}

void find_agents(struct order *o)
{
	unsigned int i;

	for (i = 0; i < o->c->r->nrunners; i++)
		agents_of_kind(o, i);
	for (i = 0; i < o->c->u->nfunctions; i++) {
		struct scan scan = { .f = o->c->u->function[i] };
		const struct event *ev;

		while ((ev = scan_next(&scan))) {
			if (ev->kind == EV_STORE)
				agent_of_store(o, i, ev);
			else if (ev->kind == EV_CALL)
				agent_of_call(o, i, ev);
		}
	}
}

uint64_t agents_of_call(struct order *o, unsigned int index,
			const struct event *ev, bool end)
{
	unsigned int kind, i;
	const struct api *api = rules_runner(o->c->r, ev->callee, end, &kind);
	const struct term *key = NULL;
	uint64_t set = 0;
	int n;

	if (!api)
		return 0;
	n = api_arg(api, ROLE_OBJECT);
	if (n >= 0 && (unsigned int)n < ev->nargs)
		key = agent_key(&o->c->r->runner[kind],
				order_value(o, index, ev->arg[n]));
	for (i = 0; i < o->nagents; i++)
		if (o->agent[i].kind == kind && same_key(o->agent[i].key, key))
			set |= 1ull << i;
	/* The number of an interrupt may be kept under another name. */
	for (i = 0; end && !set && o->c->r->runner[kind].told &&
		    i < o->nagents; i++)
		if (o->agent[i].kind == kind)
			set |= 1ull << i;
	return set;
}

static bool mentions(const struct term *x, int reg)
{
	unsigned int i;

	if (x->kind == TERM_REG)
		return x->value == reg;
	for (i = 0; i < x->nargs; i++)
		if (mentions(x->arg[i], reg))
			return true;
	return false;
}

/* Does the event use the register for more than to ask what it is? */
static bool event_uses(const struct event *ev, int reg)
{
	unsigned int i;

	if (ev->kind == EV_TEST || ev->kind == EV_SWITCH)
		return false;
	if (ev->value && !term_is_bool(ev->value) && mentions(ev->value, reg))
		return true;
	if (ev->addr && mentions(ev->addr, reg))
		return true;
	for (i = 0; i < ev->nargs; i++)
		if (mentions(ev->arg[i], reg))
			return true;
	return false;
}

static bool is_used(const struct function *f, int reg)
{
	struct scan scan = { .f = f };
	const struct event *ev;

	while ((ev = scan_next(&scan)))
		if (event_uses(ev, reg))
			return true;
	return false;
}

bool is_use(struct order *o, unsigned int index, const struct event *ev,
	    unsigned int member)
{
	return ev->kind == EV_LOAD && place_member(ev->addr) &&
	       place_same_member(o->member[member], ev->addr) &&
	       is_used(o->c->u->function[index], ev->reg);
}

static void own_uses(struct order *o, unsigned int index)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;
	unsigned int k;

	while ((ev = scan_next(&scan))) {
		if (ev->kind != EV_LOAD || !place_member(ev->addr))
			continue;
		for (k = 0; k < o->nmembers; k++)
			if (place_same_member(o->member[k], ev->addr))
				break;
		if (k < o->nmembers && is_use(o, index, ev, k))
			o->uses[index].bit[k / 64] |= 1ull << (k % 64);
	}
}

static void find_uses(struct order *o, unsigned int index, unsigned int depth)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;
	unsigned int i;
	int k;

	o->used[index] = 1;
	own_uses(o, index);
	while ((ev = scan_next(&scan))) {
		k = called_by(o, ev);
		if (k < 0)
			continue;
		if (!o->used[k] && depth < 100)
			find_uses(o, k, depth + 1);
		for (i = 0; i < MEMBERS / 64; i++)
			o->uses[index].bit[i] |= o->uses[k].bit[i];
	}
}

static void find_reach(struct order *o, unsigned int index, bool *to)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;
	int k;

	to[index] = true;
	while ((ev = scan_next(&scan))) {
		k = called_by(o, ev);
		if (k >= 0 && !to[k])
			find_reach(o, k, to);
	}
}

bool reaches(struct order *o, unsigned int index, unsigned int callee)
{
	if (!o->reach[index]) {
		o->reach[index] = arena_alloc(o->c->a,
					      o->c->u->nfunctions + 1);
		find_reach(o, index, o->reach[index]);
	}
	return o->reach[index][callee];
}

bool uses_member(struct order *o, unsigned int index, unsigned int k)
{
	if (!o->used[index])
		find_uses(o, index, 0);
	return o->uses[index].bit[k / 64] >> (k % 64) & 1;
}
