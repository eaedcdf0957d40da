/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many entries of a mapped list the device is given: as many as the
 * mapping returned, which may be fewer than went into it.
 */
#include <string.h>
#include "agree.h"
#include "device_rules.h"
#include "unmapped.h"

static const struct owned *mapping_of_list(const struct world *w,
					   const struct term *sgl)
{
	unsigned int i;

	for (i = w->nowned; i-- > 0;) {
		const struct mapping *m = w->owned[i].m;

		if (m->origin && m->role[ROLE_SGL] == sgl &&
		    m->role[ROLE_NENTS] && m->role[ROLE_COUNT] &&
		    is_live(&w->owned[i]))
			return &w->owned[i];
	}
	return NULL;
}

/* Known to be so: one entry, or the two were compared. */
static bool is_same_count(struct checker *c, const struct world *w,
			  const struct mapping *m)
{
	const struct term *nents = m->role[ROLE_NENTS];
	const struct term *count = m->role[ROLE_COUNT];
	int64_t low, high;

	fact_range(w, nents, &low, &high);
	return (low == 1 && high == 1) || nents == count ||
	       fact_truth(c->t, w, term_op(c->t, OP_EQ, count, nents,
					   NULL)) == 1;
}

void judge_count_of(struct checker *c, struct world *w,
		    struct place_in_code at, const struct api *api,
		    const struct term **arg)
{
	int sgl = api_arg(api, ROLE_SGL), count = api_arg(api, ROLE_COUNT);
	struct report rep = {
		.rule = "dma-nents-misuse", .confidence = CONF_MEDIUM,
		.function = c->fr->f, .loc = at.ev->loc, .api = api->name,
		.trail = w->trail,
		.last = "given to the device with the number of entries that "
			"went into the mapping",
	};
	const struct owned *o;

	if (sgl < 0 || count < 0 || (unsigned int)sgl >= at.ev->nargs ||
	    (unsigned int)count >= at.ev->nargs)
		return;
	o = mapping_of_list(w, arg[sgl]);
	if (!o || term_strip(arg[count]) != o->m->role[ROLE_NENTS] ||
	    is_same_count(c, w, o->m))
		return;
	rep.origin = o->m->origin;
	rep.noun = family_noun(o->m->api);
	rep.place = owned_place(c, o, NULL);
	rep.value = role_text(c, c->fr->f, ROLE_NENTS,
			      o->m->role[ROLE_NENTS]);
	rep.wanted = "what the mapping returned";
	report(c, &rep);
}

/* One function that maps a list and goes through it. */
struct walk_list {
	struct checker *c;
	unsigned int index;
	const struct function *f;
	const struct flow *fl;
};

/* A mapping call whose number of entries can be merged. */
static const struct api *list_map(const struct walk_list *k,
				  const struct event *ev)
{
	const struct api *api = ev->kind == EV_CALL && ev->callee ?
				callee_of(k->c, ev->callee)->api : NULL;

	if (!api || api->kind != API_ACQUIRE || api->ret != ROLE_COUNT ||
	    api_arg(api, ROLE_SGL) < 0 || api_arg(api, ROLE_NENTS) < 0)
		return NULL;
	return api;
}

static bool stores_member(const struct walk_list *k, const struct term *addr)
{
	unsigned int b, e;

	for (b = 0; b < k->f->nblocks; b++)
		for (e = 0; e < k->f->block[b].nevents; e++)
			if (k->f->block[b].event[e].kind == EV_STORE &&
			    place_same_member(k->f->block[b].event[e].addr,
					      addr))
				return true;
	return false;
}

/* The value, if it is the same wherever the function asks for it. */
static const struct term *constant_value(const struct walk_list *k,
					 const struct term *x)
{
	const struct term *v = written_value(k->c, k->index, term_strip(x));

	if (v->kind == TERM_CONST || v->kind == TERM_UNKNOWN || v->vague ||
	    (v->kind == TERM_LOAD && (!place_member(v->arg[0]) ||
				      stores_member(k, v->arg[0]))))
		return NULL;
	return v;
}

/* Does the test end a loop when a number has come to @nents? */
static bool counts_to(const struct walk_list *k, const struct event *ev,
		      const struct term *nents)
{
	const struct term *x = ev->value;

	return ev->kind == EV_TEST && x->kind == TERM_OP && x->nargs == 2 &&
	       (x->op == OP_LT || x->op == OP_LTU || x->op == OP_GT ||
		x->op == OP_GTU || x->op == OP_GE || x->op == OP_GEU) &&
	       (constant_value(k, x->arg[1]) == nents ||
		constant_value(k, x->arg[0]) == nents);
}

