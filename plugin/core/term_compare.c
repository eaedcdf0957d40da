// SPDX-License-Identifier: GPL-2.0-or-later
/* Comparisons, brought into one canonical form. */
#include <string.h>
#include "term_priv.h"

bool term_is_comparison(enum term_op op)
{
	return op >= OP_EQ && op <= OP_GEU;
}

bool term_is_bool(const struct term *x)
{
	if (term_is_const(x))
		return x->value == 0 || x->value == 1;
	if (x->kind != TERM_OP)
		return false;
	if (x->op == OP_AND || x->op == OP_OR || x->op == OP_XOR)
		return term_is_bool(x->arg[0]) && term_is_bool(x->arg[1]);
	return term_is_comparison(x->op);
}

static int order_names(const char *a, const char *b)
{
	if (a == b)
		return 0;
	if (!a || !b)
		return a ? 1 : -1;
	return strcmp(a, b);
}

/* Equal parts are one pointer, which keeps the walk to one branch. */
int term_order(const struct term *a, const struct term *b)
{
	unsigned int i;
	int d;

	if (a == b)
		return 0;
	if (term_is_const(a) != term_is_const(b))
		return term_is_const(a) ? 1 : -1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->op != b->op)
		return a->op < b->op ? -1 : 1;
	if (a->nargs != b->nargs)
		return a->nargs < b->nargs ? -1 : 1;
	for (i = 0; i < a->nargs; i++)
		if ((d = term_order(a->arg[i], b->arg[i])))
			return d;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->extra != b->extra)
		return a->extra < b->extra ? -1 : 1;
	d = order_names(a->name, b->name);
	return d ? d : order_names(a->type, b->type);
}

static enum term_op swapped(enum term_op op)
{
	switch (op) {
	case OP_LT:	return OP_GT;
	case OP_LE:	return OP_GE;
	case OP_GT:	return OP_LT;
	case OP_GE:	return OP_LE;
	case OP_LTU:	return OP_GTU;
	case OP_LEU:	return OP_GEU;
	case OP_GTU:	return OP_LTU;
	case OP_GEU:	return OP_LEU;
	default:	return op;
	}
}

static enum term_op inverted(enum term_op op)
{
	switch (op) {
	case OP_EQ:	return OP_NE;
	case OP_NE:	return OP_EQ;
	case OP_LT:	return OP_GE;
	case OP_LE:	return OP_GT;
	case OP_GT:	return OP_LE;
	case OP_GE:	return OP_LT;
	case OP_LTU:	return OP_GEU;
	case OP_LEU:	return OP_GTU;
	case OP_GTU:	return OP_LEU;
	case OP_GEU:	return OP_LTU;
	default:	return OP_NONE;
	}
}

static bool holds(enum term_op op, int64_t a, int64_t b)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case OP_EQ:	return a == b;
	case OP_NE:	return a != b;
	case OP_LT:	return a < b;
	case OP_LE:	return a <= b;
	case OP_GT:	return a > b;
	case OP_GE:	return a >= b;
	case OP_LTU:	return ua < ub;
	case OP_LEU:	return ua <= ub;
	case OP_GTU:	return ua > ub;
	default:	return ua >= ub;
	}
}

const struct term *term_base(const struct term *x, int64_t *offset,
			     bool *known)
{
	int64_t at;

	for (;; x = x->arg[0]) {
		at = 0;
		if (x->kind == TERM_FIELD) {
			*offset = wrap_add(*offset, x->value);
		} else if (x->kind == TERM_ELEM) {
			if (term_is_const(x->arg[1]) && x->value)
				at = wrap_multiply(x->arg[1]->value, x->value);
			else
				*known = false;
			*offset = wrap_add(*offset, at);
		} else if (term_has_const(x, OP_ADD)) {
			*offset = wrap_add(*offset, x->arg[1]->value);
		} else {
			return x;
		}
	}
}

/* An object whose address is its own. */
static bool is_object(const struct term *x)
{
	return x->kind == TERM_LOCAL || x->kind == TERM_GLOBAL;
}

/* An address that is never NULL: of an object, or of a member behind the
 * start of one. */
static bool never_null(const struct term *x)
{
	for (; x->kind == TERM_FIELD || x->kind == TERM_ELEM; x = x->arg[0])
		if (x->kind == TERM_FIELD && x->value > 0)
			return true;
	return is_object(x) || x->kind == TERM_STRING;
}

