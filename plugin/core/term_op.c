// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Operators, brought into one canonical form: whatever comes out of
 * term_op() comes out again, unchanged, if its parts are put in again. The
 * text form relies on that.
 */
#include <string.h>
#include "term_priv.h"

typedef const struct term *term;

static term simplify(struct term_table *t, enum term_op op, term a, term b);

static term raw2(struct term_table *t, enum term_op op, term a, term b)
{
	const struct term *const arg[] = { a, b };

	return term_op_raw(t, op, 2, arg);
}

static bool is_const(term x)
{
	return x->kind == TERM_CONST;
}

/* Is @x "(@op something constant)"? */
static bool has_const(term x, enum term_op op)
{
	return x->kind == TERM_OP && x->op == op && is_const(x->arg[1]);
}

static bool is_value(term x, int64_t value)
{
	return is_const(x) && x->value == value;
}

/* Equal as values, not only in form. */
static bool same(term a, term b)
{
	return a == b && !a->vague;
}

static bool is_comparison(enum term_op op)
{
	return op >= OP_EQ && op <= OP_GEU;
}

static int64_t add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static int64_t negate(int64_t a)
{
	return (int64_t)(0 - (uint64_t)a);
}

static int64_t multiply(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

bool term_is_bool(const struct term *x)
{
	if (is_const(x))
		return x->value == 0 || x->value == 1;
	if (x->kind != TERM_OP)
		return false;
	if (x->op == OP_AND || x->op == OP_OR || x->op == OP_XOR)
		return term_is_bool(x->arg[0]) && term_is_bool(x->arg[1]);
	return is_comparison(x->op);
}

static int order_names(const char *a, const char *b)
{
	if (a == b)
		return 0;
	if (!a || !b)
		return a ? 1 : -1;
	return strcmp(a, b);
}

/*
 * The order of operands: by form, never by address or id, so that it is the
 * same in every table. Constants come last. Equal parts are one pointer,
 * which keeps the walk to one branch.
 */
static int order(term a, term b)
{
	unsigned int i;
	int d;

	if (a == b)
		return 0;
	if (is_const(a) != is_const(b))
		return is_const(a) ? 1 : -1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->op != b->op)
		return a->op < b->op ? -1 : 1;
	if (a->nargs != b->nargs)
		return a->nargs < b->nargs ? -1 : 1;
	for (i = 0; i < a->nargs; i++)
		if ((d = order(a->arg[i], b->arg[i])))
			return d;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->extra != b->extra)
		return a->extra < b->extra ? -1 : 1;
	d = order_names(a->name, b->name);
	return d ? d : order_names(a->type, b->type);
}

/* Comparisons. */

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

/* The object or value that address @x is an offset into, and the offset;
 * @known turns false if an index is not constant. */
static term base_of(term x, int64_t *offset, bool *known)
{
	for (;;) {
		if (x->kind == TERM_FIELD) {
			*offset = add(*offset, x->value);
		} else if (x->kind == TERM_ELEM) {
			if (is_const(x->arg[1]) && x->value)
				*offset = add(*offset,
					      multiply(x->arg[1]->value,
						       x->value));
			else
				*known = false;
		} else if (has_const(x, OP_ADD)) {
			*offset = add(*offset, x->arg[1]->value);
		} else {
			return x;
		}
		x = x->arg[0];
	}
}

/* An object whose address is its own. */
static bool is_object(term x)
{
	return x->kind == TERM_LOCAL || x->kind == TERM_GLOBAL;
}

/* An address that is never NULL: of an object, or of a member behind the
 * start of one. */
static bool never_null(term x)
{
	for (; x->kind == TERM_FIELD || x->kind == TERM_ELEM; x = x->arg[0])
		if (x->kind == TERM_FIELD && x->value > 0)
			return true;
	return is_object(x) || x->kind == TERM_STRING;
}

