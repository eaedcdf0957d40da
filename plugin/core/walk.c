/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One function: worlds move from block to block in reverse postorder.
 *
 * A loop runs at most twice: once from its initial values, once with what
 * changes in it replaced by fresh values; what holds for the second holds
 * for all later ones. If the frame is exact, the first of them come before.
 */
#include <string.h>
#include "agree.h"
#include "leave.h"
#include "dispatch.h"
#include "join.h"
#include "device_rules.h"

/* Blocks run per function; beyond, the function is incomplete. */
#define RUNS 8000
#define EXACT_RUNS 1500
/* Rounds of a loop whose elements are told apart, after the first: two that
 * succeed, one that fails. */
#define ROUNDS 2
/* Blocks run per file of a unit, as long as they are not too many. */
#define UNIT_RUNS 100000
#define MANY 12

/* Bytes of worlds that wait, per function, and of everything, per file. */
#define KEPT ((size_t)6 << 20)
#define UNIT_KEPT ((size_t)24 << 20)

struct waiting {
	struct world *w;
	uint64_t hash;
	uint64_t kin[JOIN_KINDS];	/* 0: not asked yet */
};

struct queue {
	struct waiting *world;		/* all that were ever queued */
	unsigned int n, next;
};

struct walk {
	struct checker *c;
	struct frame *fr;
	struct queue *queue;		/* by block */
	unsigned int block, event;	/* being run */
	bool chosen;			/* the way goes on where nothing says
					 * that it must */
};

uint32_t iteration(const struct frame *fr, const struct world *w,
		   unsigned int block)
{
	uint32_t it = 0;
	unsigned int l;

	for (l = 0; l < fr->fl->nloops; l++)
		if (fr->fl->in[l][block])
			it = it * (ROUNDS + 2) + w->count[l];
	return it;
}

/* Of worlds that are equal but for where a callee left what. */
static void join_leftovers(const struct world *to, const struct world *from)
{
	unsigned int i;

	for (i = 0; i < to->nowned; i++)
		leftover_join(to->owned[i].left, from->owned[i].left, false);
}

static bool queued(const struct queue *q, const struct world *w, uint64_t h,
		   const struct flow *fl)
{
	unsigned int i;

	for (i = 0; i < q->n; i++)
		if (q->world[i].hash == h &&
		    world_equal(q->world[i].w, w, fl)) {
			join_leftovers(q->world[i].w, w);
			return true;
		}
	return false;
}

static uint64_t kin(struct walk *k, struct waiting *x, enum join how)
{
	if (!x->kin[how])
		x->kin[how] = world_kin(k->c, x->w, how);
	return x->kin[how];
}

/* One that waits and becomes both, NULL if there is none. */
static struct waiting *join(struct walk *k, struct world *w,
			    unsigned int block, enum join how)
{
	struct queue *q = &k->queue[block];
	uint64_t mine = world_kin(k->c, w, how);
	unsigned int i;

	for (i = q->next; i < q->n; i++)
		if (kin(k, &q->world[i], how) == mine) {
			if (!world_join(k->c, q->world[i].w, w, block, how))
				k->fr->reason = "worlds";
			return &q->world[i];
		}
	return NULL;
}

static bool joined(struct walk *k, struct world *w, unsigned int block)
{
	struct queue *q = &k->queue[block];
	unsigned int quarters = arena_used(k->fr->keep) * 4 / KEPT;
	struct waiting *x = NULL;
	enum join how;

	for (how = 0; !x && how < JOIN_KINDS; how++)
		if (q->n - q->next >= world_crowd(how, quarters))
			x = join(k, w, block, how);
	if (!x)
		return false;
	k->fr->joined = true;
	memset(x->kin, 0, sizeof(x->kin));
	x->hash = world_hash(x->w, k->fr->fl);
	return true;
}

