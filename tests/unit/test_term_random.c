// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random terms: simplifying never changes the value, and the text form of
 * whatever comes out reads back as the same term. The seed is fixed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "term.h"

#define REGS 4
#define POOL 400

static const int64_t constants[] = {
	0, 1, -1, 2, 3, 8, 16, -8, -16, 255, INT64_MAX, INT64_MIN, 63, 64,
	4294967295, -24,
};
#define NCONSTANTS (sizeof(constants) / sizeof(constants[0]))

struct world {
	uint64_t seed;
	struct term_table *t;
	const struct term *pool[POOL];
	unsigned int n;
	int64_t reg[REGS];
	bool undefined;			/* a value had no meaning in C */
};

static void oom(void)
{
	abort();
}

static unsigned int pick(struct world *w, unsigned int n)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return (unsigned int)((w->seed >> 11) % n);
}

static int64_t shift(struct world *w, enum term_op op, int64_t a, int64_t b)
{
	uint64_t ua = (uint64_t)a;

	if (b < 0 || b > 63) {
		w->undefined = true;
		return 0;
	}
	if (op == OP_SHL)
		return (int64_t)(ua << b);
	return op == OP_SHR ? a >> b : (int64_t)(ua >> b);
}

static int64_t divide(struct world *w, enum term_op op, int64_t a, int64_t b)
{
	if (b == 0 || b == -1) {
		w->undefined = true;
		return 0;
	}
	return op == OP_DIV ? a / b : a % b;
}

static int64_t truncate_to(int64_t a, int64_t n)
{
	if (n >= 64)
		return a;
	return n <= 0 ? 0 : (int64_t)((uint64_t)a & ((1ull << n) - 1));
}

/* What C says of @op. */
static int64_t apply(struct world *w, enum term_op op, int64_t a, int64_t b,
		     int64_t c)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case OP_ADD:	return (int64_t)(ua + ub);
	case OP_SUB:	return (int64_t)(ua - ub);
	case OP_MUL:	return (int64_t)(ua * ub);
	case OP_DIV:
	case OP_MOD:	return divide(w, op, a, b);
	case OP_SHL:
	case OP_SHR:
	case OP_SHRU:	return shift(w, op, a, b);
	case OP_AND:	return a & b;
	case OP_OR:	return a | b;
	case OP_XOR:	return a ^ b;
	case OP_NEG:	return (int64_t)-ua;
	case OP_NOT:	return ~a;
	case OP_LNOT:	return !a;
	case OP_EQ:	return a == b;
	case OP_NE:	return a != b;
	case OP_LT:	return a < b;
	case OP_LE:	return a <= b;
	case OP_GT:	return a > b;
	case OP_GE:	return a >= b;
	case OP_LTU:	return ua < ub;
	case OP_LEU:	return ua <= ub;
	case OP_GTU:	return ua > ub;
	case OP_GEU:	return ua >= ub;
	case OP_MIN:	return a < b ? a : b;
	case OP_MAX:	return a > b ? a : b;
	case OP_TRUNC:	return truncate_to(a, b);
	case OP_COND:	return a ? b : c;
	default:
		fail_msg("no such operator: %d", op);
		return 0;
	}
}

static int64_t value_of(struct world *w, const struct term *x)
{
	int64_t v[3] = { 0 };
	unsigned int i;

	for (i = 0; i < x->nargs; i++)
		v[i] = value_of(w, x->arg[i]);
	switch (x->kind) {
	case TERM_CONST:
		return x->value;
	case TERM_REG:
		return w->reg[x->value];
	case TERM_ELEM:
		return (int64_t)((uint64_t)v[0] +
				 (uint64_t)v[1] * (uint64_t)x->value);
	case TERM_OP:
		return apply(w, x->op, v[0], v[1], v[2]);
	default:
		fail_msg("a term without a value");
		return 0;
	}
}

static void start(struct world *w)
{
	unsigned int i;

	w->t = term_table_new(arena_new(oom));
	w->n = 0;
	for (i = 0; i < NCONSTANTS; i++)
		w->pool[w->n++] = term_const(w->t, constants[i]);
	for (i = 0; i < REGS; i++) {
		w->reg[i] = pick(w, 2) ? constants[pick(w, NCONSTANTS)] :
			    (int64_t)pick(w, 40) - 20;
		w->pool[w->n++] = term_reg(w->t, i);
	}
}

