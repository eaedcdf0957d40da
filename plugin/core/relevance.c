/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "relevance.h"

static void add_key(struct name_set *s, unsigned int key)
{
	if (key)
		s->bits[(key - 1) / 64] |= 1ull << ((key - 1) % 64);
}

static bool has_key(const struct name_set *s, unsigned int key)
{
	return s->bits[(key - 1) / 64] >> ((key - 1) % 64) & 1;
}

/* Names read by the term: a load of a member, a parameter itself. */
void relevance_add(struct name_set *s, const struct term *x)
{
	unsigned int i;

	add_key(s, x->key);
	for (i = 0; i < x->nargs; i++)
		relevance_add(s, x->arg[i]);
}

static void add_event(struct name_set *s, const struct event *ev)
{
	unsigned int i;

	if (ev->addr)
		relevance_add(s, ev->addr);
	if (ev->value)
		relevance_add(s, ev->value);
	if (ev->callee)
		add_key(s, term_name_key(ev->callee));
	for (i = 0; i < ev->nargs; i++)
		relevance_add(s, ev->arg[i]);
}

/* Was one of @from not in @to? */
static bool add_names(struct name_set *to, const struct name_set *from)
{
	bool added = false;
	unsigned int k;

	for (k = 0; k < 4; k++) {
		added |= (from->bits[k] & ~to->bits[k]) != 0;
		to->bits[k] |= from->bits[k];
	}
	return added;
}

static void find_ahead(const struct flow *fl, struct relevance *r,
		       reads_fn *reads, void *data)
{
	const struct function *f = fl->f;
	unsigned int i, s, e, k;
	bool changed = true;

	for (i = 0; i < fl->nreachable; i++) {
		const struct block *b = &f->block[fl->at[i]];

		for (e = 0; e < b->nevents; e++) {
			add_event(&r->ahead[fl->at[i]], &b->event[e]);
			reads(data, &b->event[e], &r->ahead[fl->at[i]]);
		}
		for (e = 0; e < b->nphis; e++)
			for (k = 0; k < b->npred; k++)
				relevance_add(&r->ahead[fl->at[i]],
					      b->phi[e].arg[k]);
	}
	while (changed) {
		changed = false;
		for (i = fl->nreachable; i-- > 0;) {
			struct name_set *to = &r->ahead[fl->at[i]];
			const struct block *b = &f->block[fl->at[i]];

			for (s = 0; s < b->nsucc; s++)
				changed |= add_names(to,
						     &r->ahead[b->succ[s]]);
		}
	}
}

/*
 * Immediate postdominators, after Cooper, Harvey and Kennedy ("A Simple, Fast
 * Dominance Algorithm", 2001) on the reverse graph; nblocks is the exit.
 */
static unsigned int meet(const struct flow *fl, const unsigned int *ipdom,
			 unsigned int a, unsigned int b)
{
	unsigned int exit = fl->f->nblocks;

	while (a != b && a != exit && b != exit) {
		if (fl->order[a] < fl->order[b])
			a = ipdom[a];
		else
			b = ipdom[b];
	}
	return a == b ? a : exit;
}

/* What the successors have in common; nblocks + 1: not known yet. */
static unsigned int meet_all(const struct flow *fl, const unsigned int *ipdom,
			     unsigned int b)
{
	const struct block *blk = &fl->f->block[b];
	unsigned int none = fl->f->nblocks + 1, s;
	unsigned int now = blk->nsucc ? none : fl->f->nblocks;

	for (s = 0; s < blk->nsucc; s++) {
		unsigned int t = blk->succ[s];

		/* A back edge says nothing new. */
		if (fl->order[t] <= fl->order[b] || ipdom[t] == none)
			continue;
		now = now == none ? t : meet(fl, ipdom, now, t);
	}
	return now;
}

static unsigned int *find_ipdom(struct arena *arena, const struct flow *fl)
{
	const struct function *f = fl->f;
	unsigned int i;
	unsigned int *ipdom = arena_alloc(arena, f->nblocks * sizeof(*ipdom));
	bool changed = true;

	for (i = 0; i < f->nblocks; i++)
		ipdom[i] = f->nblocks + 1;
	while (changed) {
		changed = false;
		for (i = fl->nreachable; i-- > 0;) {
			unsigned int b = fl->at[i];
			unsigned int now = meet_all(fl, ipdom, b);

			changed |= now != ipdom[b];
			ipdom[b] = now;
		}
	}
	return ipdom;
}

