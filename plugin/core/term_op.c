// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Operators, brought into one canonical form: whatever comes out of
 * term_op() comes out again, unchanged, if its parts are put in again. The
 * text form relies on that.
 */
#include "term_priv.h"

/*
 * @x moved by @c bytes, where that undoes members (container_of) or goes to
 * another element of an array; NULL if it is neither.
 */
static const struct term *move_address(struct term_table *t,
				       const struct term *x, int64_t c)
{
	int64_t at = 0, step;
	bool known = true;
	const struct term *y = x, *index = NULL;

	step = x->kind == TERM_ELEM && x->value > 0 && c % x->value == 0 ?
	       c / x->value : 0;
	if (step) {
		index = term_with_const(t, OP_ADD, x->arg[1], step);
		if (!term_is_const(index) || index->value >= 0)
			return term_elem(t, x->arg[0], index, x->value);
	}
	while (c < 0 && known &&
	       (y->kind == TERM_FIELD || y->kind == TERM_ELEM)) {
		at = wrap_add(at, y->kind == TERM_FIELD ? y->value :
			 wrap_multiply(y->arg[1]->value, y->value));
		known = y->kind == TERM_FIELD ||
			(term_is_const(y->arg[1]) && y->value);
		y = y->arg[0];
		if (known && at == wrap_negate(c))
			return y;
	}
	return step ? term_elem(t, x->arg[0], index, x->value) : NULL;
}

static bool is_negation(const struct term *x)
{
	return term_is_op(x, OP_NEG);
}

static const struct term *add_const(struct term_table *t, const struct term *a,
				    int64_t c)
{
	const struct term *x;

	if (!c)
		return a;
	if (term_has_const(a, OP_ADD))
		return term_with_const(t, OP_ADD, a->arg[0],
				       wrap_add(a->arg[1]->value, c));
	if (is_negation(a))
		return term_simplify(t, OP_SUB, term_const(t, c), a->arg[0]);
	if (term_is_op(a, OP_SUB) && term_is_const(a->arg[0]))
		return term_simplify(t, OP_SUB,
				     term_with_const(t, OP_ADD, a->arg[0], c),
				     a->arg[1]);
	x = move_address(t, a, c);
	return x ? x : term_op2(t, OP_ADD, a, term_const(t, c));
}

static const struct term *add_terms(struct term_table *t, const struct term *a,
				    const struct term *b)
{
	if (term_is_const(b))
		return add_const(t, a, b->value);
	if (term_has_const(b, OP_ADD))
		return term_simplify(t, OP_ADD,
				     term_simplify(t, OP_ADD, a, b->arg[0]),
				     b->arg[1]);
	if (term_has_const(a, OP_ADD))
		return term_simplify(t, OP_ADD,
				     term_simplify(t, OP_ADD, a->arg[0], b),
				     a->arg[1]);
	if (is_negation(b))
		return term_simplify(t, OP_SUB, a, b->arg[0]);
	if (is_negation(a))
		return term_simplify(t, OP_SUB, b, a->arg[0]);
	if (term_is_op(a, OP_SUB) && term_same(a->arg[1], b))
		return a->arg[0];
	if (term_is_op(b, OP_SUB) && term_same(b->arg[1], a))
		return b->arg[0];
	if (term_same(a, b))
		return term_with_const(t, OP_MUL, a, 2);
	return term_op2(t, OP_ADD, a, b);
}

static const struct term *subtract(struct term_table *t, const struct term *a,
				   const struct term *b)
{
	int64_t at_a = 0, at_b = 0;
	bool known = true;
	const struct term *base;

	if (term_is_const(b))
		return term_with_const(t, OP_ADD, a, wrap_negate(b->value));
	base = term_base(a, &at_a, &known);
	if (term_same(base, term_base(b, &at_b, &known)) && known)
		return term_const(t, wrap_sub(at_a, at_b));
	if (term_has_const(a, OP_ADD))
		return term_simplify(t, OP_ADD,
				     term_simplify(t, OP_SUB, a->arg[0], b),
				     a->arg[1]);
	if (term_has_const(b, OP_ADD))
		return term_with_const(t, OP_ADD,
				       term_simplify(t, OP_SUB, a, b->arg[0]),
				       wrap_negate(b->arg[1]->value));
	if (is_negation(b))
		return term_simplify(t, OP_ADD, a, b->arg[0]);
	if (term_is_value(a, 0))
		return term_simplify(t, OP_NEG, b, NULL);
	if (term_is_op(a, OP_ADD)) {
		if (term_same(a->arg[0], b))
			return a->arg[1];
		if (term_same(a->arg[1], b))
			return a->arg[0];
	}
	return term_op2(t, OP_SUB, a, b);
}