/* == and != of two values, neither of them constant; NULL: no idea. */
static term compare_addresses(struct term_table *t, enum term_op op, term a,
			      term b)
{
	int64_t at_a = 0, at_b = 0;
	bool known = true;
	term base_a, base_b;

	if (a->kind == TERM_ELEM && b->kind == TERM_ELEM && a->value &&
	    a->value == b->value && same(a->arg[0], b->arg[0]))
		return simplify(t, op, a->arg[1], b->arg[1]);
	base_a = base_of(a, &at_a, &known);
	base_b = base_of(b, &at_b, &known);
	if (same(base_a, base_b) && known)
		return term_const(t, holds(op, at_a, at_b));
	if (base_a != base_b && is_object(base_a) && is_object(base_b))
		return term_const(t, op == OP_NE);
	return NULL;
}

/* !@x, @x being 0 or 1. */
static term invert(struct term_table *t, term x)
{
	if (x->kind == TERM_OP && is_comparison(x->op))
		return simplify(t, inverted(x->op), x->arg[0], x->arg[1]);
	return raw2(t, OP_EQ, x, term_const(t, 0));
}

/* == or != with a constant. */
static term equals_const(struct term_table *t, enum term_op op, term a,
			 int64_t c)
{
	if (has_const(a, OP_ADD))
		return simplify(t, op, a->arg[0],
				term_const(t, add(c, negate(a->arg[1]->value))));
	if (a->kind == TERM_OP && a->op == OP_NEG)
		return simplify(t, op, a->arg[0], term_const(t, negate(c)));
	if (a->kind == TERM_OP && a->op == OP_SUB && is_const(a->arg[0]))
		return simplify(t, op, a->arg[1],
				term_const(t, add(a->arg[0]->value, negate(c))));
	if (c)
		return raw2(t, op, a, term_const(t, c));
	if (a->kind == TERM_OP && a->op == OP_SUB)
		return simplify(t, op, a->arg[0], a->arg[1]);
	if (never_null(a))
		return term_const(t, op == OP_NE);
	/* The first member is NULL exactly if the object is. */
	if (a->kind == TERM_FIELD && !a->value)
		return simplify(t, op, a->arg[0], term_const(t, 0));
	return raw2(t, op, a, term_const(t, 0));
}

/* A comparison with constant @c on the right; each has one spelling, by
 * "<", ">", "==" and "!=" alone. */
static term compare_const(struct term_table *t, enum term_op op, term a,
			  int64_t c)
{
	bool if_0, if_1;

	if ((op == OP_LE && c == INT64_MAX) || (op == OP_GE && c == INT64_MIN) ||
	    (op == OP_LEU && c == -1) || (op == OP_GEU && c == 0))
		return term_const(t, 1);
	if ((op == OP_LT && c == INT64_MIN) || (op == OP_GT && c == INT64_MAX) ||
	    (op == OP_LTU && c == 0) || (op == OP_GTU && c == -1))
		return term_const(t, 0);
	if (op == OP_LE || op == OP_LEU) {
		op = op == OP_LE ? OP_LT : OP_LTU;
		c = add(c, 1);
	} else if (op == OP_GE || op == OP_GEU) {
		op = op == OP_GE ? OP_GT : OP_GTU;
		c = add(c, -1);
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
		return if_1 ? a : invert(t, a);
	}
	if (op == OP_EQ || op == OP_NE)
		return equals_const(t, op, a, c);
	return raw2(t, op, a, term_const(t, c));
}

static term compare(struct term_table *t, enum term_op op, term a, term b)
{
	term x = NULL;

	if (is_const(a) && is_const(b))
		return term_const(t, holds(op, a->value, b->value));
	if (order(a, b) > 0) {
		x = a;
		a = b;
		b = x;
		op = swapped(op);
	}
	if (same(a, b))
		return term_const(t, holds(op, 0, 0));
	if (is_const(b))
		return compare_const(t, op, a, b->value);
	x = NULL;
	if (op == OP_EQ || op == OP_NE)
		x = compare_addresses(t, op, a, b);
	return x ? x : raw2(t, op, a, b);
}

/* Arithmetic. */

/*
 * @x moved by @c bytes, where that undoes members (container_of) or goes to
 * another element of an array; NULL if it is neither.
 */