/* One more term, checked against C; skipped where C gives it no value. */
static void add_value(struct world *w)
{
	enum term_op op = 1 + pick(w, OP_MAX_OP - 1);
	const struct term *a = w->pool[pick(w, w->n)];
	const struct term *b = w->pool[pick(w, pick(w, 3) ? w->n : 20)];
	const struct term *c = w->pool[pick(w, w->n)], *x;
	int64_t wanted, got;

	w->undefined = false;
	if (pick(w, 16)) {
		x = term_op(w->t, op, a, b, c);
		wanted = apply(w, op, value_of(w, a), value_of(w, b),
			       value_of(w, c));
	} else {
		x = term_elem(w->t, a, b, 8);
		wanted = (int64_t)((uint64_t)value_of(w, a) +
				   8 * (uint64_t)value_of(w, b));
	}
	if (w->undefined || x->kind == TERM_UNKNOWN)
		return;
	got = value_of(w, x);
	if (w->undefined)
		return;
	assert_int_equal(got, wanted);
	w->pool[w->n++] = x;
}

static void simplifying_keeps_the_value(void **state)
{
	struct world w = { .seed = 88172645463325252 };
	unsigned int round, tries;

	(void)state;
	for (round = 0; round < 300; round++) {
		start(&w);
		for (tries = 0; w.n < POOL && tries < 10 * POOL; tries++)
			add_value(&w);
		assert_int_equal(w.n, POOL);
		arena_free(term_arena(w.t));
	}
}

static const struct term *any_term(struct world *w)
{
	const struct term *a = w->pool[pick(w, w->n)];
	const struct term *b = w->pool[pick(w, pick(w, 3) ? w->n : 20)];
	const struct term *c = w->pool[pick(w, w->n)];
	const struct term *arg[] = { a, b };

	switch (pick(w, 12)) {
	case 0:
		return term_field(w->t, a, pick(w, 2) ? "T" : NULL,
				  pick(w, 2) ? "f" : "g.0", pick(w, 4) * 8);
	case 1:
		return term_elem(w->t, a, b, pick(w, 3) * 8);
	case 2:
		return term_load(w->t, a, pick(w, 3));
	case 3:
		return term_fresh(w->t, "call", pick(w, 5), pick(w, 2));
	case 4:
		return term_call(w->t, "f", pick(w, 3), arg);
	default:
		return term_op(w->t, 1 + pick(w, OP_MAX_OP - 1), a, b, c);
	}
}

static char *text_of(const struct term *x)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	term_print(out, x);
	fclose(out);
	return text;
}

/* Here and in another table, which has other terms in another order. */
static void assert_reads_back(struct world *w, struct term_table *other,
			      const struct term *x)
{
	char *text = text_of(x), *again;
	const char *at = text;
	struct error err = { "" };
	const struct term *y = term_parse(other, &at, &err);

	if (!y)
		fail_msg("%s: %s", text, err.text);
	again = text_of(y);
	assert_string_equal(again, text);
	at = text;
	assert_ptr_equal(term_parse(w->t, &at, &err), x);
	free(text);
	free(again);
}

static void every_term_reads_back(void **state)
{
	struct world w = { .seed = 362436069 };
	struct term_table *other;
	const struct term *x;
	unsigned int round, tries;

	(void)state;
	for (round = 0; round < 100; round++) {
		start(&w);
		w.pool[w.n++] = term_param(w.t, 0);
		w.pool[w.n++] = term_global(w.t, "g.1");
		w.pool[w.n++] = term_local(w.t, "x");
		w.pool[w.n++] = term_local(w.t, "a b(#");
		w.pool[w.n++] = term_string(w.t, "a\"\\\n\x01\xff#");
		w.pool[w.n++] = term_unknown(w.t);
		other = term_table_new(term_arena(w.t));
		for (tries = 0; w.n < POOL && tries < 10 * POOL; tries++) {
			x = any_term(&w);
			assert_reads_back(&w, other, x);
			if (x->kind != TERM_UNKNOWN)
				w.pool[w.n++] = x;
		}
		assert_int_equal(w.n, POOL);
		arena_free(term_arena(w.t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(simplifying_keeps_the_value),
		cmocka_unit_test(every_term_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
