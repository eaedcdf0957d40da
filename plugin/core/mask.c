/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules about the addresses that a device can reach: a mask that is set and
 * may not have been, or that is set when the memory is there already.
 */
#include <string.h>
#include "device_rules.h"

/* A call that sets the mask of a device. */
struct mask_call {
	const struct function *function;
	const struct event *ev;
	const struct term *dev;		/* as it was on the first path */
	const struct api *api;
	const struct trail *trail;
	int bits;			/* most on any path, -1: not known */
	bool ignored;			/* nobody looks at the result */
	bool goes_on;			/* DMA memory is acquired all the same
					 * when it failed */
};

/* Memory was acquired for a device before its mask was set. */
struct late_mask {
	const struct mask_call *call;	/* the first */
	const struct origin *origin;
	const struct trail *trail;
};

struct masks {
	unsigned int ncalls, nlate;
	struct mask_call **call;
	struct late_mask *late;
};

/* Every device may be asked to reach this much, dma-api-howto.rst. */
#define USUAL_BITS 32

/* How many bits wide is the mask? -1: not known. */
static int mask_bits(const struct term *mask)
{
	uint64_t m = (uint64_t)mask->value;

	if (mask->kind != TERM_CONST)
		return -1;
	return m ? 64 - __builtin_clzll(m) : 0;
}

/* Does the event acquire DMA memory, here or further down? */
static bool acquires(struct checker *c, const struct event *ev)
{
	const struct summary *s = NULL;
	const struct callee *k;
	unsigned int i, o;

	if (ev->kind != EV_CALL || !ev->callee)
		return false;
	k = callee_of(c, ev->callee);
	if (k->api)
		return k->api->kind == API_ACQUIRE;
	if (k->index >= 0)
		s = c->summary[k->index];
	for (i = 0; s && i < s->noutcomes; i++)
		for (o = 0; o < s->outcome[i].nowned; o++)
			if (s->outcome[i].owned[o].m->origin)
				return true;
	return false;
}

/*
 * Where the block at @b leads to on all its ways: does DMA memory get
 * acquired before another mask is set?
 */
static bool reaches_acquire(struct checker *c, unsigned char *seen,
			    unsigned int b)
{
	const struct block *blk = &c->fr->f->block[b];
	unsigned int i;

	if (seen[b])
		return false;
	seen[b] = 1;
	for (i = 0; i < blk->nevents; i++) {
		const struct event *ev = &blk->event[i];
		const struct api *api = ev->kind == EV_CALL && ev->callee ?
					callee_of(c, ev->callee)->api : NULL;

		if (api && api->kind == API_MASK)
			return false;
		if (acquires(c, ev))
			return true;
	}
	for (i = 0; i < blk->nsucc; i++)
		if (reaches_acquire(c, seen, blk->succ[i]))
			return true;
	return false;
}

/* The way out of the test that is taken if register @reg is not 0, or -1. */
static int failed_way(const struct event *ev, int reg)
{
	const struct term *x = ev->value;

	if (ev->kind != EV_TEST)
		return -1;
	if (x->kind == TERM_REG && x->value == reg)
		return 0;
	if (x->kind != TERM_OP || x->nargs != 2 ||
	    x->arg[0]->kind != TERM_REG || x->arg[0]->value != reg ||
	    x->arg[1]->kind != TERM_CONST || x->arg[1]->value)
		return -1;
	if (x->op == OP_NE || x->op == OP_LT)
		return 0;
	return x->op == OP_EQ || x->op == OP_GE ? 1 : -1;
}

/* Does the block only say something, and then go on? */
static bool only_talks(struct checker *c, const struct block *b)
{
	unsigned int i;

	for (i = 0; i < b->nevents; i++) {
		const struct event *ev = &b->event[i];
		const struct api *api = ev->kind == EV_CALL && ev->callee ?
					callee_of(c, ev->callee)->api : NULL;

		if (ev->kind == EV_STORE ||
		    (ev->kind == EV_CALL &&
		     (!api || (api->kind != API_BORROW &&
			       api->kind != API_PRINT))))
			return false;
	}
	return b->nsucc == 1 && b->npred == 1;
}

/* Does a variable keep in mind by which way @b was entered? */
static bool tells_apart(const struct block *b)
{
	unsigned int i, p;

	for (i = 0; i < b->nphis; i++)
		for (p = 1; p < b->npred; p++)
			if (b->phi[i].arg[p] != b->phi[i].arg[0])
				return true;
	return false;
}

/* The failure is printed and forgotten, and DMA memory is acquired. */
static bool is_forgotten(struct checker *c, unsigned int b)
{
	const struct function *f = c->fr->f;
	unsigned int n = 0;

	while (n++ < f->nblocks && only_talks(c, &f->block[b]))
		b = f->block[b].succ[0];
	return n > 1 && f->block[b].npred > 1 && !tells_apart(&f->block[b]) &&
	       reaches_acquire(c, arena_alloc(c->fr->keep, f->nblocks + 1), b);
}

static bool goes_on(struct checker *c, const struct event *call)
{
	const struct function *f = c->fr->f;
	unsigned int b, e;

	for (b = 0; b < f->nblocks && call->reg >= 0; b++) {
		const struct block *blk = &f->block[b];

		for (e = 0; e < blk->nevents; e++) {
			int way = failed_way(&blk->event[e], call->reg);

			if (way >= 0 && is_forgotten(c, blk->succ[way]))
				return true;
		}
	}
	return false;
}

