/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls through a member of a struct: the functions of the unit that its
 * initialisers and stores put there.
 */
#include <string.h>
#include "valueflow.h"

const struct term *read_from(const struct function *f, int64_t reg)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_LOAD && ev->reg == reg)
				return place_member(ev->addr);
		}
	return NULL;
}

unsigned int vflow_targets(struct checker *c, const struct function *f,
			   const struct event *call, unsigned int *to,
			   unsigned int most)
{
	const struct term *x = call->addr, *m;
	unsigned int i, n = 0;
	int k;

	if (call->callee || !x)
		return 0;
	m = x->kind == TERM_REG ? read_from(f, x->value) :
	    x->kind == TERM_LOAD ? place_member(x->arg[0]) : NULL;
	if (!m || !m->type || !m->name)
		return 0;
	for (i = 0; i < c->u->nops && n < most; i++) {
		const struct ops *o = &c->u->ops[i];

		if (strcmp(o->type, m->type) || strcmp(o->field, m->name))
			continue;
		k = callee_of(c, arena_intern(c->a, o->function))->index;
		if (k >= 0)
			to[n++] = (unsigned int)k;
	}
	return n;
}
