/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of terms (table, operators, comparisons, text form) share.
 * Nobody else includes this.
 */
#ifndef DMACHECK_TERM_PRIV_H
#define DMACHECK_TERM_PRIV_H

#include "term.h"

/* The operator term as it stands, not simplified; only for simplifiers. */
const struct term *term_op_raw(struct term_table *t, enum term_op op,
			       unsigned int nargs,
			       const struct term *const *arg);

/* How many arguments @op takes: 1 to 3; 0 if it is no operator. */
unsigned int term_op_arity(enum term_op op);

/* term_op() of an operator with one or two arguments, which are there. */
const struct term *term_simplify(struct term_table *t, enum term_op op,
				 const struct term *a, const struct term *b);

/* The same for a comparison alone. */
const struct term *term_compare(struct term_table *t, enum term_op op,
				const struct term *a, const struct term *b);

/* Not @x, which is 0 or 1. */
const struct term *term_invert(struct term_table *t, const struct term *x);

/*
 * The order of operands, as strcmp(): by form, never by address or id, so
 * that it is the same in every table. Constants come last.
 */
int term_order(const struct term *a, const struct term *b);

/*
 * The object or value that address @x is an offset into. Adds the offset in
 * bytes to @offset; @known turns false if an index is not constant.
 */
const struct term *term_base(const struct term *x, int64_t *offset,
			     bool *known);

/* Is it one of == != < <= > >= and those of unsigned numbers? */
bool term_is_comparison(enum term_op op);

/* term_op_raw() of an operator with two arguments. */
static inline const struct term *term_op2(struct term_table *t,
					  enum term_op op,
					  const struct term *a,
					  const struct term *b)
{
	const struct term *const arg[] = { a, b };

	return term_op_raw(t, op, 2, arg);
}

/* Is @x a number, whichever? */
static inline bool term_is_const(const struct term *x)
{
	return x->kind == TERM_CONST;
}

/* Is @x this number? */
static inline bool term_is_value(const struct term *x, int64_t value)
{
	return term_is_const(x) && x->value == value;
}

static inline bool term_is_op(const struct term *x, enum term_op op)
{
	return x->kind == TERM_OP && x->op == op;
}

/* Is @x "(@op something constant)"? */
static inline bool term_has_const(const struct term *x, enum term_op op)
{
	return term_is_op(x, op) && term_is_const(x->arg[1]);
}

/* term_simplify() with the number @c on the right. */
static inline const struct term *term_with_const(struct term_table *t,
						 enum term_op op,
						 const struct term *a,
						 int64_t c)
{
	return term_simplify(t, op, a, term_const(t, c));
}

/* Equal as values, not only in form. */
static inline bool term_same(const struct term *a, const struct term *b)
{
	return a == b && !a->vague;
}

/* Arithmetic of 64 bits that wrap. */

static inline int64_t wrap_add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t wrap_sub(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

static inline int64_t wrap_negate(int64_t a)
{
	return (int64_t)(0 - (uint64_t)a);
}

static inline int64_t wrap_multiply(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

#endif
