/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "defs.h"

static void add_defs(struct def *def, const struct function *f, unsigned int b)
{
	const struct block *blk = &f->block[b];
	unsigned int i;

	for (i = 0; i < blk->nphis; i++)
		def[blk->phi[i].reg] = (struct def){ .phi = &blk->phi[i],
						     .block = b };
	for (i = 0; i < blk->nevents; i++)
		if (blk->event[i].reg >= 0)
			def[blk->event[i].reg] = (struct def){
				.event = &blk->event[i], .block = b };
}

const struct def *defs_of(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	struct def *def;
	unsigned int b;

	if (!c->defs)
		c->defs = arena_alloc(c->a, c->u->nfunctions *
				      sizeof(*c->defs));
	if (c->defs[index])
		return c->defs[index];
	def = arena_alloc(c->a, (f->nregs + 1) * sizeof(*def));
	for (b = 0; b < f->nblocks; b++)
		add_defs(def, f, b);
	c->defs[index] = def;
	return def;
}

struct resolve {
	struct checker *c;
	unsigned int index;
};

static const struct term *resolve_one(void *data, const struct term *x)
{
	const struct resolve *r = data;
	const struct event *ev;

	if (x->kind != TERM_REG)
		return x->nargs ? NULL : x;
	ev = defs_of(r->c, r->index)[x->value].event;
	if (ev && ev->kind == EV_SET)
		return written_value(r->c, r->index, ev->value);
	if (ev && ev->kind == EV_LOAD)
		return term_load(r->c->t, written_value(r->c, r->index,
						       ev->addr), 0);
	return x;
}

const struct term *written_value(struct checker *c, unsigned int index,
				const struct term *x)
{
	struct resolve r = { c, index };

	return term_map(c->t, x, resolve_one, &r);
}
