/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "unmapped.h"

/* Lists of one function that are worth remembering. */
#define LISTS 64

/* Registers through which one entry is reached from another. */
#define STEPS 16

struct search {
	struct checker *c;
	unsigned int index;
	unsigned int n;
	int64_t seen[STEPS];		/* registers on the way */
	const struct term *list;
	bool several;
};

static void search(struct search *s, const struct term *x);

static void found(struct search *s, const struct term *list)
{
	s->several |= s->list && s->list != list;
	s->list = list;
}

/* sg_next(), sg_last(): what a function that is known makes of an entry. */
static bool is_step(const struct search *s, const struct event *ev)
{
	const struct function *f = s->c->u->function[s->index];
	const struct api *api = ev->callee ? callee_of(s->c, ev->callee)->api :
				NULL;
	const struct term *x = ev->nargs ? ev->arg[0] : NULL;

	return api && (api->kind == API_PURE || api->kind == API_BORROW) &&
	       x && x->kind == TERM_REG && f->reg[x->value].type &&
	       f->reg[ev->reg].type == f->reg[x->value].type;
}

static void search_reg(struct search *s, const struct term *x)
{
	const struct def *d = &defs_of(s->c, s->index)[x->value];
	const struct function *f = s->c->u->function[s->index];
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (s->seen[i] == x->value)
			return;
	if (s->n == STEPS) {
		s->several = true;
		return;
	}
	s->seen[s->n++] = x->value;
	for (i = 0; d->phi && i < f->block[d->block].npred; i++)
		search(s, d->phi->arg[i]);
	if (d->phi)
		return;
	if (d->event && d->event->kind == EV_SET)
		search(s, d->event->value);
	else if (d->event && d->event->kind == EV_LOAD)
		found(s, written_value(s->c, s->index, x));
	else if (d->event && d->event->kind == EV_CALL &&
		 is_step(s, d->event))
		search(s, d->event->arg[0]);
	else
		s->several = true;
}

static void search(struct search *s, const struct term *x)
{
	x = term_strip(x);
	if (x->kind == TERM_REG)
		search_reg(s, x);
	else if (x->kind == TERM_ELEM ||
		 (x->kind == TERM_OP && x->op == OP_ADD))
		search(s, x->arg[0]);
	else if (x->kind != TERM_CONST)
		found(s, written_value(s->c, s->index, x));
}

const struct term *list_of(struct checker *c, unsigned int index,
			   const struct term *x)
{
	struct search s = { .c = c, .index = index };

	search(&s, x);
	if (s.several || !s.list || s.list->vague ||
	    s.list->kind == TERM_UNKNOWN)
		return NULL;
	return s.list;
}

/* Names of the callee at @ev in the terms of function @index. */
struct rename {
	struct checker *c;
	unsigned int index;
	const struct event *ev;
};

static const struct term *rename_one(void *data, const struct term *x)
{
	const struct rename *r = data;

	if (x->kind == TERM_REG)
		return term_unknown(r->c->t);
	if (x->kind != TERM_PARAM)
		return x->nargs ? NULL : x;
	if (x->value >= r->ev->nargs)
		return term_unknown(r->c->t);
	return written_value(r->c, r->index, r->ev->arg[x->value]);
}

const struct term *value_in_caller(struct checker *c, unsigned int index,
				   const struct event *ev,
				   const struct term *x)
{
	struct rename r = { c, index, ev };

	x = term_map(c->t, x, rename_one, &r);
	return x->kind == TERM_UNKNOWN || x->vague ? NULL : x;
}

const struct term *list_in_caller(struct checker *c, unsigned int index,
				  const struct event *ev,
				  const struct term *list)
{
	if (list->kind == TERM_PARAM)
		return list->value < ev->nargs ?
		       list_of(c, index, ev->arg[list->value]) : NULL;
	return value_in_caller(c, index, ev, list);
}

static void add_read(struct checker *c, struct lists *l, struct list_read r)
{
	unsigned int i;

	for (i = 0; i < l->nreads; i++)
		if (l->read[i].list == r.list && l->read[i].ev == r.ev)
			return;
	if (l->nreads == LISTS)
		return;
	l->read = arena_grow(c->a, l->read, l->nreads, sizeof(r));
	l->read[l->nreads++] = r;
}

static void add_map(struct checker *c, struct lists *l,
		    const struct term *list, struct list_at at)
{
	struct list_map m = { list, at };
	unsigned int i;

	for (i = 0; i < l->nmaps; i++)
		if (l->map[i].list == list && l->map[i].at.ev == at.ev)
			return;
	if (!list || l->nmaps == LISTS)
		return;
	l->map = arena_grow(c->a, l->map, l->nmaps, sizeof(m));
	l->map[l->nmaps++] = m;
}

bool is_mapped_member(const struct checker *c, const struct term *addr)
{
	return addr->kind == TERM_FIELD && addr->type && addr->name &&
	       rules_mapped_member(c->r, addr->type, addr->name);
}

