/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The member holds what the tables hold, if the struct is the driver's own,
 * no code stores to the member, and no function of the driver is out of
 * sight.
 */
#include <string.h>
#include "tables.h"

struct tables {
	struct slot *slots;
	struct choices *choices;
	int64_t *number;		/* by index of unit->ops */
};

static struct slot *find_slot(const struct checker *c, const char *type,
			      const char *field)
{
	struct slot_key key = { type, field };
	struct slot *s;

	HASH_FIND(hh, c->tables->slots, &key, sizeof(key), s);
	return s;
}

const struct slot *slot_of(const struct checker *c, const char *type,
			   const char *field)
{
	const struct slot *s = type && field ? find_slot(c, type, field) :
					       NULL;

	return s && !s->stored ? s : NULL;
}

int64_t table_number(const struct checker *c, const struct ops *o)
{
	return c->tables->number[o - c->u->ops];
}

static void add_ops(struct checker *c, const struct ops *o)
{
	const char *type = arena_intern(c->a, o->type);
	const char *field = arena_intern(c->a, o->field);
	struct slot *s = find_slot(c, type, field);

	if (!unit_has_struct(c->u, type))
		return;
	if (!s) {
		s = arena_alloc(c->a, sizeof(*s));
		s->key.type = type;
		s->key.field = field;
		HASH_ADD(hh, c->tables->slots, key, sizeof(s->key), s);
	}
	s->stored |= !strcmp(o->object, "-");
	s->ops = arena_grow(c->a, s->ops, s->n, sizeof(*s->ops));
	s->ops[s->n++] = o;
}

static void add_choice(struct checker *c, struct choices *x,
		       const struct event *ev, const struct ops *o)
{
	const char *name = arena_intern(c->a, o->function);
	struct choice *new;
	unsigned int i;

	for (i = 0; i < x->n; i++)
		if (x->choice[i].call.callee == name)
			return;
	x->choice = arena_grow(c->a, x->choice, x->n, sizeof(*x->choice));
	new = &x->choice[x->n++];
	new->call = *ev;
	new->call.callee = name;
	new->index = callee_of(c, name)->index;
}

static void add_choices(struct checker *c, unsigned int function,
			const struct event *ev)
{
	const struct term *m = place_called(c->u->function[function], ev);
	struct slot *s = m ? find_slot(c, m->type, m->name) : NULL;
	struct choices *x;
	unsigned int i;

	if (!s || s->stored)
		return;
	x = arena_alloc(c->a, sizeof(*x));
	x->key.function = function;
	x->key.event = ev->id;
	x->slot = s;
	for (i = 0; i < s->n; i++)
		add_choice(c, x, ev, s->ops[i]);
	HASH_ADD(hh, c->tables->choices, key, sizeof(x->key), x);
}

static void add_calls(struct checker *c, unsigned int function)
{
	const struct function *f = c->u->function[function];
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			add_choices(c, function, &f->block[b].event[e]);
}

static void mark_stores(struct checker *c, const struct function *f)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct term *m = ev->kind == EV_STORE ?
					       place_member(ev->addr) : NULL;
			struct slot *s = m ? find_slot(c, m->type, m->name) :
					     NULL;

			if (s)
				s->stored = true;
		}
}

const struct choices *choices_of(const struct checker *c,
				       unsigned int function,
				       const struct event *ev)
{
	struct call_key key = { function, ev->id };
	struct choices *x = NULL;

	if (ev->kind == EV_CALL && !ev->callee)
		HASH_FIND(hh, c->tables->choices, &key, sizeof(key), x);
	return x;
}

int leads_to(struct checker *c, unsigned int function, const struct event *ev,
	      unsigned int i)
{
	const struct choices *x;

	if (ev->kind != EV_CALL)
		return NO_CALLEE;
	if (ev->callee)
		return i ? NO_CALLEE : callee_of(c, ev->callee)->index;
	x = choices_of(c, function, ev);
	return x && i < x->n ? x->choice[i].index : NO_CALLEE;
}

/* Who calls whom, through tables too: pairs of indices. */
struct edges {
	struct arena *a;
	unsigned int n;
	unsigned int (*edge)[2];
};

static void add_edges(struct checker *c, struct edges *g, unsigned int from,
		      const struct event *ev, bool *owner)
{
	unsigned int i;
	int to;

	if (ev->kind == EV_CALL && ev->callee) {
		const struct api *api = callee_of(c, ev->callee)->api;

		owner[from] |= api && (api->kind == API_ACQUIRE ||
				       api->kind == API_RELEASE ||
				       api->kind == API_TEST);
	}
	for (i = 0; (to = leads_to(c, from, ev, i)) != NO_CALLEE; i++) {
		if (to < 0)
			continue;
		g->edge = arena_grow(g->a, g->edge, g->n, sizeof(*g->edge));
		g->edge[g->n][0] = from;
		g->edge[g->n++][1] = (unsigned int)to;
	}
}

