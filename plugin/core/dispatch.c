/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call through a table is one of the calls of the functions it may lead to:
 * a world for each that moves ownership and one for all others. Which table
 * it was is a fact of its world, so that a later close() is of the same table
 * as open().
 */
#include <string.h>
#include "dispatch.h"
#include "tables.h"

/* A call that may lead to more that move ownership is not followed. */
#define MOST 16

bool is_through_table(const struct checker *c, const struct event *ev)
{
	const struct term *x = ev->kind == EV_LOAD ? ev->addr : NULL;

	if (!has_choices(c))
		return false;
	if (x && x->kind == TERM_FIELD)
		return slot_of(c, x->type, x->name);
	return choices_of(c, c->fr->index, ev);
}

const struct term *table_fact(const struct checker *c,
			      const struct term *table)
{
	return term_call(c->t, "table", 1, &table);
}

/* Tables of one number differ only in what moves no ownership. */
static const struct term *holds(struct checker *c, const struct ops *o)
{
	const char *name = arena_intern(c->a, o->function);
	int k = callee_of(c, name)->index;

	return k >= 0 && c->summary[k] && c->summary[k]->owns ?
	       term_global(c->t, name) : NULL;
}

const struct term *table_member(struct checker *c, const struct world *w,
				const struct term *addr)
{
	const struct slot *s;
	int64_t low, high;
	unsigned int i;

	if (!has_choices(c) || addr->kind != TERM_FIELD || addr->vague)
		return NULL;
	s = slot_of(c, addr->type, addr->name);
	if (!s)
		return NULL;
	fact_range(w, table_fact(c, addr->arg[0]), &low, &high);
	if (low != high || !low)
		return NULL;
	for (i = 0; i < s->n; i++)
		if (table_number(c, s->ops[i]) == low)
			return holds(c, s->ops[i]);
	return term_const(c->t, 0);
}

/* Does the function itself ask whether a mapping failed? */
static bool asks(struct checker *c, const struct function *f)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct api *api = ev->kind == EV_CALL &&
				ev->callee ? callee_of(c, ev->callee)->api :
				NULL;

			if (api && api->kind == API_TEST)
				return true;
		}
	return false;
}

static bool moves(struct checker *c, const struct choice *k)
{
	const struct summary *s = k->index >= 0 ? c->summary[k->index] : NULL;

	return s && s->noutcomes &&
	       (s->owns || asks(c, c->u->function[k->index]));
}

/* Where the table is that the call's address is loaded from, or NULL. */
static const struct term *table_at(const struct checker *c,
				   const struct world *w,
				   const struct event *ev)
{
	const struct term *x = world_eval(c->t, w, ev->addr);

	x = x->kind == TERM_LOAD ? x->arg[0] : NULL;
	return x && x->kind == TERM_FIELD && !x->vague ? x->arg[0] : NULL;
}

/* The call in the world where it leads to @k, if there is one. */
static void take_choice(struct checker *c, struct world *w,
			struct place_in_code at, const struct term *table,
			const struct choice *k, const struct term **arg,
			then_fn *then, void *data)
{
	struct place_in_code direct = { at.block, &k->call };

	if (table && k->table &&
	    !fact_assume(c->t, c->fr->scratch, w,
			 term_op(c->t, OP_EQ, table_fact(c, table),
				 term_const(c->t, k->table), NULL), true))
		return;
	judge_demands(c, w, direct, c->u->function[k->index], arg);
	judge_ignored(c, w, direct, c->summary[k->index]);
	wait_enter(c, w, callee_of(c, k->call.callee));
	summary_apply(c, w, direct, c->summary[k->index], arg, then, data);
}

/* A function that is not walked yet, because it leads here, may do anything. */
static bool is_known(const struct checker *c, const struct choice *k)
{
	return k->index < 0 || c->u->function[k->index]->is_aside ||
	       c->summary[k->index];
}

enum dispatched dispatch(struct checker *c, const struct world *w,
			 struct place_in_code at, const struct term **arg,
			 then_fn *then, void *data)
{
	const struct choices *x = choices_of(c, c->fr->index, at.ev);
	const struct term *table, *to;
	unsigned int i, n = 0;

	for (i = 0; x && i < x->n; i++) {
		n += moves(c, &x->choice[i]);
		if (!is_known(c, &x->choice[i]))
			return DISPATCH_NONE;
	}
	if (!x || n > MOST)
		return DISPATCH_NONE;
	table = n ? table_at(c, w, at.ev) : NULL;
	to = world_eval(c->t, w, at.ev->addr);
	for (i = 0; i < x->n; i++) {
		bool known = to->kind == TERM_GLOBAL &&
			     !strcmp(to->name, x->choice[i].call.callee);

		if (to->kind == TERM_GLOBAL && !known)
			continue;
		if (moves(c, &x->choice[i]))
			take_choice(c, world_copy(c->fr->scratch, w, c->fr->fl),
				    at, table, &x->choice[i], arg, then, data);
		if (known)
			return moves(c, &x->choice[i]) ? DISPATCH_ALL :
							 DISPATCH_SOME;
	}
	return n < x->n ? DISPATCH_SOME : DISPATCH_ALL;
}
