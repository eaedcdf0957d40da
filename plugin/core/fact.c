/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fact_priv.h"
#include "place.h"

/* The smallest page of any architecture. */
#define PAGE 4096

const struct fact *fact_find(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++)
		if (w->fact[i].x == x)
			return &w->fact[i];
	return NULL;
}

bool fact_is_bool(const struct term *x)
{
	if (x->kind != TERM_OP)
		return false;
	if (x->op >= OP_EQ && x->op <= OP_GEU)
		return true;
	if (x->op == OP_AND || x->op == OP_OR)
		return fact_is_bool(x->arg[0]) && fact_is_bool(x->arg[1]);
	return x->op == OP_LNOT;
}

/* "return PTR_ERR(p)": what fits is not changed by being made an int. */
static void truncated_range(const struct world *w, const struct term *x,
			    int64_t *low, int64_t *high)
{
	int64_t l, h;

	fact_range(w, x->arg[0], &l, &h);
	if (x->arg[1]->kind != TERM_CONST || x->arg[1]->value < 32 ||
	    l < INT32_MIN || h > INT32_MAX)
		return;
	*low = l;
	*high = h;
}

void fact_range(const struct world *w, const struct term *x, int64_t *low,
		int64_t *high)
{
	const struct fact *f = fact_find(w, x);

	*low = INT64_MIN;
	*high = INT64_MAX;
	if (f) {
		*low = f->low;
		*high = f->high;
	} else if (x->kind == TERM_CONST) {
		*low = *high = x->value;
	} else if (fact_is_bool(x)) {
		*low = 0;
		*high = 1;
	} else if (x->kind == TERM_OP && x->op == OP_AND &&
		   x->arg[1]->kind == TERM_CONST && x->arg[1]->value >= 0) {
		f = fact_find(w, term_strip(x->arg[0]));
		*low = 0;
		*high = f && f->aligned && x->arg[1]->value < PAGE ? 0 :
			x->arg[1]->value;
	} else if (x->kind == TERM_OP && x->op == OP_TRUNC) {
		truncated_range(w, x, low, high);
	} else if (x->kind == TERM_OP && x->op == OP_SHL &&
		   x->arg[0]->kind == TERM_CONST && x->arg[0]->value > 0) {
		*low = 1;
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

/*
 * What was written through, or keeps a mapping, is the address of something;
 * but for what an acquire returned that nobody has tested.
 */
static bool is_followed(const struct world *w, const struct term *x)
{
	unsigned int i, h;

	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].state == STATE_UNCHECKED &&
		    w->owned[i].m->role[ROLE_CPU] == x)
			return false;
	for (i = 0; i < w->nowned; i++)
		for (h = 0; h < w->owned[i].nholders; h++)
			if (place_object(w->owned[i].holder[h]) == x)
				return true;
	for (i = 0; i < w->ncells; i++)
		if (w->cell[i].root == x->root &&
		    place_object(w->cell[i].addr) == x)
			return true;
	return false;
}

static bool is_address(const struct world *w, const struct term *x)
{
	switch (x->kind) {
	case TERM_LOCAL:
	case TERM_GLOBAL:
	case TERM_STRING:
		return true;
	case TERM_FIELD:
		return x->value > 0 || is_address(w, x->arg[0]);
	case TERM_ELEM:
		return fact_not_zero(w, x->arg[0]);
	case TERM_FRESH:
	case TERM_LOAD:
	case TERM_CALL:
		return is_followed(w, x);
	default:
		return false;
	}
}

bool fact_not_zero(const struct world *w, const struct term *x)
{
	const struct fact *f = fact_find(w, x);
	int64_t low, high;

	if (f && f->not_zero)
		return true;
	fact_range(w, x, &low, &high);
	return low > 0 || high < 0 || is_address(w, x);
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

enum term_op fact_signed(enum term_op op)
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

bool fact_is_err(const struct term *x, bool *is_err)
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
	const struct fact *f = fact_find(w, x->arg[0]);
	int64_t low, high;

	if (f && f->not_err)
		return !is_err;
	fact_range(w, x->arg[0], &low, &high);
	if (low >= -MAX_ERRNO && high < 0)
		return is_err;
	if (low >= 0 || high < -MAX_ERRNO)
		return !is_err;
	return is_address(w, x->arg[0]) ? !is_err : -1;
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

	if (fact_is_err(x, &is_err))
		return err_truth(w, x, is_err);
	fact_range(w, x->arg[0], &low, &high);
	if (c->kind != TERM_CONST) {
		fact_range(w, c, &l2, &h2);
		if (l2 != h2) {
			if (fact_signed(x->op) != x->op && (low < 0 || l2 < 0))
				return -1;
			if (fact_signed(x->op) == OP_LT)
				return high < l2 ? 1 : low >= h2 ? 0 : -1;
			if (fact_signed(x->op) == OP_GE)
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
	if (fact_signed(x->op) != x->op && (low < 0 || l2 < 0))
		return -1;
	return compare(fact_signed(x->op), low, high, l2);
}

const struct term *fact_canonical(struct term_table *t, const struct term *x,
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

int fact_known(struct term_table *t, const struct world *w,
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
	if (fact_is_bool(x) && (x->op == OP_AND || x->op == OP_OR)) {
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
	truth = fact_known(t, w, fact_canonical(t, x, &negated));
	return truth < 0 || !negated ? truth : !truth;
}
