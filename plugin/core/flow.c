/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "flow.h"

struct visit {
	struct flow *fl;
	unsigned char *seen;
	unsigned int next;
};

/* Postorder with an explicit stack: a function may have thousands of blocks. */
static void number_blocks(struct arena *arena, struct visit *v)
{
	const struct function *f = v->fl->f;
	unsigned int *stack = arena_alloc(arena, f->nblocks * sizeof(*stack));
	unsigned int *edge = arena_alloc(arena, f->nblocks * sizeof(*edge));
	unsigned int n = 1;

	stack[0] = 0;
	v->seen[0] = 1;
	v->next = f->nblocks;
	while (n) {
		unsigned int b = stack[n - 1];
		unsigned int s;

		if (edge[b] == f->block[b].nsucc) {
			v->fl->order[b] = --v->next;
			v->fl->at[v->next] = b;
			n--;
			continue;
		}
		s = f->block[b].succ[edge[b]++];
		if (!v->seen[s]) {
			v->seen[s] = 1;
			stack[n++] = s;
		}
	}
}

static void close_order(struct flow *fl, unsigned int first)
{
	const struct function *f = fl->f;
	unsigned int b, i;

	fl->nreachable = f->nblocks - first;
	for (i = 0; i < fl->nreachable; i++)
		fl->at[i] = fl->at[i + first];
	for (b = 0; b < f->nblocks; b++)
		fl->order[b] = f->nblocks;
	for (i = 0; i < fl->nreachable; i++)
		fl->order[fl->at[i]] = i;
}

static bool retreats(const struct flow *fl, unsigned int from, unsigned int to)
{
	return fl->order[from] < fl->f->nblocks &&
	       fl->order[to] <= fl->order[from];
}

static void fill_loop(struct flow *fl, unsigned char *in, unsigned int header,
		      unsigned int tail, unsigned int *stack)
{
	const struct function *f = fl->f;
	unsigned int n = 0, i;

	in[header] = 1;
	if (!in[tail]) {
		in[tail] = 1;
		stack[n++] = tail;
	}
	while (n) {
		const struct block *b = &f->block[stack[--n]];

		for (i = 0; i < b->npred; i++) {
			unsigned int p = b->pred[i];

			if (in[p] || fl->order[p] >= f->nblocks ||
			    fl->order[p] < fl->order[header])
				continue;
			in[p] = 1;
			stack[n++] = p;
		}
	}
}

static int loop_of_header(const struct flow *fl, unsigned int header)
{
	unsigned int l;

	for (l = 0; l < fl->nloops; l++)
		if (fl->header[l] == header)
			return l;
	return -1;
}

static void find_loops(struct arena *arena, struct flow *fl)
{
	const struct function *f = fl->f;
	unsigned int *stack = arena_alloc(arena, f->nblocks * sizeof(*stack));
	unsigned int i, s;

	fl->header = arena_alloc(arena, f->nblocks * sizeof(*fl->header));
	fl->in = arena_alloc(arena, f->nblocks * sizeof(*fl->in));
	for (i = 0; i < fl->nreachable; i++) {
		unsigned int b = fl->at[i];

		for (s = 0; s < f->block[b].nsucc; s++) {
			unsigned int h = f->block[b].succ[s];
			int l;

			if (!retreats(fl, b, h))
				continue;
			l = loop_of_header(fl, h);
			if (l < 0) {
				l = fl->nloops++;
				fl->header[l] = h;
				fl->in[l] = arena_alloc(arena, f->nblocks);
			}
			fill_loop(fl, fl->in[l], h, b, stack);
		}
	}
}

int flow_back_edge(const struct flow *fl, unsigned int from, unsigned int to)
{
	return retreats(fl, from, to) ? loop_of_header(fl, to) : -1;
}

/* Registers a term reads are added to the bit set @set. */
static void add_reads(const struct term *x, uint64_t *set, unsigned int *uses)
{
	unsigned int i;

	if (!x)
		return;
	if (x->kind == TERM_REG) {
		set[x->value / 64] |= 1ull << (x->value % 64);
		if (uses)
			uses[x->value]++;
	}
	for (i = 0; i < x->nargs; i++)
		add_reads(x->arg[i], set, uses);
}

