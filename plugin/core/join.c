/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where many worlds meet, two that own the same become one that stands for
 * both: it knows what both know. What happened to the mappings is what is
 * asked of a path; what else is known only says which paths there are (after
 * Das, Lerner and Seigle, "ESP: Path-Sensitive Program Verification in
 * Polynomial Time", 2002).
 */
#include <string.h>
#include "join.h"

/* The knee between what is told apart and what it takes. */
static const unsigned int crowd[JOIN_KINDS] = {
	[JOIN_FACTS] = 32, [JOIN_VALUES] = 64, [JOIN_OWNED] = 96,
	[JOIN_ALL] = 128,
};

unsigned int world_crowd(enum join how, unsigned int quarters)
{
	return how == JOIN_ALL || quarters < 2 ? crowd[how] :
	       crowd[how] >> (quarters - 1);
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0x9e3779b97f4a7c15ull;
	return h ^ h >> 29;
}

/* What a caller, or a branch, tells values apart by. */
enum sort { SORT_ANY, SORT_ZERO, SORT_NEGATIVE, SORT_POSITIVE, SORT_SET };

static enum sort sort_of(struct checker *c, const struct world *w,
			 const struct term *x)
{
	int64_t low, high;
	int truth;

	fact_range(w, x, &low, &high);
	if (high < 0)
		return SORT_NEGATIVE;
	if (low > 0)
		return SORT_POSITIVE;
	truth = fact_truth(c->t, w, x);
	return truth < 0 ? SORT_ANY : truth ? SORT_SET : SORT_ZERO;
}

static uint64_t hash_owned(const struct owned *o)
{
	uint64_t h = mix((uintptr_t)o->m, o->state);
	unsigned int i;

	h = mix(h, o->maybe_released | o->escaped << 1 | o->started << 2 |
		o->waited << 3);
	for (i = 0; i < o->nholders; i++)
		h = mix(h, o->holder[i]->id);
	return h;
}

/* A member that says what a release finds there. */
static bool is_told_by(const struct checker *c, const struct cell *cell)
{
	return !cell->region && cell->value->kind == TERM_CONST &&
	       is_guard(c, cell->addr);
}

/* What was released for others: who is told that it may have been is fine. */
static bool is_foreign(const struct owned *o)
{
	return !o->m->origin;
}

/* Who has it must be rid of it, but once: see companion.c. */
static bool is_spendable(const struct checker *c, const struct term *x)
{
	return x->kind == TERM_FRESH || is_companion(c, x);
}

uint64_t world_kin(struct checker *c, const struct world *w, enum join how)
{
	uint64_t h = how, sum = 0;
	unsigned int i;

	for (i = 0; i < c->fr->fl->nloops; i++)
		h = mix(h, w->count[i]);
	h = mix(h, (uintptr_t)w->wait ^ w->timed_out);
	if (how == JOIN_ALL)
		return h;
	for (i = 0; i < w->nregs; i++)
		if (w->reg[i])
			h = mix(h, sort_of(c, w, w->reg[i]) + 8 * i);
	for (i = 0; how == JOIN_FACTS && i < w->nregs; i++)
		h = mix(h, w->reg[i] ? w->reg[i]->id : 0);
	for (i = 0; how == JOIN_FACTS && i < w->ncells; i++)
		if (is_told_by(c, &w->cell[i]))
			sum += mix(w->cell[i].addr->id, w->cell[i].value->id);
	for (i = 0; i < w->nowned; i++)
		if (how < JOIN_OWNED || !is_foreign(&w->owned[i]))
			sum += hash_owned(&w->owned[i]);
	for (i = 0; i < w->nfreed; i++)
		if (is_companion(c, w->freed[i]))
			sum += mix(5, w->freed[i]->id);
	return mix(mix(mix(h, sum), w->failed), w->left);
}

/* Only what both know is known of the two. */
static void join_facts(struct world *to, const struct world *from)
{
	unsigned int i, n = 0;

	for (i = 0; i < to->nfacts; i++) {
		struct fact f = to->fact[i];
		const struct fact *g = world_fact(from, f.x, i);

		if (!g)
			continue;
		f.low = g->low < f.low ? g->low : f.low;
		f.high = g->high > f.high ? g->high : f.high;
		f.not_zero &= g->not_zero;
		f.not_err &= g->not_err;
		f.aligned &= g->aligned;
		f.keep |= g->keep;
		to->fact[n++] = f;
	}
	to->nfacts = n;
}

/* A new value that is one of two: what is sure of both is sure of it. */
struct one_of {
	const struct term *x;
	int64_t low, high;
	bool not_zero;
};

struct joining {
	struct checker *c;
	struct world *to;
	const struct world *from;
	uint32_t when;			/* block and iteration */
	struct one_of *made;
	unsigned int nmade;
	bool guess;			/* something is uncertain now */
};

static const struct term *either(struct joining *j, int64_t site,
				 const struct term *a, const struct term *b)
{
	struct one_of *o = &j->made[j->nmade++];
	int64_t low, high;

	fact_range(j->to, a, &o->low, &o->high);
	fact_range(j->from, b, &low, &high);
	o->low = low < o->low ? low : o->low;
	o->high = high > o->high ? high : o->high;
	o->not_zero = fact_not_zero(j->to, a) && fact_not_zero(j->from, b);
	o->x = term_fresh(j->c->t, "joined", site, j->when);
	return o->x;
}

static void learn_made(struct joining *j)
{
	struct term_table *t = j->c->t;
	struct arena *a = j->c->fr->keep;
	unsigned int i;

	for (i = 0; i < j->nmade; i++) {
		const struct one_of *o = &j->made[i];

		if (o->not_zero)
			fact_assume(t, a, j->to, o->x, true);
		if (o->low != INT64_MIN)
			fact_assume(t, a, j->to,
				    term_op(t, OP_GE, o->x,
					    term_const(t, o->low), NULL), true);
		if (o->high != INT64_MAX)
			fact_assume(t, a, j->to,
				    term_op(t, OP_LE, o->x,
					    term_const(t, o->high), NULL),
				    true);
	}
}

static void join_registers(struct joining *j)
{
	struct world *w = j->to;
	unsigned int i;

	for (i = 0; i < w->nregs; i++) {
		const struct term *a = w->reg[i], *b = j->from->reg[i];

		if (a == b)
			continue;
		w->reg[i] = !a || !b ? NULL :
			    either(j, -1 - 3 * (int64_t)i, a, b);
	}
}

/* A place that only one has written to may hold what it held before. */
static const struct term *other_value(const struct joining *j,
				      const struct world *w,
				      const struct cell *mine,
				      unsigned int hint)
{
	const struct cell *cell = world_cell(w, mine, hint);

	if (cell)
		return cell->value;
	return mine->region ? term_unknown(j->c->t) :
	       world_load(j->c->t, w, mine->addr);
}

static const struct term *either_cell(struct joining *j,
				      const struct cell *cell,
				      const struct term *x,
				      const struct term *y)
{
	return either(j, -2 - 3 * (int64_t)cell->addr->id - cell->region, x, y);
}

static void join_cells(struct joining *j)
{
	struct world *w = j->to;
	unsigned int i, n = w->ncells;

	for (i = 0; i < n; i++) {
		struct cell *cell = &w->cell[i];
		const struct term *x = other_value(j, j->from, cell, i);

		if (x != cell->value)
			cell->value = either_cell(j, cell, cell->value, x);
	}
	for (i = 0; i < j->from->ncells; i++) {
		const struct cell *cell = &j->from->cell[i];
		struct cell one = *cell;

		if (world_cell(w, cell, i))
			continue;
		one.value = either_cell(j, cell, other_value(j, w, cell, i),
					cell->value);
		world_add_cell(j->c->fr->keep, w, one);
	}
}

static struct owned *owned_of(const struct world *w, const struct owned *like)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].m == like->m)
			return &w->owned[i];
	return NULL;
}