static bool region_owns(const struct flow *fl, const unsigned char *owns,
			unsigned char *seen, unsigned int *stack,
			unsigned int from, unsigned int until)
{
	const struct block *b = &fl->f->block[from];
	unsigned int n = 0, s;

	memset(seen, 0, fl->f->nblocks);
	seen[from] = 1;
	for (;;) {
		for (s = 0; s < b->nsucc; s++) {
			unsigned int t = b->succ[s];

			if (t == until || seen[t])
				continue;
			if (owns[t])
				return true;
			seen[t] = 1;
			stack[n++] = t;
		}
		if (!n)
			return false;
		b = &fl->f->block[stack[--n]];
	}
}

static void add_regs(unsigned char *wanted, const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_REG)
		wanted[x->value] = 1;
	for (i = 0; i < x->nargs; i++)
		add_regs(wanted, x->arg[i]);
}

static void want_event(unsigned char *wanted, const struct event *ev,
		       bool owns)
{
	unsigned int i;

	/* What decides the result splits the outcomes. */
	if (!owns && ev->kind != EV_RETURN &&
	    (ev->reg < 0 || !wanted[ev->reg]))
		return;
	if (ev->addr)
		add_regs(wanted, ev->addr);
	if (ev->value)
		add_regs(wanted, ev->value);
	for (i = 0; owns && i < ev->nargs; i++)
		add_regs(wanted, ev->arg[i]);
}

static void want_phis(unsigned char *wanted, const struct block *b)
{
	unsigned int i, p;

	for (i = 0; i < b->nphis; i++)
		for (p = 0; wanted[b->phi[i].reg] && p < b->npred; p++)
			add_regs(wanted, b->phi[i].arg[p]);
}

/* Registers that the arguments of ownership calls are computed from. */
static unsigned char *find_wanted(struct arena *arena, const struct flow *fl,
				  owns_fn *owns, void *data)
{
	const struct function *f = fl->f;
	unsigned char *wanted = arena_alloc(arena, f->nregs + 1);
	unsigned int round, i, e;

	for (round = 0; round < 6; round++) {
		for (i = fl->nreachable; i-- > 0;) {
			const struct block *b = &f->block[fl->at[i]];

			for (e = b->nevents; e-- > 0;)
				want_event(wanted, &b->event[e],
					   !round && owns(data, &b->event[e]));
			want_phis(wanted, b);
		}
	}
	return wanted;
}

/*
 * "read ? DMA_FROM_DEVICE : DMA_TO_DEVICE": what an ownership call is given
 * is chosen where the branches meet; or they do not meet, and the result is
 * what they choose.
 */
static bool chooses(const struct flow *fl, const unsigned char *wanted,
		    unsigned int join)
{
	const struct block *b;
	unsigned int i;

	if (join >= fl->f->nblocks)
		return true;
	b = &fl->f->block[join];
	for (i = 0; i < b->nphis; i++)
		if (wanted[b->phi[i].reg])
			return true;
	return false;
}

static void find_deciders(struct arena *arena, const struct flow *fl,
			  struct relevance *r, owns_fn *owns, void *data)
{
	const struct function *f = fl->f;
	unsigned char *owning = arena_alloc(arena, f->nblocks);
	unsigned char *seen = arena_alloc(arena, f->nblocks);
	unsigned int *stack = arena_alloc(arena, f->nblocks * sizeof(*stack));
	unsigned int *ipdom = find_ipdom(arena, fl);
	unsigned char *wanted = find_wanted(arena, fl, owns, data);
	unsigned int i, e;

	for (i = 0; i < f->nblocks; i++)
		for (e = 0; e < f->block[i].nevents; e++)
			owning[i] |= owns(data, &f->block[i].event[e]);
	for (i = 0; i < fl->nreachable; i++) {
		unsigned int b = fl->at[i];

		if (f->block[b].nsucc > 1)
			r->decides[b] = chooses(fl, wanted, ipdom[b]) ||
				region_owns(fl, owning, seen, stack, b,
					    ipdom[b]);
	}
}

struct relevance *relevance_of(struct arena *arena, const struct flow *fl,
			       owns_fn *owns, reads_fn *reads, void *data)
{
	struct relevance *r = arena_alloc(arena, sizeof(*r));

	r->ahead = arena_alloc(arena, fl->f->nblocks * sizeof(*r->ahead));
	r->decides = arena_alloc(arena, fl->f->nblocks);
	find_ahead(fl, r, reads, data);
	find_deciders(arena, fl, r, owns, data);
	return r;
}

bool relevance_ahead(const struct relevance *r, unsigned int block,
		     const struct term *x)
{
	unsigned int i;

	while (x->kind == TERM_LOAD || x->kind == TERM_ELEM)
		x = x->arg[0];
	if (x->key)
		return has_key(&r->ahead[block], x->key);
	for (i = 0; i < x->nargs; i++)
		if (x->arg[i]->kind != TERM_CONST &&
		    !relevance_ahead(r, block, x->arg[i]))
			return false;
	return true;
}
