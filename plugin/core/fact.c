/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "place.h"
#include "world.h"

/* The kernel's ERR_PTR range, include/linux/err.h. */
#define MAX_ERRNO 4095
/* The smallest page of any architecture. */
#define PAGE 4096

static const struct fact *find_fact(const struct world *w,
				    const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++)
		if (w->fact[i].x == x)
			return &w->fact[i];
	return NULL;
}

static bool is_boolean(const struct term *x)
{
	if (x->kind != TERM_OP)
		return false;
	if (x->op >= OP_EQ && x->op <= OP_GEU)
		return true;
	if (x->op == OP_AND || x->op == OP_OR)
		return is_boolean(x->arg[0]) && is_boolean(x->arg[1]);
	return x->op == OP_LNOT;
}

static bool is_object(const struct term *x)
{
	return x->kind == TERM_LOCAL || x->kind == TERM_GLOBAL ||
	       x->kind == TERM_STRING;
}

void fact_range(const struct world *w, const struct term *x, int64_t *low,
		int64_t *high)
{
	const struct fact *f = find_fact(w, x);

	*low = INT64_MIN;
	*high = INT64_MAX;
	if (f) {
		*low = f->low;
		*high = f->high;
	} else if (x->kind == TERM_CONST) {
		*low = *high = x->value;
	} else if (is_boolean(x)) {
		*low = 0;
		*high = 1;
	} else if (x->kind == TERM_OP && x->op == OP_AND &&
		   x->arg[1]->kind == TERM_CONST && x->arg[1]->value >= 0) {
		f = find_fact(w, term_strip(x->arg[0]));
		*low = 0;
		*high = f && f->aligned && x->arg[1]->value < PAGE ? 0 :
			x->arg[1]->value;
	} else if (x->kind == TERM_OP && x->op == OP_ADD &&
		   x->arg[1]->kind == TERM_CONST) {
		int64_t l, h;

		fact_range(w, x->arg[0], &l, &h);
		if (l == INT64_MIN ||
		    __builtin_add_overflow(l, x->arg[1]->value, low))
			*low = INT64_MIN;
		if (h == INT64_MAX ||
		    __builtin_add_overflow(h, x->arg[1]->value, high))
			*high = INT64_MAX;
	}
}

bool fact_not_zero(const struct world *w, const struct term *x)
{
	const struct fact *f = find_fact(w, x);
	int64_t low, high;

	if (is_object(x) || (f && f->not_zero))
		return true;
	if (x->kind == TERM_FIELD && x->value > 0)
		return true;
	fact_range(w, x, &low, &high);
	return low > 0 || high < 0;
}

/* Compares as signed unless both bounds are known to be on one side. */
static int compare(enum term_op op, int64_t low, int64_t high, int64_t c)
{
	switch (op) {
	case OP_EQ:
		return low == c && high == c ? 1 : c < low || c > high ? 0 : -1;
	case OP_NE:
		return low == c && high == c ? 0 : c < low || c > high ? 1 : -1;
	case OP_LT:
		return high < c ? 1 : low >= c ? 0 : -1;
	case OP_LE:
		return high <= c ? 1 : low > c ? 0 : -1;
	case OP_GT:
		return low > c ? 1 : high <= c ? 0 : -1;
	case OP_GE:
		return low >= c ? 1 : high < c ? 0 : -1;
	default:
		return -1;
	}
}

static enum term_op as_signed(enum term_op op)
{
	switch (op) {
	case OP_LTU:
		return OP_LT;
	case OP_LEU:
		return OP_LE;
	case OP_GTU:
		return OP_GT;
	case OP_GEU:
		return OP_GE;
	default:
		return op;
	}
}

/* Is it IS_ERR() of something? Then *@is_err says which truth means so. */
static bool is_err_test(const struct term *x, bool *is_err)
{
	int64_t c;

	if (x->kind != TERM_OP || x->nargs < 2 ||
	    x->arg[1]->kind != TERM_CONST)
		return false;
	c = x->arg[1]->value;
	if ((x->op == OP_GTU && c == -MAX_ERRNO - 1) ||
	    (x->op == OP_GEU && c == -MAX_ERRNO)) {
		*is_err = true;
		return true;
	}
	if ((x->op == OP_LEU && c == -MAX_ERRNO - 1) ||
	    (x->op == OP_LTU && c == -MAX_ERRNO)) {
		*is_err = false;
		return true;
	}
	return false;
}

static int err_truth(const struct world *w, const struct term *x, bool is_err)
{
	const struct fact *f = find_fact(w, x->arg[0]);
	int64_t low, high;

	if (is_object(x->arg[0]) || (f && f->not_err))
		return !is_err;
	fact_range(w, x->arg[0], &low, &high);
	if (low >= -MAX_ERRNO && high < 0)
		return is_err;
	if (low >= 0 || high < -MAX_ERRNO)
		return !is_err;
	return -1;
}

