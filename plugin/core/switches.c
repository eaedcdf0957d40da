/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Flags that go up and down: members to which the driver writes 0 here and
 * another constant there. What one says was so when it was asked; who asks
 * again in a callee asks because it may have changed.
 */
#include "checker.h"

static void add_stores(struct checker *c, const struct function *f,
		       struct place_set *cleared, struct place_set *set)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_STORE &&
			    ev->value->kind == TERM_CONST)
				place_set_add(c->a, ev->value->value ? set :
					      cleared, ev->addr);
		}
}

void find_switches(struct checker *c)
{
	struct place_set set = { 0 }, cleared = { 0 };
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++)
		add_stores(c, c->u->function[i], &cleared, &set);
	for (i = 0; i < set.nslots; i++)
		if (set.slot[i] && place_set_has(&cleared, set.slot[i]))
			place_set_add(c->a, &c->switches, set.slot[i]);
}

bool is_switch(const struct checker *c, const struct term *x)
{
	return x->kind == TERM_LOAD && !x->value &&
	       !place_is_local(x->arg[0]) &&
	       place_set_has(&c->switches, x->arg[0]);
}