static term move_address(struct term_table *t, term x, int64_t c)
{
	int64_t at = 0, step;
	bool known = true;
	term y = x, index;

	step = x->kind == TERM_ELEM && x->value > 0 && c % x->value == 0 ?
	       c / x->value : 0;
	if (step) {
		index = simplify(t, OP_ADD, x->arg[1], term_const(t, step));
		if (!is_const(index) || index->value >= 0)
			return term_elem(t, x->arg[0], index, x->value);
	}
	while (c < 0 && known &&
	       (y->kind == TERM_FIELD || y->kind == TERM_ELEM)) {
		at = add(at, y->kind == TERM_FIELD ? y->value :
			 multiply(y->arg[1]->value, y->value));
		known = y->kind == TERM_FIELD ||
			(is_const(y->arg[1]) && y->value);
		y = y->arg[0];
		if (known && at == negate(c))
			return y;
	}
	return step ? term_elem(t, x->arg[0], index, x->value) : NULL;
}

static bool is_negation(term x)
{
	return x->kind == TERM_OP && x->op == OP_NEG;
}

static term add_const(struct term_table *t, term a, int64_t c)
{
	term x;

	if (!c)
		return a;
	if (has_const(a, OP_ADD))
		return simplify(t, OP_ADD, a->arg[0],
				term_const(t, add(a->arg[1]->value, c)));
	if (is_negation(a))
		return simplify(t, OP_SUB, term_const(t, c), a->arg[0]);
	if (a->kind == TERM_OP && a->op == OP_SUB && is_const(a->arg[0]))
		return simplify(t, OP_SUB,
				term_const(t, add(a->arg[0]->value, c)),
				a->arg[1]);
	x = move_address(t, a, c);
	return x ? x : raw2(t, OP_ADD, a, term_const(t, c));
}

static term add_terms(struct term_table *t, term a, term b)
{
	if (is_const(b))
		return add_const(t, a, b->value);
	if (has_const(b, OP_ADD))
		return simplify(t, OP_ADD,
				simplify(t, OP_ADD, a, b->arg[0]), b->arg[1]);
	if (has_const(a, OP_ADD))
		return simplify(t, OP_ADD,
				simplify(t, OP_ADD, a->arg[0], b), a->arg[1]);
	if (is_negation(b))
		return simplify(t, OP_SUB, a, b->arg[0]);
	if (is_negation(a))
		return simplify(t, OP_SUB, b, a->arg[0]);
	if (a->kind == TERM_OP && a->op == OP_SUB && same(a->arg[1], b))
		return a->arg[0];
	if (b->kind == TERM_OP && b->op == OP_SUB && same(b->arg[1], a))
		return b->arg[0];
	if (same(a, b))
		return simplify(t, OP_MUL, a, term_const(t, 2));
	return raw2(t, OP_ADD, a, b);
}

static term subtract(struct term_table *t, term a, term b)
{
	int64_t at_a = 0, at_b = 0;
	bool known = true;
	term base;

	if (is_const(b))
		return simplify(t, OP_ADD, a, term_const(t, negate(b->value)));
	base = base_of(a, &at_a, &known);
	if (same(base, base_of(b, &at_b, &known)) && known)
		return term_const(t, add(at_a, negate(at_b)));
	if (has_const(a, OP_ADD))
		return simplify(t, OP_ADD, simplify(t, OP_SUB, a->arg[0], b),
				a->arg[1]);
	if (has_const(b, OP_ADD))
		return simplify(t, OP_ADD, simplify(t, OP_SUB, a, b->arg[0]),
				term_const(t, negate(b->arg[1]->value)));
	if (is_negation(b))
		return simplify(t, OP_ADD, a, b->arg[0]);
	if (is_value(a, 0))
		return simplify(t, OP_NEG, b, NULL);
	if (a->kind == TERM_OP && a->op == OP_ADD) {
		if (same(a->arg[0], b))
			return a->arg[1];
		if (same(a->arg[1], b))
			return a->arg[0];
	}
	return raw2(t, OP_SUB, a, b);
}

static term multiply_terms(struct term_table *t, term a, term b)
{
	if (has_const(a, OP_MUL) && is_const(b))
		return simplify(t, OP_MUL, a->arg[0],
				term_const(t, multiply(a->arg[1]->value,
						       b->value)));
	if (has_const(b, OP_MUL))
		return simplify(t, OP_MUL,
				simplify(t, OP_MUL, a, b->arg[0]), b->arg[1]);
	if (has_const(a, OP_MUL))
		return simplify(t, OP_MUL,
				simplify(t, OP_MUL, a->arg[0], b), a->arg[1]);
	if (is_negation(a) && is_const(b))
		return simplify(t, OP_MUL, a->arg[0],
				term_const(t, negate(b->value)));
	if (is_value(b, 0))
		return b;
	if (is_value(b, 1))
		return a;
	if (is_value(b, -1))
		return simplify(t, OP_NEG, a, NULL);
	return raw2(t, OP_MUL, a, b);
}