static void event_live(const struct event *ev, uint64_t *set,
		       unsigned int *uses)
{
	unsigned int i;

	if (ev->reg >= 0)
		set[ev->reg / 64] &= ~(1ull << (ev->reg % 64));
	add_reads(ev->addr, set, uses);
	add_reads(ev->value, set, uses);
	for (i = 0; i < ev->nargs; i++)
		add_reads(ev->arg[i], set, uses);
}

/*
 * What is live where block @b begins, after its phis have their values: the
 * results of its own phis count as live on entry if they are read.
 */
static bool block_live(const struct function *f, unsigned int b,
		       uint64_t **live, uint64_t *set, unsigned int words,
		       unsigned int *uses)
{
	const struct block *blk = &f->block[b];
	unsigned int i, s, w;
	bool changed = false;

	memset(set, 0, words * sizeof(*set));
	for (s = 0; s < blk->nsucc; s++) {
		const struct block *to = &f->block[blk->succ[s]];

		for (w = 0; w < words; w++)
			set[w] |= live[blk->succ[s]][w];
		for (i = 0; i < to->nphis; i++)
			set[to->phi[i].reg / 64] &=
				~(1ull << (to->phi[i].reg % 64));
	}
	for (s = 0; s < blk->nsucc; s++) {
		const struct block *to = &f->block[blk->succ[s]];
		unsigned int p;

		for (p = 0; p < to->npred; p++)
			for (i = 0; to->pred[p] == b && i < to->nphis; i++)
				add_reads(to->phi[i].arg[p], set, uses);
	}
	for (i = blk->nevents; i-- > 0;)
		event_live(&blk->event[i], set, uses);
	for (w = 0; w < words; w++) {
		changed |= set[w] != live[b][w];
		live[b][w] = set[w];
	}
	return changed;
}

static void list_live(struct arena *arena, struct flow *fl, uint64_t **live)
{
	const struct function *f = fl->f;
	unsigned int b, r;

	for (b = 0; b < f->nblocks; b++) {
		unsigned int n = 0;

		for (r = 0; r < f->nregs; r++)
			n += live[b][r / 64] >> (r % 64) & 1;
		fl->live[b] = arena_alloc(arena, (n + 1) * sizeof(n));
		for (r = 0; r < f->nregs; r++)
			if (live[b][r / 64] >> (r % 64) & 1)
				fl->live[b][fl->nlive[b]++] = r;
	}
}

static void find_live(struct arena *arena, struct flow *fl)
{
	const struct function *f = fl->f;
	unsigned int words = f->nregs / 64 + 1, b, i;
	uint64_t **live = arena_alloc(arena, f->nblocks * sizeof(*live));
	uint64_t *set = arena_alloc(arena, words * sizeof(*set));
	bool changed = true;

	for (b = 0; b < f->nblocks; b++)
		live[b] = arena_alloc(arena, words * sizeof(**live));
	while (changed) {
		changed = false;
		for (i = fl->nreachable; i-- > 0;)
			changed |= block_live(f, fl->at[i], live, set, words,
					      NULL);
	}
	for (i = 0; i < fl->nreachable; i++)
		block_live(f, fl->at[i], live, set, words, fl->uses);
	list_live(arena, fl, live);
}

struct flow *flow_of(struct arena *arena, const struct function *f)
{
	struct flow *fl = arena_alloc(arena, sizeof(*fl));
	struct visit v = { .fl = fl };

	fl->f = f;
	fl->order = arena_alloc(arena, f->nblocks * sizeof(*fl->order));
	fl->at = arena_alloc(arena, f->nblocks * sizeof(*fl->at));
	fl->nlive = arena_alloc(arena, f->nblocks * sizeof(*fl->nlive));
	fl->live = arena_alloc(arena, f->nblocks * sizeof(*fl->live));
	fl->uses = arena_alloc(arena, (f->nregs + 1) * sizeof(*fl->uses));
	v.seen = arena_alloc(arena, f->nblocks);
	number_blocks(arena, &v);
	close_order(fl, v.next);
	find_loops(arena, fl);
	find_live(arena, fl);
	return fl;
}