/* == and != of two values, neither of them constant; NULL: no idea. */
static const struct term *compare_addresses(struct term_table *t,
					    enum term_op op,
					    const struct term *a,
					    const struct term *b)
{
	int64_t at_a = 0, at_b = 0;
	bool known = true;
	const struct term *base_a, *base_b;

	if (a->kind == TERM_ELEM && b->kind == TERM_ELEM && a->value &&
	    a->value == b->value && term_same(a->arg[0], b->arg[0]))
		return term_simplify(t, op, a->arg[1], b->arg[1]);
	base_a = term_base(a, &at_a, &known);
	base_b = term_base(b, &at_b, &known);
	if (term_same(base_a, base_b) && known)
		return term_const(t, holds(op, at_a, at_b));
	if (base_a != base_b && is_object(base_a) && is_object(base_b))
		return term_const(t, op == OP_NE);
	return NULL;
}

const struct term *term_invert(struct term_table *t, const struct term *x)
{
	if (x->kind == TERM_OP && term_is_comparison(x->op))
		return term_simplify(t, inverted(x->op), x->arg[0], x->arg[1]);
	return term_op2(t, OP_EQ, x, term_const(t, 0));
}

/* == or != with a constant. */
static const struct term *equals_const(struct term_table *t, enum term_op op,
				       const struct term *a, int64_t c)
{
	if (term_has_const(a, OP_ADD))
		return term_with_const(t, op, a->arg[0],
				       wrap_sub(c, a->arg[1]->value));
	if (term_is_op(a, OP_NEG))
		return term_with_const(t, op, a->arg[0], wrap_negate(c));
	if (term_is_op(a, OP_SUB) && term_is_const(a->arg[0]))
		return term_with_const(t, op, a->arg[1],
				       wrap_sub(a->arg[0]->value, c));
	if (c)
		return term_op2(t, op, a, term_const(t, c));
	if (term_is_op(a, OP_SUB))
		return term_simplify(t, op, a->arg[0], a->arg[1]);
	if (never_null(a))
		return term_const(t, op == OP_NE);
	/* The first member is NULL exactly if the object is. */
	if (a->kind == TERM_FIELD && !a->value)
		return term_with_const(t, op, a->arg[0], 0);
	return term_op2(t, op, a, term_const(t, 0));
}

/* A comparison with constant @c on the right; each has one spelling, by
 * "<", ">", "==" and "!=" alone. */
static const struct term *compare_const(struct term_table *t, enum term_op op,
					const struct term *a, int64_t c)
{
	bool if_0, if_1;

	if ((op == OP_LE && c == INT64_MAX) ||
	    (op == OP_GE && c == INT64_MIN) ||
	    (op == OP_LEU && c == -1) || (op == OP_GEU && c == 0))
		return term_const(t, 1);
	if ((op == OP_LT && c == INT64_MIN) ||
	    (op == OP_GT && c == INT64_MAX) ||
	    (op == OP_LTU && c == 0) || (op == OP_GTU && c == -1))
		return term_const(t, 0);
	if (op == OP_LE || op == OP_LEU) {
		op = op == OP_LE ? OP_LT : OP_LTU;
		c = wrap_add(c, 1);
	} else if (op == OP_GE || op == OP_GEU) {
		op = op == OP_GE ? OP_GT : OP_GTU;
		c = wrap_add(c, -1);
	}
	if (op == OP_GTU && c == 0)
		op = OP_NE;
	if (op == OP_LTU && c == 1) {
		op = OP_EQ;
		c = 0;
	}
	if (term_is_bool(a)) {
		if_0 = holds(op, 0, c);
		if_1 = holds(op, 1, c);
		if (if_0 == if_1)
			return term_const(t, if_0);
		return if_1 ? a : term_invert(t, a);
	}
	if (op == OP_EQ || op == OP_NE)
		return equals_const(t, op, a, c);
	return term_op2(t, op, a, term_const(t, c));
}

const struct term *term_compare(struct term_table *t, enum term_op op,
				const struct term *a, const struct term *b)
{
	const struct term *x = NULL;

	if (term_is_const(a) && term_is_const(b))
		return term_const(t, holds(op, a->value, b->value));
	if (term_order(a, b) > 0) {
		x = a;
		a = b;
		b = x;
		op = swapped(op);
	}
	if (term_same(a, b))
		return term_const(t, holds(op, 0, 0));
	if (term_is_const(b))
		return compare_const(t, op, a, b->value);
	x = NULL;
	if (op == OP_EQ || op == OP_NE)
		x = compare_addresses(t, op, a, b);
	return x ? x : term_op2(t, op, a, b);
}