static term divide(struct term_table *t, enum term_op op, term a, term b)
{
	if (is_value(b, 1))
		return op == OP_DIV ? a : term_const(t, 0);
	if (!is_const(a) || !is_const(b) || b->value == 0 || b->value == -1)
		return raw2(t, op, a, b);
	return term_const(t, op == OP_DIV ? a->value / b->value :
			  a->value % b->value);
}

static int64_t shift_right(enum term_op op, int64_t a, int64_t by)
{
	uint64_t bits = (uint64_t)a >> by;

	if (op == OP_SHR && a < 0 && by)
		bits |= ~(uint64_t)0 << (64 - by);
	return (int64_t)bits;
}

static term shift(struct term_table *t, enum term_op op, term a, term b)
{
	if (!is_const(b) || b->value < 0 || b->value > 63)
		return raw2(t, op, a, b);
	if (b->value == 0)
		return a;
	if (op == OP_SHL)
		return simplify(t, OP_MUL, a,
				term_const(t, (int64_t)(1ull << b->value)));
	if (is_const(a))
		return term_const(t, shift_right(op, a->value, b->value));
	if (has_const(a, op) && a->arg[1]->value > 0 &&
	    a->arg[1]->value <= 63 - b->value)
		return raw2(t, op, a->arg[0],
			    term_const(t, a->arg[1]->value + b->value));
	return raw2(t, op, a, b);
}

static bool fits(int64_t value, int64_t bits)
{
	return bits >= 64 || (value >= 0 && (uint64_t)value < 1ull << bits);
}

/* & | ^ with constant @b on the right. */
static term bits_const(struct term_table *t, enum term_op op, term a, term b)
{
	int64_t c = b->value;

	if (has_const(a, op)) {
		int64_t d = a->arg[1]->value;

		return simplify(t, op, a->arg[0],
				term_const(t, op == OP_AND ? d & c :
					   op == OP_OR ? d | c : d ^ c));
	}
	if (c == (op == OP_AND ? -1 : 0))
		return a;
	if (c == (op == OP_AND ? 0 : -1) && op != OP_XOR)
		return b;
	if (op == OP_XOR && c == -1)
		return simplify(t, OP_NOT, a, NULL);
	if (term_is_bool(a) && op == OP_AND)
		return c & 1 ? a : term_const(t, 0);
	if (term_is_bool(a) && c == 1)
		return op == OP_OR ? b : invert(t, a);
	if (op == OP_AND && has_const(a, OP_TRUNC) &&
	    fits(c, a->arg[1]->value))
		return simplify(t, op, a->arg[0], b);
	return raw2(t, op, a, b);
}

static term bits(struct term_table *t, enum term_op op, term a, term b)
{
	if (is_const(a))
		return term_const(t, op == OP_AND ? a->value & b->value :
				  op == OP_OR ? a->value | b->value :
				  a->value ^ b->value);
	if (is_const(b))
		return bits_const(t, op, a, b);
	if (same(a, b))
		return op == OP_XOR ? term_const(t, 0) : a;
	return raw2(t, op, a, b);
}

static term truncate_to(struct term_table *t, term a, term b)
{
	int64_t n;

	if (!is_const(b))
		return raw2(t, OP_TRUNC, a, b);
	n = b->value;
	if (n >= 64)
		return a;
	if (n <= 0)
		return term_const(t, 0);
	if (is_const(a))
		return term_const(t, (int64_t)((uint64_t)a->value &
					       ((1ull << n) - 1)));
	if (has_const(a, OP_TRUNC)) {
		if (a->arg[1]->value <= n)
			return a;
		return simplify(t, OP_TRUNC, a->arg[0], b);
	}
	if (term_is_bool(a) ||
	    (has_const(a, OP_AND) && fits(a->arg[1]->value, n)))
		return a;
	return raw2(t, OP_TRUNC, a, b);
}