/* Does the event compare what @map returned with @nents? */
static bool compares(const struct walk_list *k, const struct event *ev,
		     const struct event *map, const struct term *nents)
{
	const struct term *x = ev->value, *count;
	unsigned int i;

	if (!x || x->kind != TERM_OP || x->nargs != 2)
		return false;
	for (i = 0; i < 2; i++) {
		count = written_value(k->c, k->index, term_strip(x->arg[!i]));
		if (count->kind == TERM_REG && count->value == map->reg &&
		    constant_value(k, x->arg[i]) == nents)
			return true;
	}
	return false;
}

static bool is_compared(const struct walk_list *k, const struct event *map,
			const struct term *nents)
{
	unsigned int b, e;

	for (b = 0; b < k->f->nblocks; b++)
		for (e = 0; e < k->f->block[b].nevents; e++)
			if (compares(k, &k->f->block[b].event[e], map, nents))
				return true;
	return false;
}

static void say(const struct walk_list *k, const struct event *map,
		const struct event *ev, const struct term *nents)
{
	struct checker *c = k->c;
	struct report rep = {
		.rule = "dma-nents-misuse", .confidence = CONF_MEDIUM,
		.function = k->f, .loc = ev->loc, .api = map->callee,
		.place = value_name(c->a, k->f, list_of(c, k->index,
						       ev->addr->arg[0])),
	};

	rep.message = arena_printf(c->a, "the device is given %s entries of "
				   "the list %s, not as many as %s() returned",
				   value_name(c->a, k->f, nents), rep.place,
				   map->callee);
	rep.last = arena_printf(c->a, "read here in a loop that goes on to "
				"the number of entries before the mapping in "
				"line %u", map->loc.line);
	report(c, &rep);
}

/* Loops that end after @nents rounds and give addresses of @list away. */
static void judge_loop(const struct walk_list *k, unsigned int l,
		       const struct event *map, const struct term *list,
		       const struct term *nents)
{
	const struct event *read = NULL;
	bool counts = false;
	unsigned int b, e;

	for (b = 0; b < k->f->nblocks; b++)
		for (e = 0; k->fl->in[l][b] && e < k->f->block[b].nevents;
		     e++) {
			const struct event *ev = &k->f->block[b].event[e];

			counts |= counts_to(k, ev, nents);
			if (ev == map)
				return;
			if (ev->kind == EV_LOAD && !read &&
			    is_mapped_member(k->c, ev->addr) &&
			    list_of(k->c, k->index, ev->addr->arg[0]) == list)
				read = ev;
		}
	if (counts && read && read->id > map->id)
		say(k, map, read, nents);
}

/* Given to the device further down, with the number before the mapping. */
static void judge_given(const struct walk_list *k, struct list_at map,
			const struct term *list, const struct term *nents)
{
	struct checker *c = k->c;
	const struct givens *g = givens_of(c, k->index);
	struct report rep = {
		.rule = "dma-nents-misuse", .confidence = CONF_MEDIUM,
		.function = k->f, .place = value_name(c->a, k->f, list),
		.value = value_name(c->a, k->f, nents),
		.wanted = "what the mapping returned",
	};
	unsigned int i;

	for (i = 0; i < g->n; i++) {
		const struct given *x = &g->given[i];

		if (x->at.ev == x->ev || x->list != list ||
		    x->count != nents || !comes_after(c, k->f, map, x->at))
			continue;
		rep.loc = x->at.ev->loc;
		rep.api = x->ev->callee;
		rep.last = arena_printf(c->a, "given to the device by %s() "
					"here, as many entries as went into "
					"the mapping in line %u",
					x->at.ev->callee, map.ev->loc.line);
		report(c, &rep);
	}
}

static void judge_map(const struct walk_list *k, struct list_at at,
		      const struct api *api)
{
	const struct event *map = at.ev;
	const struct term *nents, *list;
	unsigned int l;

	nents = constant_value(k, map->arg[api_arg(api, ROLE_NENTS)]);
	list = list_of(k->c, k->index, map->arg[api_arg(api, ROLE_SGL)]);
	if (!nents || !list || is_compared(k, map, nents))
		return;
	for (l = 0; l < k->fl->nloops; l++)
		judge_loop(k, l, map, list, nents);
	judge_given(k, at, list, nents);
}

void judge_counts(struct checker *c, unsigned int index)
{
	struct walk_list k = { .c = c, .index = index,
			       .f = c->u->function[index] };
	unsigned int b, e;

	for (b = 0; b < k.f->nblocks; b++)
		for (e = 0; e < k.f->block[b].nevents; e++) {
			const struct event *ev = &k.f->block[b].event[e];
			const struct api *api = list_map(&k, ev);

			if (!api)
				continue;
			if (!k.fl)
				k.fl = flow_of(c->a, k.f);
			judge_map(&k, (struct list_at){ ev, b }, api);
		}
}