int body_of(struct checker *c, const struct event *ev)
{
	const struct callee *k = ev->callee ? callee_of(c, ev->callee) : NULL;

	return k && !k->api ? k->index : -1;
}

/*
 * May the event have mapped a list? An API that does, a function of the unit
 * that may, one of the driver's that is not here, one that is not known; and
 * whoever writes the member himself.
 */
static bool may_map(struct checker *c, const struct event *ev)
{
	const struct callee *k;
	int body;

	if (ev->kind == EV_STORE)
		return is_mapped_member(c, ev->addr);
	if (ev->kind != EV_CALL)
		return false;
	if (!ev->callee)
		return true;
	k = callee_of(c, ev->callee);
	if (k->api)
		return k->api->kind == API_ACQUIRE &&
		       (api_arg(k->api, ROLE_SGL) >= 0 ||
			api_arg(k->api, ROLE_SGT) >= 0 ||
			api_arg(k->api, ROLE_OBJECT) >= 0);
	body = body_of(c, ev);
	return k->outside || (body >= 0 && lists_of(c, body)->maps_any);
}

static void add_callee(struct checker *c, struct lists *l, unsigned int index,
		       struct list_at at, bool early)
{
	int body = body_of(c, at.ev);
	struct lists *k = body >= 0 ? lists_of(c, body) : NULL;
	unsigned int i;

	for (i = 0; k && i < k->nmaps; i++)
		add_map(c, l, list_in_caller(c, index, at.ev,
						k->map[i].list), at);
	for (i = 0; k && early && i < k->nreads; i++) {
		struct list_read r = k->read[i];

		r.list = list_in_caller(c, index, at.ev, r.list);
		r.at = at;
		if (r.list)
			add_read(c, l, r);
	}
}

static void add_api(struct checker *c, struct lists *l, unsigned int index,
		    struct list_at at)
{
	const struct api *api = at.ev->callee ?
				callee_of(c, at.ev->callee)->api : NULL;
	int n = api && api->kind == API_ACQUIRE ? api_arg(api, ROLE_SGL) : -1;

	if (n >= 0 && (unsigned int)n < at.ev->nargs)
		add_map(c, l, list_of(c, index, at.ev->arg[n]), at);
}

static void add_event(struct checker *c, struct lists *l, unsigned int index,
		      struct list_at at, bool early)
{
	const struct function *f = c->u->function[index];
	const struct event *ev = at.ev;
	const struct term *list;

	if (ev->kind == EV_CALL) {
		add_callee(c, l, index, at, early);
		add_api(c, l, index, at);
	}
	if (!early || ev->kind != EV_LOAD || !is_mapped_member(c, ev->addr))
		return;
	list = list_of(c, index, ev->addr->arg[0]);
	if (list)
		add_read(c, l, (struct list_read){ list, ev, f, at });
}

/* Blocks to which control may come after something was mapped. */
static unsigned char *mapped_blocks(struct checker *c,
				    const struct function *f,
				    const unsigned char *maps)
{
	unsigned char *mapped = arena_alloc(c->a, f->nblocks + 1);
	bool more = true;
	unsigned int b, i;

	while (more) {
		more = false;
		for (b = 0; b < f->nblocks; b++) {
			const struct block *blk = &f->block[b];

			for (i = 0; i < blk->npred && !mapped[b]; i++) {
				mapped[b] = maps[blk->pred[i]] |
					    mapped[blk->pred[i]];
				more |= mapped[b];
			}
		}
	}
	return mapped;
}

static void fill_block(struct checker *c, struct lists *l, unsigned int index,
		       unsigned int b, bool early)
{
	const struct block *blk = &c->u->function[index]->block[b];
	unsigned int e;

	for (e = 0; e < blk->nevents; e++) {
		struct list_at at = { &blk->event[e], b };

		add_event(c, l, index, at, early);
		early = early && !may_map(c, at.ev);
	}
}

static void fill(struct checker *c, struct lists *l, unsigned int index)
{
	const struct function *f = c->u->function[index];
	unsigned char *maps = arena_alloc(c->a, f->nblocks + 1), *mapped;
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++)
			maps[b] |= may_map(c, &f->block[b].event[e]);
		l->maps_any |= maps[b];
	}
	mapped = mapped_blocks(c, f, maps);
	for (b = 0; b < f->nblocks; b++)
		fill_block(c, l, index, b, !mapped[b]);
}

struct lists *lists_of(struct checker *c, unsigned int index)
{
	struct lists *l;

	if (!c->lists)
		c->lists = arena_alloc(c->a, c->u->nfunctions *
				       sizeof(*c->lists));
	l = c->lists[index];
	if (!l)
		l = c->lists[index] = arena_alloc(c->a, sizeof(*l));
	/* A cycle of calls: who knows what was mapped the last time. */
	if (l->busy)
		l->maps_any = true;
	if (l->busy || l->done)
		return l;
	l->busy = true;
	fill(c, l, index);
	l->busy = false;
	l->done = true;
	return l;
}