static void enqueue(struct walk *k, struct world *w, unsigned int block)
{
	struct queue *q = &k->queue[block];
	struct frame *fr = k->fr;
	uint64_t h;

	w = world_pack(fr->scratch, w, fr->fl, block);
	forget(k->c, w, block);
	h = world_hash(w, fr->fl);
	if (queued(q, w, h, fr->fl) || joined(k, w, block))
		return;
	q->world = arena_grow(fr->keep, q->world, q->n, sizeof(*q->world));
	q->world[q->n++] = (struct waiting){ world_copy(fr->keep, w, fr->fl),
					     h, { 0 } };
	if (q->n - q->next > fr->worlds)
		fr->worlds = q->n - q->next;
}

/* The value that a phi takes when its loop comes round. */
static const struct term *widen(struct walk *k, struct world *w,
				const struct phi *p, const struct term *old,
				const struct term *now)
{
	struct checker *c = k->c;
	const struct term *f, *d;
	int64_t low, high;

	if (!old || old == now || now->kind == TERM_UNKNOWN)
		return now;
	f = term_fresh(c->t, "loop", -1 - (int64_t)p->reg, 1);
	d = term_op(c->t, OP_SUB, now, old, NULL);
	if (d->kind != TERM_CONST)
		return f;
	fact_range(w, old, &low, &high);
	if (d->value > 0 && low != INT64_MIN && low < INT64_MAX - d->value)
		fact_assume(c->t, k->fr->scratch, w,
			    term_op(c->t, OP_GE, f,
				    term_const(c->t, low + d->value), NULL),
			    true);
	if (d->value < 0 && high != INT64_MAX && high > INT64_MIN - d->value)
		fact_assume(c->t, k->fr->scratch, w,
			    term_op(c->t, OP_LE, f,
				    term_const(c->t, high + d->value), NULL),
			    true);
	return f;
}

/* A counter that is kept in memory: for (p->n = 0; p->n < MAX; p->n++). */
static void widen_memory(struct walk *k, struct world *w, int l)
{
	struct checker *c = k->c;
	unsigned int i;

	for (i = 0; i < w->ncells; i++) {
		struct cell *cell = &w->cell[i];
		int64_t low = cell->value->value;

		if (cell->region || cell->value->kind != TERM_CONST || !low ||
		    !loop_stores(&k->fr->releases[l], cell->addr))
			continue;
		cell->value = term_fresh(c->t, "loop", -1000 -
					 (int64_t)cell->addr->id, 1);
		if (low > 0)
			fact_assume(c->t, k->fr->scratch, w,
				    term_op(c->t, OP_GE, cell->value,
					    term_const(c->t, low), NULL),
				    true);
	}
}

static void take_phis(struct walk *k, struct world *w, unsigned int from,
		      unsigned int to, bool widened)
{
	const struct block *b = &k->fr->f->block[to];
	const struct term *value[b->nphis + 1];
	unsigned int p, i;

	for (p = 0; p < b->npred && b->pred[p] != from; p++)
		;
	for (i = 0; i < b->nphis; i++) {
		value[i] = world_eval(k->c->t, w, b->phi[i].arg[p]);
		if (widened)
			value[i] = widen(k, w, &b->phi[i],
					 w->reg[b->phi[i].reg], value[i]);
	}
	for (i = 0; i < b->nphis; i++)
		w->reg[b->phi[i].reg] = value[i];
}

/*
 * A release loop that is left may have released each element that another
 * loop acquired: that it ran zero times is a path that never was. If rounds
 * are told apart, and it had to end where it did, it has released what it has.
 */
static void leave_loop(struct walk *k, struct world *w, unsigned int l)
{
	unsigned int i;

	w->count[l] = 0;
	if (!k->fr->releases[l].any)
		return;
	w->left |= 1ull << (l % 64);
	if (k->fr->exact && !k->chosen)
		return;
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (k->fr->fl->in[l][o->m->block])
			continue;
		if (is_live(o) && (o->m->in_loop || k->fr->exact ||
		    (o->nholders && place_has_element(o->holder[0]))) &&
		    loop_may_release(&k->fr->releases[l], o))
			o->maybe_released = true;
	}
}

