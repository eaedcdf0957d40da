/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Learning: what a condition that holds, or does not, says of the values in
 * it.
 */
#include <string.h>
#include "fact_priv.h"

static struct fact *make_fact(struct arena *a, struct world *w,
			      const struct term *x)
{
	struct fact *f = (struct fact *)fact_find(w, x), *bigger;
	int64_t low, high;

	if (f) {
		f->keep |= w->deciding;
		return f;
	}
	if (w->nfacts == w->facts_cap) {
		w->facts_cap = w->nfacts ? w->nfacts * 2 : 16;
		bigger = arena_alloc(a, w->facts_cap * sizeof(*f));
		if (w->nfacts)
			memcpy(bigger, w->fact, w->nfacts * sizeof(*f));
		w->fact = bigger;
	}
	fact_range(w, x, &low, &high);
	f = &w->fact[w->nfacts++];
	*f = (struct fact){ .x = x, .low = low, .high = high,
			    .keep = w->deciding };
	return f;
}

void fact_align(struct arena *a, struct world *w, const struct term *x)
{
	if (x->kind != TERM_CONST && !x->vague)
		make_fact(a, w, x)->aligned = true;
}

void fact_no_err(struct arena *a, struct world *w, const struct term *x)
{
	if (x->kind != TERM_CONST && !x->vague)
		make_fact(a, w, x)->not_err = true;
}

static bool narrow(struct arena *a, struct world *w, const struct term *x,
		   int64_t low, int64_t high)
{
	struct fact *f;

	if (x->kind == TERM_CONST)
		return x->value >= low && x->value <= high;
	if (x->kind == TERM_OP && x->op == OP_ADD &&
	    x->arg[1]->kind == TERM_CONST) {
		int64_t c = x->arg[1]->value;

		if (low != INT64_MIN && __builtin_sub_overflow(low, c, &low))
			return true;
		if (high != INT64_MAX && __builtin_sub_overflow(high, c, &high))
			return true;
		return narrow(a, w, x->arg[0], low, high);
	}
	f = make_fact(a, w, x);
	if (low > f->low)
		f->low = low;
	if (high < f->high)
		f->high = high;
	if (f->not_zero && f->low == 0)
		f->low = 1;
	if (f->not_zero && f->high == 0)
		f->high = -1;
	return f->low <= f->high;
}

static bool exclude(struct arena *a, struct world *w, const struct term *x,
		    int64_t c)
{
	struct fact *f;

	if (x->kind == TERM_CONST)
		return x->value != c;
	f = make_fact(a, w, x);
	if (c == 0)
		f->not_zero = true;
	if (f->low == c && c != INT64_MAX)
		f->low++;
	if (f->high == c && c != INT64_MIN)
		f->high--;
	return f->low <= f->high;
}

static bool assume_err(struct arena *a, struct world *w, const struct term *x,
		       bool is_err)
{
	struct fact *f;

	if (is_err)
		return narrow(a, w, x, -MAX_ERRNO, -1);
	if (x->kind == TERM_CONST)
		return true;
	f = make_fact(a, w, x);
	f->not_err = true;
	/* Who says by an error number that it failed does not return NULL. */
	if (x->kind == TERM_FRESH)
		return exclude(a, w, x, 0);
	return f->low < -MAX_ERRNO || f->high >= 0;
}

static enum term_op negated(enum term_op op)
{
	switch (op) {
	case OP_EQ:
		return OP_NE;
	case OP_NE:
		return OP_EQ;
	case OP_LT:
		return OP_GE;
	case OP_GE:
		return OP_LT;
	case OP_LE:
		return OP_GT;
	default:
		return OP_LE;
	}
}

/* Learns from a comparison with a constant. */
static bool assume_compare(struct term_table *t, struct arena *a,
			   struct world *w, const struct term *x, bool truth)
{
	enum term_op op = fact_signed(x->op);
	int64_t c = x->arg[1]->value, low, high;
	bool is_err;

