/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What certainly holds at the calls of a function. Where paths meet, the
 * shallower depth counts: a lock that is taken under a condition holds for
 * certain nowhere behind it, and one that a callee gives back on some way
 * holds no more.
 */
#include <string.h>
#include "atomic.h"

struct locks {
	const struct function *f;
	effect_fn *effect;
	void *data;
	struct depths *entry;		/* by block */
};

static void shift(struct depths *d, unsigned int part, int by,
		  const struct event *ev)
{
	int n = d->n[part] + by, i;

	for (i = d->n[part]; i < n; i++)
		if (i >= DEPTH && i - DEPTH < NESTED)
			d->by[part][i - DEPTH] = ev;
	d->n[part] = n < 0 ? 0 : n > 2 * DEPTH ? 2 * DEPTH : n;
}

static bool holds(const struct depths *d)
{
	unsigned int p;

	for (p = 0; p < CTX_PARTS; p++)
		if (d->n[p] > DEPTH)
			return true;
	return false;
}

static void run_event(const struct locks *l, struct depths *d,
		      const struct event *ev)
{
	const struct lock_effect *e = l->effect(l->data, ev);
	unsigned int p;

	if (!e)
		return;
	if (!holds(d))
		d->doubt = false;
	for (p = 0; p < CTX_PARTS; p++)
		if (e->delta[p])
			shift(d, p, e->delta[p], ev);
	d->doubt |= e->doubt;
}

/* Is anything less certain at @to than it was? */
static bool meet(struct depths *to, const struct depths *from)
{
	bool changed = false;
	unsigned int p;

	if (!to->reached) {
		*to = *from;
		return true;
	}
	if (from->doubt && !to->doubt)
		to->doubt = changed = true;
	for (p = 0; p < CTX_PARTS; p++) {
		if (from->n[p] >= to->n[p])
			continue;
		to->n[p] = from->n[p];
		changed = true;
	}
	return changed;
}

static bool run_block(const struct locks *l, unsigned int number)
{
	const struct block *b = &l->f->block[number];
	struct depths d = l->entry[number];
	bool changed = false;
	unsigned int i;

	if (!d.reached)
		return false;
	for (i = 0; i < b->nevents; i++)
		if (b->event[i].kind == EV_CALL)
			run_event(l, &d, &b->event[i]);
	for (i = 0; i < b->nsucc; i++)
		changed |= meet(&l->entry[b->succ[i]], &d);
	return changed;
}

/* The last time: tells of each call, and of the ends of the function. */
static void tell(const struct locks *l, unsigned int number, depths_fn *at,
		 struct depths *end)
{
	const struct block *b = &l->f->block[number];
	struct depths d = l->entry[number];
	unsigned int i;

	for (i = 0; d.reached && i < b->nevents; i++) {
		const struct event *ev = &b->event[i];

		if (ev->kind == EV_RETURN)
			meet(end, &d);
		if (ev->kind != EV_CALL)
			continue;
		if (at)
			at(l->data, ev, number, &d);
		run_event(l, &d, ev);
	}
}

struct lock_effect find_depths(struct arena *a, const struct function *f,
			       effect_fn *effect, depths_fn *at, void *data)
{
	struct locks l = { f, effect, data, NULL };
	struct lock_effect e = { .any = false };
	struct depths end = { .reached = false };
	bool again = f->nblocks;
	unsigned int i;

	l.entry = arena_alloc(a, (f->nblocks + 1) * sizeof(*l.entry));
	memset(l.entry[0].n, DEPTH, sizeof(l.entry[0].n));
	l.entry[0].reached = true;
	while (again) {
		again = false;
		for (i = 0; i < f->nblocks; i++)
			again |= run_block(&l, i);
	}
	for (i = 0; i < f->nblocks; i++)
		tell(&l, i, at, &end);
	for (i = 0; end.reached && i < CTX_PARTS; i++) {
		e.delta[i] = end.n[i] - DEPTH;
		e.any |= e.delta[i];
	}
	e.doubt = end.doubt;
	e.any |= e.doubt;
	return e;
}