/* Is it known that arg[0] is not the constant arg[1]? */
static bool has_hole(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++) {
		const struct term *y = w->fact[i].x;

		if (y->kind == TERM_OP && y->op == OP_EQ &&
		    y->arg[0] == x->arg[0] && y->arg[1] == x->arg[1])
			return !w->fact[i].high;
	}
	return false;
}

static int compare_truth(const struct world *w, const struct term *x)
{
	const struct term *c = x->arg[1];
	int64_t low, high, l2, h2;
	bool is_err;

	if (is_err_test(x, &is_err))
		return err_truth(w, x, is_err);
	fact_range(w, x->arg[0], &low, &high);
	if (c->kind != TERM_CONST) {
		fact_range(w, c, &l2, &h2);
		if (l2 != h2) {
			if (as_signed(x->op) != x->op && (low < 0 || l2 < 0))
				return -1;
			if (as_signed(x->op) == OP_LT)
				return high < l2 ? 1 : low >= h2 ? 0 : -1;
			if (as_signed(x->op) == OP_GE)
				return high < l2 ? 0 : low >= h2 ? 1 : -1;
			return -1;
		}
	} else {
		l2 = c->value;
	}
	if (l2 == 0 && (x->op == OP_EQ || x->op == OP_NE) &&
	    fact_not_zero(w, x->arg[0]))
		return x->op == OP_NE;
	if (x->op == OP_NE && has_hole(w, x))
		return 1;
	if (as_signed(x->op) != x->op && (low < 0 || l2 < 0))
		return -1;
	return compare(as_signed(x->op), low, high, l2);
}

/*
 * One spelling for each comparison of two terms, so that a fact learnt from
 * "i < n" answers "n <= i": only <, <u and == remain.
 */
static const struct term *canonical(struct term_table *t, const struct term *x,
				    bool *negated)
{
	*negated = false;
	if (x->kind != TERM_OP || x->nargs < 2 || x->op < OP_EQ ||
	    x->op > OP_GEU || x->arg[1]->kind == TERM_CONST)
		return x;
	*negated = x->op == OP_NE || x->op == OP_GE || x->op == OP_GEU ||
		   x->op == OP_LE || x->op == OP_LEU;
	switch (x->op) {
	case OP_NE:
		return term_op(t, OP_EQ, x->arg[0], x->arg[1], NULL);
	case OP_GE:
		return term_op(t, OP_LT, x->arg[0], x->arg[1], NULL);
	case OP_GEU:
		return term_op(t, OP_LTU, x->arg[0], x->arg[1], NULL);
	case OP_GT:
	case OP_LE:
		return term_op(t, OP_LT, x->arg[1], x->arg[0], NULL);
	case OP_GTU:
	case OP_LEU:
		return term_op(t, OP_LTU, x->arg[1], x->arg[0], NULL);
	default:
		return x;
	}
}

static int term_truth(struct term_table *t, const struct world *w,
		      const struct term *x)
{
	int64_t low, high;
	int a, b;

	if (x->kind == TERM_OP && x->op >= OP_EQ && x->op <= OP_GEU) {
		a = compare_truth(w, x);
		if (a >= 0)
			return a;
	}
	if (x->kind == TERM_OP && x->op == OP_LNOT) {
		a = fact_truth(t, w, x->arg[0]);
		return a < 0 ? a : !a;
	}
	if (is_boolean(x) && (x->op == OP_AND || x->op == OP_OR)) {
		a = fact_truth(t, w, x->arg[0]);
		b = fact_truth(t, w, x->arg[1]);
		if (x->op == OP_AND)
			return !a || !b ? 0 : a > 0 && b > 0 ? 1 : -1;
		return a > 0 || b > 0 ? 1 : !a && !b ? 0 : -1;
	}
	if (fact_not_zero(w, x))
		return 1;
	fact_range(w, x, &low, &high);
	return low == 0 && high == 0 ? 0 : -1;
}

int fact_truth(struct term_table *t, const struct world *w,
	       const struct term *x)
{
	bool negated;
	int truth;

	if (x->vague)
		return -1;
	truth = term_truth(t, w, canonical(t, x, &negated));
	return truth < 0 || !negated ? truth : !truth;
}

static struct fact *make_fact(struct arena *a, struct world *w,
			      const struct term *x)
{
	struct fact *f = (struct fact *)find_fact(w, x), *bigger;
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
	enum term_op op = as_signed(x->op);
	int64_t c = x->arg[1]->value, low, high;
	bool is_err;

	if (is_err_test(x, &is_err))
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
	int known = term_truth(t, w, x);

	if (known >= 0)
		return known == truth;
	if (x->kind == TERM_OP && x->op == OP_LNOT)
		return fact_assume(t, a, w, x->arg[0], !truth);
	if (is_boolean(x) && ((x->op == OP_AND && truth) ||
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

bool fact_assume(struct term_table *t, struct arena *a, struct world *w,
		 const struct term *x, bool truth)
{
	bool negated;
	const struct term *c;

	/* Two terms with "?" in them need not be one value. */
	if (x->vague)
		return true;
	c = canonical(t, x, &negated);
	return assume(t, a, w, c, truth != negated);
}