/* Who is marked marks whom it calls, if @down, or else who calls it. */
static void spread(const struct edges *g, bool *mark, bool down)
{
	bool more = true;
	unsigned int i;

	while (more) {
		more = false;
		for (i = 0; i < g->n; i++) {
			unsigned int from = g->edge[i][down ? 0 : 1];
			unsigned int to = g->edge[i][down ? 1 : 0];

			if (mark[from] && !mark[to])
				more = mark[to] = true;
		}
	}
}

/* The functions that move ownership, themselves or by what they call. */
static void find_owners(struct checker *c, struct edges *g, bool *owner)
{
	unsigned int i, b, e;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		for (b = 0; b < f->nblocks; b++)
			for (e = 0; e < f->block[b].nevents; e++)
				add_edges(c, g, i, &f->block[b].event[e],
					  owner);
	}
	spread(g, owner, false);
}

static bool same_table(const struct ops *x, const struct ops *y)
{
	return !strcmp(x->object, y->object) && x->element == y->element &&
	       x->source == y->source;
}

static uint64_t hash_name(uint64_t h, const char *name)
{
	while (*name)
		h = (h ^ (unsigned char)*name++) * 0x100000001b3ull;
	return h;
}

/* Tables of which the members that move ownership are the same are one. */
static void number_tables(struct checker *c, const bool *owner)
{
	const struct ops *o = c->u->ops;
	unsigned int i, k, n;

	for (i = 0; i < c->u->nops; i += n) {
		uint64_t sum = 0;

		for (n = 0; i + n < c->u->nops && same_table(&o[i], &o[i + n]);
		     n++) {
			const struct ops *m = &o[i + n];
			int f = callee_of(c, arena_intern(c->a, m->function))
				->index;
			uint64_t h = hash_name(0xcbf29ce484222325ull, m->type);

			if (f >= 0 && owner[f])
				sum += hash_name(hash_name(h, m->field),
						 m->function);
		}
		for (k = 0; k < n; k++)
			c->tables->number[i + k] = (int64_t)(sum >> 2) + 1;
	}
}

/* What several kinds of tables hold does not tell them apart. */
static void number_choice(const struct checker *c, struct choice *k,
			  const struct ops *o)
{
	int64_t number = table_number(c, o);

	if (strcmp(o->function, k->call.callee))
		return;
	k->table = !k->several && (!k->table || k->table == number) ?
		   number : 0;
	k->several = !k->table;
}

static void number_choices(struct checker *c)
{
	struct choices *x, *next;
	unsigned int i, k;

	HASH_ITER(hh, c->tables->choices, x, next)
		for (i = 0; i < x->n; i++)
			for (k = 0; k < x->slot->n; k++)
				number_choice(c, &x->choice[i],
					      x->slot->ops[k]);
}

/*
 * A function that moves ownership by calls through tables only was not seen
 * to matter when functions were selected: it does, and so does what it calls.
 */
static void wake(struct checker *c)
{
	struct edges g = { .a = arena_new_like(c->a) };
	bool *owner = arena_alloc(g.a, c->u->nfunctions + 1);
	unsigned int i;

	find_owners(c, &g, owner);
	number_tables(c, owner);
	number_choices(c);
	spread(&g, owner, true);
	for (i = 0; i < c->u->nfunctions; i++)
		if (owner[i])
			c->u->function[i]->is_aside = false;
	arena_free(g.a);
}

void find_choices(struct checker *c)
{
	unsigned int i;

	c->tables = arena_alloc(c->a, sizeof(*c->tables));
	c->tables->number = arena_alloc(c->a, (c->u->nops + 1) *
					sizeof(*c->tables->number));
	for (i = 0; !c->u->noutside && i < c->u->nops; i++)
		add_ops(c, &c->u->ops[i]);
	for (i = 0; c->tables->slots && i < c->u->nfunctions; i++)
		mark_stores(c, c->u->function[i]);
	for (i = 0; c->tables->slots && i < c->u->nfunctions; i++)
		add_calls(c, i);
	if (c->tables->choices)
		wake(c);
}

bool has_choices(const struct checker *c)
{
	return c->tables->choices;
}

void release_choices(struct checker *c)
{
	HASH_CLEAR(hh, c->tables->slots);
	HASH_CLEAR(hh, c->tables->choices);
}
