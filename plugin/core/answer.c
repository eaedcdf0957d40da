/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a condition asks: with what the driver's own functions answer, and the
 * kernel's calls, in the place of their results.
 */
#include "order.h"

/* Calls within calls. */
#define DEPTH 12

/* What a function answers that does nothing else, or NULL. */
static const struct term *answer_of(struct order *o, unsigned int index)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct term *x = NULL;
	const struct event *ev;

	while ((ev = scan_next(&scan))) {
		if (ev->kind == EV_STORE || (ev->kind == EV_RETURN && x))
			return NULL;
		if (ev->kind == EV_RETURN && ev->value)
			x = order_path(o, index, ev->value);
	}
	return x;
}

struct answers {
	struct order *o;
	unsigned int index, depth;
};

static const struct term *answer_leaf(void *data, const struct term *x);

/* The call @ev of function a->index as a term, or NULL. */
static const struct term *answer_of_call(struct answers *a,
					 const struct event *ev)
{
	struct order *o = a->o;
	const struct callee *k = ev->callee ? callee_of(o->c, ev->callee) :
				 NULL;
	const struct term *arg[ev->nargs + 1], *x;
	unsigned int i;

	if (k && !k->api && k->index >= 0) {
		struct answers sub = { o, k->index, a->depth + 1 };

		x = answer_of(o, k->index);
		return x ? order_bound(o, a->index, ev,
				       term_map(o->c->t, x, answer_leaf, &sub),
				       order_path) : NULL;
	}
	for (i = 0; i < ev->nargs; i++)
		arg[i] = order_path(o, a->index, ev->arg[i]);
	return k ? term_call(o->c->t, k->name, ev->nargs, arg) : NULL;
}

/* test_bit() may be one of two functions: do both ask the same? */
static bool same_question(const struct term *x, const struct term *y)
{
	unsigned int i;

	if (x == y)
		return true;
	if (x->kind != y->kind || x->op != y->op || x->nargs != y->nargs ||
	    (x->kind != TERM_CALL && x->kind != TERM_OP))
		return false;
	for (i = 0; i < x->nargs; i++)
		if (!same_question(x->arg[i], y->arg[i]))
			return false;
	return true;
}

/* What all values have in common that @phi of block @b chooses from. */
static const struct term *answer_of_phi(struct answers *a,
					const struct block *b,
					const struct phi *phi)
{
	struct answers sub = { a->o, a->index, a->depth + DEPTH / 3 };
	struct order *o = a->o;
	const struct term *all = NULL, *x;
	unsigned int i;

	for (i = 0; i < b->npred; i++) {
		x = term_map(o->c->t, order_path(o, a->index, phi->arg[i]),
			     answer_leaf, &sub);
		if (all && !same_question(all, x))
			return NULL;
		all = x;
	}
	return all;
}

static const struct term *answer_of_merged(struct answers *a, int64_t reg)
{
	const struct function *f = a->o->c->u->function[a->index];
	unsigned int b, i;

	for (b = 0; b < f->nblocks; b++)
		for (i = 0; i < f->block[b].nphis; i++)
			if (f->block[b].phi[i].reg == reg)
				return answer_of_phi(a, &f->block[b],
						     &f->block[b].phi[i]);
	return NULL;
}

/* Puts what calls answer in the place of their results. */
static const struct term *answer_leaf(void *data, const struct term *x)
{
	struct answers *a = data;
	struct scan scan = { .f = a->o->c->u->function[a->index] };
	const struct term *answer = NULL;
	const struct event *ev;

	if (x->kind != TERM_REG)
		return x->nargs ? NULL : x;
	if (a->depth >= DEPTH)
		return x;
	while (!answer && (ev = scan_next(&scan)))
		if (ev->kind == EV_CALL && ev->reg == x->value)
			answer = answer_of_call(a, ev);
	if (!answer)
		answer = answer_of_merged(a, x->value);
	return answer ? answer : x;
}

const struct term *order_asked(struct order *o, unsigned int index,
			       const struct term *x)
{
	struct answers a = { o, index, 0 };

	return term_map(o->c->t, order_path(o, index, x), answer_leaf, &a);
}