static void go(struct walk *k, struct world *w, unsigned int to)
{
	struct flow *fl = k->fr->fl;
	int l = flow_back_edge(fl, k->block, to);
	unsigned int last = k->fr->exact ? ROUNDS + 1 : 1, i;
	bool widened = false;

	if (l >= 0 && ++w->count[l] > last)
		return;
	if (l >= 0)
		widened = w->count[l] == last;
	if (widened)
		widen_memory(k, w, l);
	take_phis(k, w, k->block, to, widened);
	for (i = 0; i < fl->nloops; i++)
		if (fl->in[i][k->block] && !fl->in[i][to])
			leave_loop(k, w, i);
	enqueue(k, w, to);
}

static void branch(struct walk *k, struct world *w, const struct event *ev,
		   const struct term *cond, bool truth, unsigned int to)
{
	const struct block *b = &k->fr->f->block[k->block];
	struct trail *t;
	bool possible;

	w->deciding = k->fr->relevance->decides[k->block];
	possible = fact_assume(k->c->t, k->fr->scratch, w, cond, truth);
	w->deciding = false;
	if (!possible)
		return;
	if (cond->kind != TERM_CONST) {
		t = trail_add(k->c, w, TRAIL_BRANCH, ev->loc, NULL, NULL,
			      NULL);
		t->term = cond;
		t->truth = truth;
	}
	settle(k->c, w);
	decline_branch(k->c, w, to, b->succ[truth]);
	k->chosen = true;
	go(k, w, to);
	k->chosen = false;
}

static void run_test(struct walk *k, struct world *w, const struct event *ev)
{
	const struct block *b = &k->fr->f->block[k->block];
	const struct term *cond = world_eval(k->c->t, w, ev->value);
	int truth = fact_truth(k->c->t, w, cond);

	judge_test(k->c, w, cond, ev->loc);
	judge_sentinel(k->c, w, ev);
	if (truth >= 0 && k->fr->relevance->decides[k->block])
		fact_keep(w, cond);
	if (truth < 0) {
		branch(k, world_copy(k->fr->scratch, w, k->fr->fl), ev, cond,
		       true, b->succ[0]);
		branch(k, w, ev, cond, false, b->succ[1]);
		return;
	}
	decline_branch(k->c, w, b->succ[!truth], b->succ[truth]);
	go(k, w, b->succ[!truth]);
}

static bool range_possible(struct walk *k, struct world *w,
			   const struct term *x, const struct range *r)
{
	struct checker *c = k->c;

	return fact_assume(c->t, k->fr->scratch, w,
			   term_op(c->t, OP_GE, x, term_const(c->t, r->low),
				   NULL), true) &&
	       fact_assume(c->t, k->fr->scratch, w,
			   term_op(c->t, OP_LE, x, term_const(c->t, r->high),
				   NULL), true);
}

/* One world per case label; the default excludes single-valued cases. */
static void run_switch(struct walk *k, struct world *w,
		       const struct event *ev)
{
	const struct block *b = &k->fr->f->block[k->block];
	const struct term *x = world_eval(k->c->t, w, ev->value);
	unsigned int i;
	bool possible = true;

	for (i = 0; i < b->nranges; i++) {
		struct world *copy = world_copy(k->fr->scratch, w, k->fr->fl);

		copy->deciding = k->fr->relevance->decides[k->block];
		if (!range_possible(k, copy, x, &b->range[i]))
			continue;
		copy->deciding = false;
		go(k, copy, b->succ[b->range[i].succ]);
	}
	w->deciding = k->fr->relevance->decides[k->block];
	for (i = 0; i < b->nranges && possible; i++)
		if (b->range[i].low == b->range[i].high)
			possible = fact_assume(k->c->t, k->fr->scratch, w,
				term_op(k->c->t, OP_NE, x,
					term_const(k->c->t, b->range[i].low),
					NULL), true);
	w->deciding = false;
	if (!b->nranges) {
		for (i = 1; i < b->nsucc; i++)
			go(k, world_copy(k->fr->scratch, w, k->fr->fl),
			   b->succ[i]);
	}
	if (possible)
		go(k, w, b->succ[0]);
}

