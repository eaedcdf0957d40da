/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A term is a symbolic value.
 *
 * Terms are hash-consed: within one table two equal terms are one pointer, so
 * equality is "==". The lowering builds terms over registers (SSA names);
 * the checker evaluates them to terms over parameters, initial memory and
 * fresh symbols. An address is a term too: a *place* is the memory at an
 * address term, see place.h.
 *
 * Text form (what term_print() writes and term_parse() reads back):
 *
 *	42  -22			constant
 *	"text"			string literal
 *	%5			register 5
 *	$0			parameter 0
 *	@jiffies		address of a global object or function
 *	&desc			address of an automatic variable
 *	(. A type name 16)	address of member name, at byte 16 of the struct
 *				or union "type", in the object at address A;
 *				"-" is an anonymous type or member
 *	([] A I 8)		address of element I, 8 bytes each, of the array
 *				at address A
 *	(load A 3)		memory at address A before anything wrote to it;
 *				3: version, how often it was havocked
 *	(fresh call 17 2)	an unknown value: label, site, iteration
 *	(call netdev_priv X)	result of a pure function
 *	(+ X Y), (! X) ...	operators, see enum term_op
 *	?			a value that cannot be named
 */
#ifndef DMACHECK_TERM_H
#define DMACHECK_TERM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "arena.h"
#include "error.h"

enum term_kind {
	TERM_CONST,	/* value */
	TERM_STRING,	/* name */
	TERM_REG,	/* value: number */
	TERM_PARAM,	/* value: index */
	TERM_GLOBAL,	/* name */
	TERM_LOCAL,	/* name */
	TERM_FIELD,	/* arg[0]: address; type, name; value: byte offset */
	TERM_ELEM,	/* arg[0]: address; arg[1]: index; value: its size */
	TERM_LOAD,	/* arg[0]: address; value: version */
	TERM_FRESH,	/* name: label; value: site; extra: iteration */
	TERM_CALL,	/* name: pure function; args */
	TERM_OP,	/* op; args */
	TERM_UNKNOWN,
};

/*
 * A term that would take more nodes than this to write out is unknown: so
 * no walk over a term can take long or run out of stack.
 */
#define TERM_MAX_SIZE 256

/* A pure call with more arguments is unknown. */
#define TERM_MAX_ARGS 16

/*
 * Operators. Comparisons yield 0 or 1. A trailing "u" compares or shifts as
 * unsigned. OP_TRUNC keeps the low arg[1] (a constant) bits of arg[0];
 * widening casts are not represented.
 */
enum term_op {
	OP_NONE,
	OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD,		/* + - * / % */
	OP_SHL, OP_SHR, OP_SHRU,			/* << >> >>u */
	OP_AND, OP_OR, OP_XOR,				/* & | ^ */
	OP_NEG, OP_NOT, OP_LNOT,			/* neg ~ ! */
	OP_EQ, OP_NE,					/* == != */
	OP_LT, OP_LE, OP_GT, OP_GE,			/* < <= > >= */
	OP_LTU, OP_LEU, OP_GTU, OP_GEU,			/* <u <=u >u >=u */
	OP_MIN, OP_MAX, OP_TRUNC,			/* min max trunc */
	OP_COND,					/* ?: */
	OP_MAX_OP
};

struct term {
	enum term_kind kind;
	enum term_op op;
	uint32_t id;			/* dense, in order of creation */
	uint32_t extra;
	uint32_t size;			/* nodes in its text form */
	bool vague;			/* contains "?": two such terms need not
					 * be one value, even if "==" */
	bool has_fresh;			/* contains a fresh value */
	uint16_t key;			/* term_name_key() of what it is looked
					 * for by, 0: nothing */
	int64_t value;
	const char *name;		/* interned */
	const char *type;		/* interned */
	const struct term *base;	/* the object without members: itself
					 * unless a TERM_FIELD */
	int64_t at;			/* bytes from there */
	unsigned int nargs;
	uint32_t root;			/* id of what it is an offset into:
					 * members, elements and sums off */
	const struct term *arg[];
};

struct term_table;

/*
 * Unknown spreads: a member, element, load, call or operator of "?" is "?",
 * and so is the load at, or call with, a vague term. What stays, vague, is
 * an element of unknown index, ([] A ? 8), and a comparison.
 */

/* A table whose terms and strings live in @arena. */
struct term_table *term_table_new(struct arena *arena);
struct arena *term_arena(struct term_table *t);

const struct term *term_const(struct term_table *t, int64_t value);
const struct term *term_string(struct term_table *t, const char *text);
const struct term *term_reg(struct term_table *t, unsigned int number);
const struct term *term_param(struct term_table *t, unsigned int index);
const struct term *term_global(struct term_table *t, const char *name);
const struct term *term_local(struct term_table *t, const char *name);
const struct term *term_unknown(struct term_table *t);
const struct term *term_fresh(struct term_table *t, const char *label,
			      int64_t site, uint32_t iteration);
/* Another one with the label of the fresh value @like. */
const struct term *term_fresh_like(struct term_table *t,
				   const struct term *like, int64_t site,
				   uint32_t iteration);
const struct term *term_load(struct term_table *t, const struct term *addr,
			     int64_t version);

/*
 * Member at @offset bytes. @type: struct or union tag, NULL or "-" if it has
 * none; @name likewise. Members at offset 0 of anonymous type and name are
 * the object itself.
 */
const struct term *term_field(struct term_table *t, const struct term *addr,
			      const char *type, const char *name,
			      int64_t offset);

/* Element @index, @size bytes each (0: not known). Nested indices add up. */
const struct term *term_elem(struct term_table *t, const struct term *addr,
			     const struct term *index, int64_t size);

const struct term *term_call(struct term_table *t, const char *name,
			     unsigned int nargs, const struct term *const *arg);

/*
 * Operator over one, two or three arguments (@c, then @b may be NULL).
 * Simplifies: constants fold, sums and products of constants gather on the
 * right, !!x of a comparison is the comparison, x - x is 0,
 * (+ (. A t n 16) -16) is A (container_of), an unknown argument makes the
 * whole unknown, except below a comparison.
 */
const struct term *term_op(struct term_table *t, enum term_op op,
			   const struct term *a, const struct term *b,
			   const struct term *c);

/* An operator that yields 0 or 1, or "&", "|", "^" of such. */
bool term_is_bool(const struct term *x);

/* A number from 1 to 256 that is the same in all runs; 0 for NULL. */
unsigned int term_name_key(const char *name);

/* Is the address the object plus something: a member, an element, a sum? */
static inline bool term_is_offset(const struct term *x)
{
	return x->kind == TERM_FIELD || x->kind == TERM_ELEM ||
	       (x->kind == TERM_OP && x->op == OP_ADD);
}

/* Does @whole contain @part, itself included? */
bool term_contains(const struct term *whole, const struct term *part);

/* Rebuilds @x with each leaf or subterm replaced by what @f returns for it;
 * @f returns NULL to descend. */
const struct term *term_map(struct term_table *t, const struct term *x,
			    const struct term *(*f)(void *data,
						    const struct term *x),
			    void *data);

/* The name of @op in the text form ("+"), and back (OP_NONE: none). */
const char *term_op_name(enum term_op op);
enum term_op term_op_from_name(const char *name);

/* Appends the text form to @out. */
void term_print(FILE *out, const struct term *x);

/*
 * Reads one term at *@text and moves *@text behind it. NULL and a sentence
 * in @err if there is none.
 */
const struct term *term_parse(struct term_table *t, const char **text,
			      struct error *err);

#endif
