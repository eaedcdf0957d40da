/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sequences of callbacks: what an inner end released is released again when
 * the outer level ends; so is what a begin released when it failed.
 *
 * Only places that are released on every way through the outer end count, but
 * for those on which they are known to hold nothing: a function that asks a
 * flag first may know better.
 */
#include <string.h>
#include "callbacks.h"

/* Values that say what is released, those that drivers clear first. */
static const enum role told[] = {
	ROLE_CPU, ROLE_OBJECT, ROLE_SGT, ROLE_PAGE, ROLE_HANDLE,
};

#define TOLD (sizeof(told) / sizeof(told[0]))

/* A value of the release that a member held when the function began. */
static const struct term *from_member(const struct mapping *m, unsigned int i)
{
	const struct term *key = m->role[told[i]];

	return key && key->kind == TERM_LOAD && !key->value &&
	       place_member(key->arg[0]) ? key : NULL;
}

static const struct term *released_key(const struct mapping *m)
{
	unsigned int k;

	for (k = 0; k < TOLD; k++)
		if (from_member(m, k))
			return from_member(m, k);
	return NULL;
}

static const struct owned *released_in(const struct outcome *o,
				       const struct term *key)
{
	unsigned int i;

	for (i = 0; i < o->nowned; i++)
		if (!o->owned[i].m->origin &&
		    o->owned[i].state == STATE_RELEASED &&
		    released_key(o->owned[i].m) == key)
			return &o->owned[i];
	return NULL;
}

static bool holds_nothing(const struct outcome *o, const struct term *key)
{
	unsigned int i;

	for (i = 0; i < o->nfacts; i++)
		if (o->fact[i].x == key && !o->fact[i].low &&
		    !o->fact[i].high)
			return true;
	return false;
}

/* Does every way through the function release what the place holds? */
static bool always(const struct summary *s, const struct term *key)
{
	unsigned int i;

	for (i = 0; i < s->noutcomes; i++) {
		const struct owned *o = released_in(&s->outcome[i], key);

		if (o ? o->maybe_released || o->uncertain || o->m->in_loop :
			!holds_nothing(&s->outcome[i], key))
			return false;
	}
	return s->noutcomes;
}

/* Does the function end with the member written, or the object gone? */
static bool outcome_renews(const struct outcome *o, const struct term *addr)
{
	unsigned int k;

	for (k = 0; k < o->ncells; k++)
		if (place_same_member(o->cell[k].addr, addr) ||
		    (o->cell[k].region &&
		     term_contains(addr, o->cell[k].addr)))
			return true;
	for (k = 0; k < o->nfreed; k++)
		if (term_contains(addr, o->freed[k]))
			return true;
	return false;
}

/* Is one of the values that tell of the mapping renewed on some way? */
static bool renews(const struct summary *s, const struct mapping *m)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < TOLD; k++)
			if (from_member(m, k) &&
			    outcome_renews(&s->outcome[i],
					   from_member(m, k)->arg[0]))
				return true;
	return false;
}

/* The member of a driver's struct that the struct itself is in, or NULL. */
static const struct term *parent(const struct checker *c,
				 const struct term *place)
{
	const struct term *x = place_member(place)->arg[0];

	while (x->kind == TERM_ELEM || x->kind == TERM_LOAD ||
	       x->kind == TERM_OP)
		x = x->arg[0];
	return x->kind == TERM_FIELD && x->type &&
	       unit_has_struct(c->u, x->type) ? x : NULL;
}

static bool same_place(const struct checker *c, const struct term *a,
		       const struct term *b)
{
	const struct term *x = parent(c, a), *y = parent(c, b);

	if (!place_same_member(a, b))
		return false;
	return x && y ? place_same_member(x, y) : !x && !y;
}

static bool is_complete(const struct checker *c, int index)
{
	unsigned int i;

	for (i = 0; i < c->res->nverdicts; i++)
		if (c->res->verdict[i].function == c->u->function[index])
			return c->res->verdict[i].complete;
	return false;
}

/* What the outer end @last releases again, after @first left it behind. */
static void report_twice(struct checker *c, const struct owned *o,
			 const struct hook *last, const char *first,
			 enum confidence conf)
{
	const struct function *f = c->u->function[last->index];
	struct report rep = {
		.rule = "dma-double-free", .confidence = conf, .function = f,
		.loc = o->released ? o->released->loc : f->loc,
		.api = o->m->api->name, .noun = family_noun(o->m->api),
		.trail = o->released, .other = first,
	};

	if (o->in)
		rep.function = o->in;
	rep.place = place_name(c->a, f, released_key(o->m)->arg[0]);
	rep.message = "{noun} in {place} is released again: {other}() has "
		      "released it before, and has not cleared it";
	rep.last = arena_printf(c->a, "released again here by way of %s(), "
				"after %s()", f->name, first);
	report(c, &rep);
}

