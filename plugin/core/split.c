/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call of a function with a summary forks the world once per outcome. If
 * the block went on, the next call would fork each of them again: worlds
 * meet, and equal ones become one, only where a block begins. So such a call
 * ends its block.
 */
#include <string.h>
#include "split.h"
#include "tables.h"

static bool may_fork(struct checker *c, unsigned int function,
		     const struct event *ev)
{
	const struct callee *k;

	if (ev->kind != EV_CALL)
		return false;
	if (!ev->callee)
		return choices_of(c, function, ev);
	k = callee_of(c, ev->callee);
	if (k->api && k->api->kind == API_TRY_ACTION)
		return true;
	return (!k->api || k->api->kind == API_MAPS) && k->index >= 0;
}

static unsigned int count_forks(struct checker *c, unsigned int function,
				const struct block *b)
{
	unsigned int e, n = 0;

	for (e = 0; e + 1 < b->nevents; e++)
		n += may_fork(c, function, &b->event[e]);
	return n;
}

static void add_goto(struct checker *c, struct block *b, unsigned int to,
		     struct loc loc)
{
	struct event *ev = arena_alloc(c->a, (b->nevents + 1) * sizeof(*ev));

	memcpy(ev, b->event, b->nevents * sizeof(*ev));
	ev[b->nevents].kind = EV_GOTO;
	ev[b->nevents].loc = loc;
	ev[b->nevents].reg = -1;
	b->event = ev;
	b->nevents++;
	b->succ = arena_alloc(c->a, sizeof(*b->succ));
	b->succ[0] = to;
	b->nsucc = 1;
	b->nranges = 0;
}

/* The tail of @from that begins at event @at becomes block @number. */
static void cut(struct checker *c, struct function *f, unsigned int from,
		unsigned int at, unsigned int number)
{
	struct block *head = &f->block[from], *tail = &f->block[number];

	*tail = *head;
	tail->event = head->event + at;
	tail->nevents = head->nevents - at;
	tail->nphis = 0;
	head->nevents = at;
	add_goto(c, head, number, head->event[at - 1].loc);
}

/* Phis name their predecessors by position: they follow the tails. */
static void redirect(struct function *f, const unsigned int *last,
		     unsigned int n)
{
	unsigned int b, p;

	for (b = 0; b < n; b++) {
		struct block *blk = &f->block[b];

		for (p = 0; p < blk->npred; p++)
			blk->pred[p] = last[blk->pred[p]];
	}
}

static void copy_preds(struct checker *c, struct block *b)
{
	unsigned int *pred = arena_alloc(c->a, (b->npred + 1) * sizeof(*pred));

	memcpy(pred, b->pred, b->npred * sizeof(*pred));
	b->pred = pred;
}

static void one_pred(struct checker *c, struct block *b, unsigned int from)
{
	b->pred = arena_alloc(c->a, sizeof(*b->pred));
	b->pred[0] = from;
	b->npred = 1;
}

struct function *split_calls(struct checker *c, unsigned int function)
{
	const struct function *f = c->u->function[function];
	struct function *s = arena_alloc(c->a, sizeof(*s));
	unsigned int *last = arena_alloc(c->a, (f->nblocks + 1) *
					 sizeof(*last));
	unsigned int b, e, n = f->nblocks;

	*s = *f;
	for (b = 0; b < f->nblocks; b++)
		n += count_forks(c, function, &f->block[b]);
	s->block = arena_alloc(c->a, (n + 1) * sizeof(*s->block));
	for (b = 0; b < f->nblocks; b++) {
		s->block[b] = f->block[b];
		copy_preds(c, &s->block[b]);
		last[b] = b;
	}
	for (b = 0; b < f->nblocks; b++) {
		unsigned int end = f->block[b].nevents;

		for (e = end; e-- > 0;) {
			unsigned int next = s->nblocks;

			if (e + 1 >= f->block[b].nevents ||
			    !may_fork(c, function, &f->block[b].event[e]))
				continue;
			cut(c, s, b, e + 1, next);
			if (last[b] == b)
				last[b] = next;
			s->nblocks++;
		}
	}
	redirect(s, last, f->nblocks);
	for (b = 0; b < s->nblocks; b++)
		if (s->block[b].nsucc == 1 &&
		    s->block[b].succ[0] >= f->nblocks)
			one_pred(c, &s->block[s->block[b].succ[0]], b);
	return s;
}
