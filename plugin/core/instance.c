/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two places with one member: may they be in the same object?
 *
 * A struct that lies in another one is where that member of it is, and not in
 * a second one. A pointer may be kept in several places, but what two members
 * of one struct lead to, or the lists that begin in two members, is not the
 * same as a rule: the rings for sending are not those for receiving.
 */
#include <string.h>
#include "order.h"

/* One member on the way to a place, from the place outwards. */
struct leg {
	const struct term *member;
	const struct term *object;	/* a variable: the end of the way */
	bool loaded;			/* through a pointer, not inside */
	bool array;			/* to the elements of an array */
};

static bool is_list(const struct term *member)
{
	return member && !strcmp(member->type, "list_head");
}

/* The next leg from *@x on, which moves behind it; false: no more is known. */
static bool next_leg(const struct term **x, struct leg *leg)
{
	const struct term *y = *x;

	*leg = (struct leg){ 0 };
	for (;;) {
		if (y->kind == TERM_FIELD && y->type && y->name) {
			leg->member = y;
			*x = y->arg[0];
			return true;
		}
		if (y->kind == TERM_LOCAL || y->kind == TERM_GLOBAL) {
			leg->object = y;
			return true;
		}
		leg->array |= y->kind == TERM_ELEM;
		if (y->kind == TERM_LOAD)
			leg->loaded = true;
		else if (y->kind != TERM_ELEM && y->kind != TERM_FIELD &&
			 (y->kind != TERM_OP || y->op != OP_ADD))
			return false;
		y = y->arg[0];
	}
}

static bool same_leg(const struct leg *a, const struct leg *b)
{
	return a->member && b->member &&
	       place_same_member(a->member, b->member);
}

bool other_instance(const struct term *a, const struct term *b)
{
	const struct term *last = NULL;
	bool loaded = false;
	struct leg x, y;

	while (next_leg(&a, &x) && next_leg(&b, &y)) {
		/* An array that was allocated, and a struct inside another */
		if (x.loaded != y.loaded)
			return !loaded && last &&
			       (x.loaded ? x.array : y.array);
		loaded |= x.loaded;
		if (same_leg(&x, &y)) {
			last = x.member;
			continue;
		}
		if (!loaded)
			return last && (x.object != y.object || x.member);
		return x.member && y.member &&
		       (is_list(last) || x.member->type == y.member->type);
	}
	return false;
}

bool is_listed(const struct term *place)
{
	struct leg leg;

	while (next_leg(&place, &leg) && leg.member)
		if (is_list(leg.member))
			return true;
	return false;
}

/* Where a function, or what it calls, uses one member: in terms of its
 * parameters. */
#define USES 12
struct use_set {
	bool done, many;
	unsigned int n;
	const struct term *place[USES];
};

struct uses {
	struct order *o;
	unsigned int member;
	struct use_set *of;		/* by function */
};

static void add_use(struct use_set *s, const struct term *place)
{
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (s->place[i] == place)
			return;
	if (s->n == USES)
		s->many = true;
	else
		s->place[s->n++] = place;
}

static void find_places(struct uses *u, unsigned int index, unsigned int depth);

static void places_of_call(struct uses *u, unsigned int index,
			   const struct event *ev, unsigned int depth)
{
	int k = called_by(u->o, ev);
	const struct use_set *sub;
	unsigned int i;

	if (k < 0 || !uses_member(u->o, k, u->member))
		return;
	find_places(u, k, depth + 1);
	sub = &u->of[k];
	u->of[index].many |= sub->many;
	for (i = 0; i < sub->n; i++)
		add_use(&u->of[index],
			order_bound(u->o, index, ev, sub->place[i],
				    order_path));
}

static void find_places(struct uses *u, unsigned int index, unsigned int depth)
{
	struct scan scan = { .f = u->o->c->u->function[index] };
	const struct event *ev;

	if (u->of[index].done)
		return;
	u->of[index].done = true;
	if (depth > 100) {
		u->of[index].many = true;
		return;
	}
	while ((ev = scan_next(&scan))) {
		if (ev->kind == EV_CALL)
			places_of_call(u, index, ev, depth);
		else if (ev->kind == EV_LOAD && place_member(ev->addr) &&
			 place_same_member(u->o->member[u->member], ev->addr))
			add_use(&u->of[index],
				order_path(u->o, index, ev->addr));
	}
}

bool uses_instance(struct order *o, unsigned int index,
		   const struct release *r)
{
	struct uses u = { .o = o, .member = (unsigned int)r->member };
	const struct term *path = r->path;
	unsigned int i;

	if (!path || path->kind != TERM_LOAD)
		return true;
	u.of = arena_alloc(o->c->a, (o->c->u->nfunctions + 1) *
			   sizeof(*u.of));
	find_places(&u, index, 0);
	for (i = 0; i < u.of[index].n; i++)
		if (!other_instance(u.of[index].place[i], path->arg[0]))
			return true;
	return u.of[index].many || !u.of[index].n;
}