	if (fact_is_err(x, &is_err))
		return assume_err(a, w, x->arg[0], is_err == truth);
	if (op != x->op) {
		fact_range(w, x->arg[0], &low, &high);
		if (c < 0)
			return narrow(a, w, x, truth, truth);
		if (high < 0)
			return truth == (op == OP_GT || op == OP_GE);
		/* Unsigned numbers have 32 bits nearly everywhere: in 64 they
		 * are not negative. */
		if (!narrow(a, w, x->arg[0], 0, INT64_MAX))
			return false;
	}
	if (!truth)
		op = negated(op);
	switch (op) {
	case OP_EQ:
		return narrow(a, w, x->arg[0], c, c);
	case OP_NE:
		/* A hole in a range is a fact of its own. */
		if (c && !narrow(a, w, term_op(t, OP_EQ, x->arg[0], x->arg[1],
					       NULL), 0, 0))
			return false;
		return exclude(a, w, x->arg[0], c);
	case OP_LT:
		return c != INT64_MIN &&
		       narrow(a, w, x->arg[0], INT64_MIN, c - 1);
	case OP_LE:
		return narrow(a, w, x->arg[0], INT64_MIN, c);
	case OP_GT:
		return c != INT64_MAX &&
		       narrow(a, w, x->arg[0], c + 1, INT64_MAX);
	default:
		return narrow(a, w, x->arg[0], c, INT64_MAX);
	}
}

/* What "a < b" or "a == b" says of the bounds of both. */
static bool spread(struct arena *a, struct world *w, const struct term *x,
		   bool truth)
{
	const struct term *l = x->arg[0], *r = x->arg[1];
	int64_t ll, lh, rl, rh;

	fact_range(w, l, &ll, &lh);
	fact_range(w, r, &rl, &rh);
	if (x->op == OP_EQ)
		return !truth || (narrow(a, w, l, rl, rh) &&
				  narrow(a, w, r, ll, lh));
	if (x->op == OP_LTU && (ll < 0 || rl < 0)) {
		if (truth && ll >= 0 && ll < INT64_MAX)
			return narrow(a, w, r, ll + 1, INT64_MAX);
		return true;
	}
	if (!truth)
		return narrow(a, w, l, rl, INT64_MAX) &&
		       narrow(a, w, r, INT64_MIN, lh);
	if (ll != INT64_MIN && !narrow(a, w, r, ll + 1, INT64_MAX))
		return false;
	return rh == INT64_MAX || narrow(a, w, l, INT64_MIN, rh - 1);
}

static bool assume_symbolic(struct arena *a, struct world *w,
			    const struct term *x, bool truth)
{
	if (!spread(a, w, x, truth))
		return false;
	return truth ? narrow(a, w, x, 1, 1) : narrow(a, w, x, 0, 0);
}

static bool assume(struct term_table *t, struct arena *a, struct world *w,
		   const struct term *x, bool truth)
{
	int known = fact_known(t, w, x);

	if (known >= 0)
		return known == truth;
	if (x->kind == TERM_OP && x->op == OP_LNOT)
		return fact_assume(t, a, w, x->arg[0], !truth);
	if (fact_is_bool(x) && ((x->op == OP_AND && truth) ||
			      (x->op == OP_OR && !truth)))
		return fact_assume(t, a, w, x->arg[0], truth) &&
		       fact_assume(t, a, w, x->arg[1], truth);
	if (x->kind == TERM_OP && x->op >= OP_EQ && x->op <= OP_GEU &&
	    x->arg[1]->kind == TERM_CONST)
		return assume_compare(t, a, w, x, truth);
	if (x->kind == TERM_OP && x->op >= OP_EQ && x->op <= OP_GEU)
		return assume_symbolic(a, w, x, truth);
	return truth ? exclude(a, w, x, 0) : narrow(a, w, x, 0, 0);
}

void fact_keep(struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++)
		if (!w->fact[i].keep && term_contains(x, w->fact[i].x))
			w->fact[i].keep = true;
}

bool fact_assume(struct term_table *t, struct arena *a, struct world *w,
		 const struct term *x, bool truth)
{
	bool negated;
	const struct term *c;

	/* Two terms with "?" in them need not be one value. */
	if (x->vague)
		return true;
	c = fact_canonical(t, x, &negated);
	return assume(t, a, w, c, truth != negated);
}