static term extreme(struct term_table *t, enum term_op op, term a, term b)
{
	if (same(a, b))
		return a;
	if (is_const(a) && is_const(b))
		return (a->value < b->value) == (op == OP_MIN) ? a : b;
	return raw2(t, op, a, b);
}

static term unary(struct term_table *t, enum term_op op, term a)
{
	if (op == OP_LNOT)
		return compare(t, OP_EQ, a, term_const(t, 0));
	if (is_const(a))
		return term_const(t, op == OP_NEG ? negate(a->value) :
				  ~a->value);
	if (a->kind == TERM_OP && a->op == op)
		return a->arg[0];
	if (op == OP_NEG && a->kind == TERM_OP && a->op == OP_SUB)
		return simplify(t, OP_SUB, a->arg[1], a->arg[0]);
	if (op == OP_NEG && has_const(a, OP_MUL) &&
	    a->arg[1]->value != INT64_MIN)
		return simplify(t, OP_MUL, a->arg[0],
				term_const(t, negate(a->arg[1]->value)));
	return term_op_raw(t, op, 1, &a);
}

static bool commutes(enum term_op op)
{
	return op == OP_ADD || op == OP_MUL || op == OP_AND || op == OP_OR ||
	       op == OP_XOR || op == OP_MIN || op == OP_MAX;
}

/* One or two arguments. */
static term simplify(struct term_table *t, enum term_op op, term a, term b)
{
	term x;

	if (!is_comparison(op) && op != OP_LNOT &&
	    (a->kind == TERM_UNKNOWN || (b && b->kind == TERM_UNKNOWN)))
		return term_unknown(t);
	if (commutes(op) && order(a, b) > 0) {
		x = a;
		a = b;
		b = x;
	}
	switch (op) {
	case OP_ADD:
		if (is_const(a))
			return term_const(t, add(a->value, b->value));
		return add_terms(t, a, b);
	case OP_SUB:
		return subtract(t, a, b);
	case OP_MUL:
		if (is_const(a))
			return term_const(t, multiply(a->value, b->value));
		return multiply_terms(t, a, b);
	case OP_DIV:
	case OP_MOD:
		return divide(t, op, a, b);
	case OP_SHL:
	case OP_SHR:
	case OP_SHRU:
		return shift(t, op, a, b);
	case OP_AND:
	case OP_OR:
	case OP_XOR:
		return bits(t, op, a, b);
	case OP_NEG:
	case OP_NOT:
	case OP_LNOT:
		return unary(t, op, a);
	case OP_MIN:
	case OP_MAX:
		return extreme(t, op, a, b);
	case OP_TRUNC:
		return truncate_to(t, a, b);
	default:
		return compare(t, op, a, b);
	}
}

static term choose(struct term_table *t, term cond, term a, term b)
{
	const struct term *arg[] = { cond, a, b };

	if (is_const(cond))
		return cond->value ? a : b;
	if (cond->kind == TERM_UNKNOWN || a->kind == TERM_UNKNOWN ||
	    b->kind == TERM_UNKNOWN)
		return term_unknown(t);
	if (same(a, b))
		return a;
	if (!term_is_bool(cond))
		arg[0] = compare(t, OP_NE, cond, term_const(t, 0));
	if (is_const(arg[0]))
		return arg[0]->value ? a : b;
	if (is_value(a, 1) && is_value(b, 0))
		return arg[0];
	if (is_value(a, 0) && is_value(b, 1))
		return invert(t, arg[0]);
	return term_op_raw(t, OP_COND, 3, arg);
}

unsigned int term_op_arity(enum term_op op)
{
	if (op == OP_NEG || op == OP_NOT || op == OP_LNOT)
		return 1;
	if (op == OP_COND)
		return 3;
	return op > OP_NONE && op < OP_MAX_OP ? 2 : 0;
}

const struct term *term_op(struct term_table *t, enum term_op op,
			   const struct term *a, const struct term *b,
			   const struct term *c)
{
	unsigned int n = term_op_arity(op);

	/* An operator without its arguments has no value. */
	if (!n || !a || (n > 1 && !b) || (n > 2 && !c))
		return term_unknown(t);
	if (n == 3)
		return choose(t, a, b, c);
	return simplify(t, op, a, n > 1 ? b : NULL);
}
