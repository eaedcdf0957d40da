/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Segment limits: a driver lets others hand it buffers of any length, and
 * says nowhere how long a segment of theirs may be for its device.
 */
#include <string.h>
#include "device_rules.h"
#include "defs.h"

static bool calls_limit(const struct checker *c, const struct function *f)
{
	const struct block *b;
	const struct event *ev;

	for (b = f->block; b < f->block + f->nblocks; b++)
		for (ev = b->event; ev < b->event + b->nevents; ev++)
			if (ev->kind == EV_CALL && ev->callee &&
			    rules_limits_segments(c->r, ev->callee))
				return true;
	return false;
}

static bool sets_limit(const struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++)
		if (calls_limit(c, c->u->function[i]))
			return true;
	return false;
}

static void say(struct checker *c, const struct function *f, struct loc loc,
		const struct long_segment *s)
{
	struct report rep = {
		.rule = "dma-segment-limit", .confidence = CONF_LOW,
		.function = f, .loc = loc, .api = c->r->segment_limit[0],
		.place = arena_printf(c->a, "%s.%s", s->type, s->field),
		.last = "nothing says how long a segment may be for the device",
	};

	report(c, &rep);
}

/* The function that the driver is bound by: there the limit belongs. */
static const struct function *binding(const struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->u->nops; i++) {
		const struct ops *o = &c->u->ops[i];
		const struct lifecycle *l = rules_lifecycle(c->r, o->type,
							    o->field);
		const struct function *f = unit_find(c->u, o->function);

		if (l && l->depth == 0 && l->part == PART_BEGIN && f &&
		    !f->is_imported)
			return f;
	}
	return NULL;
}

/* In a table of callbacks? It is said once of a driver. */
static bool judge_tables(struct checker *c)
{
	const struct function *f = binding(c);
	unsigned int i;

	for (i = 0; f && i < c->u->nops; i++) {
		const struct long_segment *s =
			rules_long_segment(c->r, c->u->ops[i].type,
					   c->u->ops[i].field);

		if (s && !s->object) {
			say(c, f, f->loc, s);
			return true;
		}
	}
	return false;
}

/* Does the function store none of the bits that make segments long? */
static bool never_long(const struct function *f,
		       const struct long_segment *s)
{
	const struct block *b;
	const struct event *ev;
	const struct term *m;

	for (b = f->block; b < f->block + f->nblocks; b++)
		for (ev = b->event; ev < b->event + b->nevents; ev++) {
			m = ev->kind == EV_STORE ? place_member(ev->addr) :
			    NULL;
			if (m && m->name && m->type &&
			    !strcmp(m->type, s->type) &&
			    !strcmp(m->name, s->flags) &&
			    ev->value->kind == TERM_CONST)
				return !(ev->value->value & s->bits);
		}
	return true;
}

static bool judge_store_of(struct checker *c, unsigned int index,
			   const struct event *ev)
{
	const struct function *f = c->u->function[index];
	const struct term *m = place_member(ev->addr), *value;
	const struct long_segment *s;

	if (!m || !m->name || !m->type)
		return false;
	s = rules_long_segment(c->r, m->type, m->name);
	if (!s || !s->object || never_long(f, s))
		return false;
	value = written_value(c, index, ev->value);
	if (value->kind != TERM_GLOBAL || strcmp(value->name, s->object))
		return false;
	say(c, f, ev->loc, s);
	return true;
}

static bool judge_stores(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	const struct block *b;
	const struct event *ev;

	for (b = f->block; b < f->block + f->nblocks; b++)
		for (ev = b->event; ev < b->event + b->nevents; ev++)
			if (ev->kind == EV_STORE &&
			    judge_store_of(c, index, ev))
				return true;
	return false;
}

void judge_segments(struct checker *c)
{
	unsigned int i;

	if (!c->r->nlong_segments || sets_limit(c) || judge_tables(c))
		return;
	for (i = 0; i < c->u->nfunctions; i++)
		if (!c->u->function[i]->is_imported && judge_stores(c, i))
			return;
}