static const struct term *multiply_terms(struct term_table *t,
					 const struct term *a,
					 const struct term *b)
{
	if (term_has_const(a, OP_MUL) && term_is_const(b))
		return term_with_const(t, OP_MUL, a->arg[0],
				       wrap_multiply(a->arg[1]->value,
						     b->value));
	if (term_has_const(b, OP_MUL))
		return term_simplify(t, OP_MUL,
				     term_simplify(t, OP_MUL, a, b->arg[0]),
				     b->arg[1]);
	if (term_has_const(a, OP_MUL))
		return term_simplify(t, OP_MUL,
				     term_simplify(t, OP_MUL, a->arg[0], b),
				     a->arg[1]);
	if (is_negation(a) && term_is_const(b))
		return term_with_const(t, OP_MUL, a->arg[0],
				       wrap_negate(b->value));
	if (term_is_value(b, 0))
		return b;
	if (term_is_value(b, 1))
		return a;
	if (term_is_value(b, -1))
		return term_simplify(t, OP_NEG, a, NULL);
	return term_op2(t, OP_MUL, a, b);
}

static const struct term *divide(struct term_table *t, enum term_op op,
				 const struct term *a, const struct term *b)
{
	if (term_is_value(b, 1))
		return op == OP_DIV ? a : term_const(t, 0);
	if (!term_is_const(a) || !term_is_const(b) ||
	    b->value == 0 || b->value == -1)
		return term_op2(t, op, a, b);
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

static const struct term *shift(struct term_table *t, enum term_op op,
				const struct term *a, const struct term *b)
{
	if (!term_is_const(b) || b->value < 0 || b->value > 63)
		return term_op2(t, op, a, b);
	if (b->value == 0)
		return a;
	if (op == OP_SHL)
		return term_with_const(t, OP_MUL, a,
				       (int64_t)(1ull << b->value));
	if (term_is_const(a))
		return term_const(t, shift_right(op, a->value, b->value));
	if (term_has_const(a, op) && a->arg[1]->value > 0 &&
	    a->arg[1]->value <= 63 - b->value)
		return term_op2(t, op, a->arg[0],
				term_const(t, a->arg[1]->value + b->value));
	return term_op2(t, op, a, b);
}

static bool fits(int64_t value, int64_t bits)
{
	return bits >= 64 || (value >= 0 && (uint64_t)value < 1ull << bits);
}

static int64_t bits_of(enum term_op op, int64_t a, int64_t b)
{
	if (op == OP_AND)
		return a & b;
	return op == OP_OR ? a | b : a ^ b;
}

/* & | ^ with constant @b on the right. */
static const struct term *bits_const(struct term_table *t, enum term_op op,
				     const struct term *a, const struct term *b)
{
	int64_t c = b->value;

	if (term_has_const(a, op))
		return term_with_const(t, op, a->arg[0],
				       bits_of(op, a->arg[1]->value, c));
	if (c == (op == OP_AND ? -1 : 0))
		return a;
	if (c == (op == OP_AND ? 0 : -1) && op != OP_XOR)
		return b;
	if (op == OP_XOR && c == -1)
		return term_simplify(t, OP_NOT, a, NULL);
	if (term_is_bool(a) && op == OP_AND)
		return c & 1 ? a : term_const(t, 0);
	if (term_is_bool(a) && c == 1)
		return op == OP_OR ? b : term_invert(t, a);
	if (op == OP_AND && term_has_const(a, OP_TRUNC) &&
	    fits(c, a->arg[1]->value))
		return term_simplify(t, op, a->arg[0], b);
	return term_op2(t, op, a, b);
}

static const struct term *bits(struct term_table *t, enum term_op op,
			       const struct term *a, const struct term *b)
{
	if (term_is_const(a))
		return term_const(t, bits_of(op, a->value, b->value));
	if (term_is_const(b))
		return bits_const(t, op, a, b);
	if (term_same(a, b))
		return op == OP_XOR ? term_const(t, 0) : a;
	return term_op2(t, op, a, b);
}

static const struct term *truncate_to(struct term_table *t,
				      const struct term *a,
				      const struct term *b)
{
	int64_t n;

	if (!term_is_const(b))
		return term_op2(t, OP_TRUNC, a, b);
	n = b->value;
	if (n >= 64)
		return a;
	if (n <= 0)
		return term_const(t, 0);
	if (term_is_const(a))
		return term_const(t, (int64_t)((uint64_t)a->value &
					       ((1ull << n) - 1)));
	if (term_has_const(a, OP_TRUNC)) {
		if (a->arg[1]->value <= n)
			return a;
		return term_simplify(t, OP_TRUNC, a->arg[0], b);
	}
	if (term_is_bool(a) ||
	    (term_has_const(a, OP_AND) && fits(a->arg[1]->value, n)))
		return a;
	return term_op2(t, OP_TRUNC, a, b);
}

static const struct term *extreme(struct term_table *t, enum term_op op,
				  const struct term *a, const struct term *b)
{
	if (term_same(a, b))
		return a;
	if (term_is_const(a) && term_is_const(b))
		return (a->value < b->value) == (op == OP_MIN) ? a : b;
	return term_op2(t, op, a, b);
}

static const struct term *unary(struct term_table *t, enum term_op op,
				const struct term *a)
{
	if (op == OP_LNOT)
		return term_compare(t, OP_EQ, a, term_const(t, 0));
	if (term_is_const(a))
		return term_const(t, op == OP_NEG ? wrap_negate(a->value) :
				  ~a->value);
	if (term_is_op(a, op))
		return a->arg[0];
	if (op == OP_NEG && term_is_op(a, OP_SUB))
		return term_simplify(t, OP_SUB, a->arg[1], a->arg[0]);
	if (op == OP_NEG && term_has_const(a, OP_MUL) &&
	    a->arg[1]->value != INT64_MIN)
		return term_with_const(t, OP_MUL, a->arg[0],
				       wrap_negate(a->arg[1]->value));
	return term_op_raw(t, op, 1, &a);
}

static bool commutes(enum term_op op)
{
	return op == OP_ADD || op == OP_MUL || op == OP_AND || op == OP_OR ||
	       op == OP_XOR || op == OP_MIN || op == OP_MAX;
}

const struct term *term_simplify(struct term_table *t, enum term_op op,
				 const struct term *a, const struct term *b)
{
	const struct term *x;

	if (!term_is_comparison(op) && op != OP_LNOT &&
	    (a->kind == TERM_UNKNOWN || (b && b->kind == TERM_UNKNOWN)))
		return term_unknown(t);
	if (commutes(op) && term_order(a, b) > 0) {
		x = a;
		a = b;
		b = x;
	}
	switch (op) {
	case OP_ADD:
		if (term_is_const(a))
			return term_const(t, wrap_add(a->value, b->value));
		return add_terms(t, a, b);
	case OP_SUB:
		return subtract(t, a, b);
	case OP_MUL:
		if (term_is_const(a))
			return term_const(t, wrap_multiply(a->value, b->value));
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
		return term_compare(t, op, a, b);
	}
}

static const struct term *choose(struct term_table *t, const struct term *cond,
				 const struct term *a, const struct term *b)
{
	const struct term *arg[] = { cond, a, b };

	if (term_is_const(cond))
		return cond->value ? a : b;
	if (cond->kind == TERM_UNKNOWN || a->kind == TERM_UNKNOWN ||
	    b->kind == TERM_UNKNOWN)
		return term_unknown(t);
	if (term_same(a, b))
		return a;
	if (!term_is_bool(cond))
		arg[0] = term_compare(t, OP_NE, cond, term_const(t, 0));
	if (term_is_const(arg[0]))
		return arg[0]->value ? a : b;
	if (term_is_value(a, 1) && term_is_value(b, 0))
		return arg[0];
	if (term_is_value(a, 0) && term_is_value(b, 1))
		return term_invert(t, arg[0]);
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
	return term_simplify(t, op, a, n > 1 ? b : NULL);
}