static struct mask_call *call_of(struct checker *c, struct world *w,
				 struct place_in_code at,
				 const struct api *api, const struct term *dev)
{
	struct masks *m = c->masks;
	struct mask_call *call;
	unsigned int i;

	for (i = 0; i < m->ncalls; i++)
		if (m->call[i]->ev == at.ev)
			return m->call[i];
	call = arena_alloc(c->a, sizeof(*call));
	*call = (struct mask_call){
		.function = c->fr->f, .ev = at.ev, .dev = dev, .api = api,
		.trail = trail_save(c, w->trail, SAVED), .bits = 0,
		.ignored = at.ev->reg < 0 || !c->fr->fl->uses[at.ev->reg],
	};
	call->goes_on = goes_on(c, at.ev);
	m->call = arena_grow(c->a, m->call, m->ncalls, sizeof(*m->call));
	m->call[m->ncalls++] = call;
	return call;
}

static void note_late(struct checker *c, struct world *w,
		      const struct mask_call *call, const struct origin *o)
{
	struct masks *m = c->masks;
	unsigned int i;

	for (i = 0; i < m->nlate; i++)
		if (m->late[i].origin == o)
			return;
	m->late = arena_grow(c->a, m->late, m->nlate, sizeof(*m->late));
	m->late[m->nlate++] = (struct late_mask){
		.call = call, .origin = o,
		.trail = trail_save(c, w->trail, SAVED),
	};
}

void judge_mask(struct checker *c, struct world *w, struct place_in_code at,
		const struct api *api, const struct term **arg)
{
	int dev = api_arg(api, ROLE_DEV), mask = api_arg(api, ROLE_MASK);
	struct mask_call *call;
	unsigned int i;
	int bits;

	if (mask < 0 || (unsigned int)mask >= at.ev->nargs || dev < 0)
		return;
	if (!c->masks)
		c->masks = arena_alloc(c->a, sizeof(*c->masks));
	call = call_of(c, w, at, api, arg[dev]);
	bits = mask_bits(arg[mask]);
	if (bits < 0 || call->bits < 0)
		call->bits = -1;
	else if (bits > call->bits)
		call->bits = bits;
	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].m->origin && is_live(&w->owned[i]) &&
		    w->owned[i].m->role[ROLE_DEV] == arg[dev])
			note_late(c, w, call, w->owned[i].m->origin);
}

static void report_mask(struct checker *c, const struct mask_call *call,
			enum confidence conf, const char *what,
			const char *last)
{
	struct report rep = {
		.rule = "dma-missing-mask", .confidence = conf,
		.function = call->function, .loc = call->ev->loc,
		.api = call->api->name, .trail = call->trail,
		.place = value_name(c->a, call->function, call->dev),
		.message = what, .last = last,
	};

	report(c, &rep);
}

/* Does the function set another mask as well? */
static bool has_other(const struct checker *c, const struct mask_call *call)
{
	unsigned int i;

	for (i = 0; i < c->masks->ncalls; i++)
		if (c->masks->call[i] != call &&
		    c->masks->call[i]->function == call->function)
			return true;
	return false;
}

/*
 * A mask narrower than what a device is given anyway fails where there is no
 * such memory; a wider one where a bus or platform gave the device no mask to
 * set, which a driver that ignores the result never learns. Who sets one of
 * several masks adapts to what there is.
 */
static void judge_result(struct checker *c, const struct mask_call *call)
{
	bool narrow = call->bits >= 0 && call->bits < USUAL_BITS;
	enum confidence conf = narrow ? CONF_HIGH :
			       call->bits > USUAL_BITS && !has_other(c, call) ?
			       CONF_MEDIUM : CONF_LOW;

	if (call->bits == 64)
		return;
	if (call->ignored)
		report_mask(c, call, conf, arena_printf(c->a, "the result of "
			    "%s() is ignored, so that DMA may go where the "
			    "device does not reach", call->api->name),
			    "its result is never tested");
	else if (narrow && call->goes_on)
		report_mask(c, call, conf, arena_printf(c->a, "DMA memory is "
			    "used although %s() failed", call->api->name),
			    "if it fails here, DMA memory is acquired all "
			    "the same");
}

/* Is the mask set somewhere else, maybe before? */
static bool set_elsewhere(const struct checker *c,
			  const struct mask_call *call)
{
	unsigned int i;

	for (i = 0; i < c->masks->ncalls; i++) {
		const struct mask_call *k = c->masks->call[i];

		if (k != call && (k->function != call->function ||
				  k->ev->loc.line < call->ev->loc.line))
			return true;
	}
	return false;
}

static void judge_late(struct checker *c, const struct late_mask *l)
{
	struct report rep = {
		.rule = "dma-missing-mask",
		.confidence = l->call->bits >= USUAL_BITS ? CONF_MEDIUM :
			      l->call->bits < 0 ? CONF_LOW : CONF_HIGH,
		.function = l->call->function, .loc = l->call->ev->loc,
		.api = l->call->api->name, .trail = l->trail,
		.place = l->origin->place ? l->origin->place : "-",
		.origin = l->origin, .last = "the mask is set only here",
	};

	if (set_elsewhere(c, l->call))
		return;
	rep.message = arena_printf(c->a, "%s in %s is acquired before %s() "
				   "says what the device can reach",
				   family_noun(l->origin->api), rep.place,
				   l->call->api->name);
	report(c, &rep);
}

void judge_masks(struct checker *c)
{
	unsigned int i;

	if (!c->masks || !c->norigins)
		return;
	for (i = 0; i < c->masks->ncalls; i++)
		judge_result(c, c->masks->call[i]);
	for (i = 0; i < c->masks->nlate; i++)
		judge_late(c, &c->masks->late[i]);
}