static void run_load(struct walk *k, struct world *w, const struct event *ev)
{
	const struct term *addr = world_eval(k->c->t, w, ev->addr);

	const struct term *known = table_member(k->c, w, addr);

	note_touch(k->c, w, addr, ev->loc, "read");
	w->reg[ev->reg] = known ? known : world_load(k->c->t, w, addr);
}

static void run_store(struct walk *k, struct world *w,
		      const struct event *ev)
{
	const struct term *addr = world_eval(k->c->t, w, ev->addr);
	const struct term *value = world_eval(k->c->t, w, ev->value);

	note_touch(k->c, w, addr, ev->loc, "written");
	judge_store(k->c, w, ev, value);
	judge_member(k->c, w, ev, value);
	world_store(k->fr->scratch, w, addr, value);
	note_store(k->c, w, addr, value, ev->loc);
}

static void run(struct walk *k, struct world *w);

static void after_call(void *data, struct world *w)
{
	struct walk *k = data;
	unsigned int event = k->event;

	settle(k->c, w);
	k->event++;
	run(k, w);
	k->event = event;
}

/* Runs @w from k->event to the end of the block. */
static void run(struct walk *k, struct world *w)
{
	const struct block *b = &k->fr->f->block[k->block];
	unsigned int start = k->event;

	for (; k->event < b->nevents; k->event++) {
		const struct event *ev = &b->event[k->event];
		struct place_in_code at = { k->block, ev };

		switch (ev->kind) {
		case EV_SET:
			w->reg[ev->reg] = world_eval(k->c->t, w, ev->value);
			break;
		case EV_LOAD:
			run_load(k, w, ev);
			break;
		case EV_STORE:
			run_store(k, w, ev);
			break;
		case EV_CALL:
			do_call(k->c, w, at, after_call, k);
			k->event = start;
			return;
		case EV_TEST:
			run_test(k, w, ev);
			break;
		case EV_SWITCH:
			run_switch(k, w, ev);
			break;
		case EV_GOTO:
			go(k, w, b->succ[0]);
			break;
		case EV_RETURN:
			leave(k->c, w, ev->value ?
			      world_eval(k->c->t, w, ev->value) : NULL,
			      ev->loc);
			break;
		case EV_STOP:
			break;
		}
	}
	k->event = start;
}

static struct world *next_world(struct walk *k)
{
	unsigned int i;

	for (i = 0; i < k->fr->fl->nreachable; i++) {
		struct queue *q = &k->queue[k->fr->fl->at[i]];

		if (q->next < q->n) {
			k->block = k->fr->fl->at[i];
			return q->world[q->next++].w;
		}
	}
	return NULL;
}

/* A function that takes too long, or too much, is left half done. */
static bool out_of_budget(struct checker *c, struct frame *fr)
{
	unsigned int files = c->u->nsources < MANY ? c->u->nsources : MANY;

	if (++fr->runs > (fr->exact ? EXACT_RUNS : RUNS) ||
	    ++c->runs > UNIT_RUNS * files)
		fr->reason = "blocks";
	else if (arena_used(fr->keep) > KEPT ||
		 arena_used(c->a) > c->start + UNIT_KEPT * files)
		fr->reason = "memory";
	else
		return false;
	return true;
}

void walk_function(struct checker *c)
{
	struct walk k = { .c = c, .fr = c->fr };
	struct frame *fr = c->fr;
	struct world *w;

	find_results(c, fr);
	find_loop_releases(c, fr);
	fr->waits = wait_in(c);
	fr->relevance = find_relevance(c);
	k.queue = arena_alloc(fr->keep, fr->f->nblocks * sizeof(*k.queue));
	enqueue(&k, world_new(fr->scratch, fr->fl), 0);
	while ((w = next_world(&k))) {
		if (out_of_budget(c, fr))
			break;
		k.event = 0;
		run(&k, world_unpack(fr->scratch, w, fr->fl, k.block));
		arena_reset(fr->scratch);
	}
}