/* What one of the two did, or has, was perhaps done. */
static void doubt(struct joining *j, struct owned *o)
{
	o->maybe_released = true;
	if (!is_foreign(o))
		o->uncertain = j->guess = true;
}

static bool same_holders(const struct owned *a, const struct owned *b)
{
	unsigned int i;

	if (a->nholders != b->nholders)
		return false;
	for (i = 0; i < a->nholders; i++)
		if (a->holder[i] != b->holder[i])
			return false;
	return true;
}

static void join_one(struct joining *j, struct owned *to,
		     const struct owned *from)
{
	leftover_join(to->left, from->left, false);
	to->escaped |= from->escaped || !same_holders(to, from);
	to->uncertain |= from->uncertain;
	to->started |= from->started;
	to->waited &= from->waited;
	to->maybe_released |= from->maybe_released;
	if (from->state != to->state)
		doubt(j, to);
}

static void join_owned(struct joining *j)
{
	struct world *w = j->to;
	unsigned int i, n = w->nowned;

	for (i = 0; i < n; i++) {
		const struct owned *o = owned_of(j->from, &w->owned[i]);

		if (o)
			join_one(j, &w->owned[i], o);
		else
			doubt(j, &w->owned[i]);
	}
	for (i = 0; i < j->from->nowned; i++) {
		const struct owned *o = &j->from->owned[i];
		struct owned *mine;

		if (owned_of(w, o))
			continue;
		mine = world_own(j->c->fr->keep, w, o->m, o->state);
		*mine = *o;
		doubt(j, mine);
	}
}