/* The same place, released whatever happens by an end further out? */
static const struct owned *released_again(struct checker *c,
					  const struct hook *last,
					  const struct term *place)
{
	const struct summary *s = c->summary[last->index];
	unsigned int i, k;

	if (place_has_element(place))
		return NULL;
	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++) {
			const struct owned *o = &s->outcome[i].owned[k];
			const struct term *key = o->m->origin ? NULL :
						 released_key(o->m);

			if (key && same_place(c, key->arg[0], place) &&
			    always(s, key))
				return o;
		}
	return NULL;
}

static bool can_follow(const struct checker *c, const struct hook *last)
{
	return last->life->part == PART_END && last->index >= 0 &&
	       !last->life->back && c->summary[last->index] &&
	       is_complete(c, last->index);
}

/* Is what the inner end released released again by one further out? */
static void judge_mapping(struct checker *c, const struct callbacks *cb,
			  const struct hook *first, const struct mapping *m)
{
	const struct summary *s = c->summary[first->index];
	const struct term *key = m->origin ? NULL : released_key(m);
	unsigned int h;

	if (!key || !always(s, key) || renews(s, m))
		return;
	for (h = 0; h < cb->n; h++) {
		const struct hook *last = &cb->hook[h];
		const struct owned *o;

		if (!can_follow(c, last) ||
		    last->life->depth >= first->life->depth)
			continue;
		o = released_again(c, last, key->arg[0]);
		if (o) {
			report_twice(c, o, last, first->ops->function,
				     CONF_MEDIUM);
			return;
		}
	}
}

static void judge_end(struct checker *c, const struct callbacks *cb,
		      const struct hook *first)
{
	const struct summary *s = c->summary[first->index];
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++)
			judge_mapping(c, cb, first,
				      s->outcome[i].owned[k].m);
}

static void add_dangling(struct checker *c, const struct owned *o,
			 const struct term *place)
{
	unsigned int i;

	for (i = 0; i < c->ndangling; i++)
		if (c->dangling[i].m->origin == o->m->origin &&
		    c->dangling[i].function == c->fr->index &&
		    place_same_member(c->dangling[i].place, place))
			return;
	c->dangling = arena_grow(c->a, c->dangling, c->ndangling,
				 sizeof(*c->dangling));
	c->dangling[c->ndangling++] = (struct dangling){
		.function = c->fr->index, .m = o->m, .place = place,
	};
}

void note_dangling(struct checker *c, struct world *w)
{
	unsigned int i, h;

	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];

		if (!o->m->origin || o->state != STATE_RELEASED ||
		    o->maybe_released || o->uncertain || o->m->in_loop)
			continue;
		for (h = 0; h < o->nholders; h++)
			if (world_escaped(w, o->holder[h]) &&
			    place_member(o->holder[h]) &&
			    is_key(w, world_load(c->t, w, o->holder[h])))
				add_dangling(c, o, o->holder[h]);
	}
}

/* May the end be called when the begin of those levels has failed? */
static bool follows_failure(const struct callbacks *cb,
			    const struct hook *last, unsigned int begin)
{
	unsigned int i;

	if ((begin & -begin) > 1u << last->life->depth)
		return true;
	for (i = 0; i < cb->n; i++) {
		const struct lifecycle *l = cb->hook[i].life;

		if (l->part == PART_BEGIN && begin == 1u << l->depth &&
		    l->depth == last->life->depth && !l->final &&
		    !strcmp(l->type, last->life->type))
			return true;
	}
	return false;
}

static void judge_dangling(struct checker *c, const struct callbacks *cb,
			   const struct dangling *d)
{
	const struct roots *r = &cb->roots[d->function];
	unsigned int h;

	if (!r->begin || r->end || r->during || r->other || r->init)
		return;
	for (h = 0; h < cb->n; h++) {
		const struct hook *last = &cb->hook[h];
		const struct owned *o;

		if (!can_follow(c, last) ||
		    !follows_failure(cb, last, r->begin))
			continue;
		o = released_again(c, last, d->place);
		if (o) {
			report_twice(c, o, last,
				     c->u->function[d->function]->name,
				     CONF_MEDIUM);
			return;
		}
	}
}

void judge_sequences(struct checker *c, const struct callbacks *cb)
{
	unsigned int i;

	for (i = 0; i < cb->n; i++)
		if (can_follow(c, &cb->hook[i]))
			judge_end(c, cb, &cb->hook[i]);
	for (i = 0; i < c->ndangling; i++)
		judge_dangling(c, cb, &c->dangling[i]);
}
