/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that nobody calls: not exported, in no table, their address not
 * taken, and called by none but others like them. What is wrong there happens
 * to nobody.
 */
#include "checker.h"

static void keep_alive(struct checker *c, unsigned int index);

static void keep_callees(struct checker *c, const struct block *b)
{
	unsigned int e;
	int k;

	for (e = 0; e < b->nevents; e++) {
		const struct event *ev = &b->event[e];

		k = ev->kind == EV_CALL && ev->callee ?
		    callee_of(c, ev->callee)->index : -1;
		if (k >= 0 && c->dead[k])
			keep_alive(c, (unsigned int)k);
	}
}

static void keep_alive(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	unsigned int b;

	c->dead[index] = false;
	for (b = 0; b < f->nblocks; b++)
		keep_callees(c, &f->block[b]);
}

/* May somebody who is not seen here call the function? */
static bool is_open(const struct function *f)
{
	return !f->is_static || f->address_taken || f->is_exported ||
	       f->is_imported || f->is_init || f->is_exit || f->is_inline;
}

void find_dead(struct checker *c)
{
	unsigned int i;
	int k;

	c->dead = arena_alloc(c->a, c->u->nfunctions + 1);
	for (i = 0; i < c->u->nfunctions; i++)
		c->dead[i] = true;
	for (i = 0; i < c->u->nfunctions; i++)
		if (c->dead[i] && is_open(c->u->function[i]))
			keep_alive(c, i);
	for (i = 0; i < c->u->nops; i++) {
		k = callee_of(c, arena_intern(c->a,
					      c->u->ops[i].function))->index;
		if (k >= 0 && c->dead[k])
			keep_alive(c, (unsigned int)k);
	}
}