static bool has_term(const struct term *const *set, unsigned int n,
		     const struct term *x)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (set[i] == x)
			return true;
	return false;
}

/*
 * Memory of this function, or a packet, that one of the two has freed is
 * neither freed nor lost for sure; of other objects, that they are gone is the
 * safer guess.
 */
static void join_freed(struct joining *j)
{
	struct world *w = j->to;
	struct arena *a = j->c->fr->keep;
	unsigned int i, n = 0;

	for (i = 0; i < w->nfreed; i++) {
		const struct term *x = w->freed[i];

		if (!is_spendable(j->c, x) ||
		    has_term(j->from->freed, j->from->nfreed, x))
			w->freed[n++] = x;
		else
			world_keep(a, w, x);
	}
	w->nfreed = n;
	for (i = 0; i < j->from->nfreed; i++) {
		const struct term *x = j->from->freed[i];

		if (!is_spendable(j->c, x))
			world_free(a, w, x);
		else if (!has_term(w->freed, w->nfreed, x))
			world_keep(a, w, x);
	}
}

static void join_known(struct joining *j)
{
	unsigned int i;

	for (i = 0; i < j->from->nescaped; i++)
		world_escape(j->c->fr->keep, j->to, j->from->escaped[i]);
	for (i = 0; i < j->from->nkept; i++)
		world_keep(j->c->fr->keep, j->to, j->from->kept[i]);
	join_freed(j);
}

/* Nothing tells the two apart: what is said of mappings is a guess. */
static void guess(struct joining *j)
{
	unsigned int i;

	j->guess = true;
	for (i = 0; i < j->to->nowned; i++)
		j->to->owned[i].uncertain = true;
}

bool world_join(struct checker *c, struct world *to, const struct world *from,
		unsigned int block, enum join how)
{
	struct joining j = { .c = c, .to = to, .from = from };

	j.when = block * 4096 + iteration(c->fr, to, block) % 4096;
	j.made = arena_alloc(c->fr->scratch,
			     (to->nregs + to->ncells + from->ncells + 1) *
			     sizeof(*j.made));
	join_registers(&j);
	join_cells(&j);
	join_facts(to, from);
	learn_made(&j);
	join_owned(&j);
	join_known(&j);
	to->failed &= from->failed;
	to->left |= from->left;
	if (how == JOIN_ALL)
		guess(&j);
	return !j.guess;
}
