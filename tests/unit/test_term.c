// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Terms: one pointer for one value, and what each simplification makes of
 * a text form. The left column is read, the right one has to be printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "term.h"

static void oom(void)
{
	abort();
}

static int set_up(void **state)
{
	*state = term_table_new(arena_new(oom));
	return 0;
}

static int tear_down(void **state)
{
	arena_free(term_arena(*state));
	return 0;
}

static const struct term *read_term(struct term_table *t, const char *text)
{
	struct error err = { "" };
	const struct term *x = term_parse(t, &text, &err);

	if (!x)
		fail_msg("%s", err.text);
	assert_string_equal(text, "");
	return x;
}

static void assert_prints(const struct term *x, const char *wanted)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	term_print(out, x);
	fclose(out);
	assert_string_equal(text, wanted);
	free(text);
}

static void assert_simplifies(struct term_table *t,
			      const char *const (*pair)[2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		assert_prints(read_term(t, pair[i][0]), pair[i][1]);
		/* What came out stays as it is. */
		assert_prints(read_term(t, pair[i][1]), pair[i][1]);
		assert_ptr_equal(read_term(t, pair[i][0]),
				 read_term(t, pair[i][1]));
	}
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void constants_fold(void **state)
{
	static const char *const pair[][2] = {
		{ "(+ 2 3)", "5" }, { "(- 2 3)", "-1" }, { "(* -4 3)", "-12" },
		{ "(/ 7 2)", "3" }, { "(% 7 4)", "3" }, { "(/ -7 2)", "-3" },
		{ "(/ 7 0)", "(/ 7 0)" }, { "(% 7 0)", "(% 7 0)" },
		{ "(<< 3 4)", "48" }, { "(>> -8 1)", "-4" },
		{ "(>>u -8 60)", "15" }, { "(& 12 10)", "8" },
		{ "(| 12 10)", "14" }, { "(^ 12 10)", "6" },
		{ "(neg 5)", "-5" }, { "(~ 0)", "-1" }, { "(! 5)", "0" },
		{ "(! 0)", "1" }, { "(min 3 -2)", "-2" }, { "(max 3 -2)", "3" },
		{ "(trunc 4660 8)", "52" }, { "(trunc -1 32)", "4294967295" },
		{ "(== 3 3)", "1" }, { "(!= 3 3)", "0" }, { "(< -1 1)", "1" },
		{ "(<u -1 1)", "0" }, { "(>= 1 1)", "1" }, { "(>u 1 2)", "0" },
		{ "(<=u 2 2)", "1" }, { "(>=u 1 -1)", "0" },
		{ "(?: 5 $0 $1)", "$0" }, { "(?: 0 $0 $1)", "$1" },
		/* 64 bits wrap. */
		{ "(+ 9223372036854775807 1)", "-9223372036854775808" },
		{ "(- -9223372036854775808 1)", "9223372036854775807" },
		{ "(* 9223372036854775807 2)", "-2" },
		{ "(neg -9223372036854775808)", "-9223372036854775808" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void constants_gather(void **state)
{
	static const char *const pair[][2] = {
		{ "(+ (+ $0 1) 2)", "(+ $0 3)" }, { "(+ 1 $0)", "(+ $0 1)" },
		{ "(- $0 4)", "(+ $0 -4)" }, { "(+ (- $0 4) 4)", "$0" },
		{ "(+ (+ $0 1) (+ $1 2))", "(+ (+ $0 $1) 3)" },
		{ "(- (+ $0 1) $1)", "(+ (- $0 $1) 1)" },
		{ "(- $0 (+ $1 1))", "(+ (- $0 $1) -1)" },
		{ "(- 5 (+ $0 2))", "(- 3 $0)" },
		{ "(+ (- 5 $0) 2)", "(- 7 $0)" },
		{ "(+ (neg $0) 2)", "(- 2 $0)" },
		{ "(* (* $0 2) 4)", "(* $0 8)" },
		{ "(* (* $0 2) (* $1 3))", "(* (* $0 $1) 6)" },
		{ "(* 2 $0)", "(* $0 2)" }, { "(<< $0 3)", "(* $0 8)" },
		{ "(<< (* $0 3) 2)", "(* $0 12)" },
		{ "(* (neg $0) 4)", "(* $0 -4)" },
		{ "(neg (* $0 4))", "(* $0 -4)" }, { "(+ $0 $0)", "(* $0 2)" },
		{ "(& (& $0 12) 10)", "(& $0 8)" },
		{ "(| (| $0 12) 10)", "(| $0 14)" },
		{ "(^ (^ $0 12) 10)", "(^ $0 6)" },
		{ "(>> (>> $0 3) 4)", "(>> $0 7)" },
		{ "(>>u (>>u $0 3) 4)", "(>>u $0 7)" },
		{ "(>>u (>>u $0 40) 40)", "(>>u (>>u $0 40) 40)" },
		{ "(trunc (trunc $0 32) 16)", "(trunc $0 16)" },
		{ "(trunc (trunc $0 16) 32)", "(trunc $0 16)" },
		{ "(trunc (& $0 255) 8)", "(& $0 255)" },
		{ "(trunc (& $0 256) 8)", "(trunc (& $0 256) 8)" },
		{ "(& (trunc $0 32) 15)", "(& $0 15)" },
		{ "(& (trunc $0 2) 15)", "(& (trunc $0 2) 15)" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void neutral_parts_vanish(void **state)
{
	static const char *const pair[][2] = {
		{ "(+ $0 0)", "$0" }, { "(- $0 0)", "$0" },
		{ "(* $0 1)", "$0" },
		{ "(* $0 0)", "0" }, { "(* $0 -1)", "(neg $0)" },
		{ "(/ $0 1)", "$0" }, { "(% $0 1)", "0" },
		{ "(<< $0 0)", "$0" },
		{ "(>> $0 0)", "$0" }, { "(>>u $0 0)", "$0" },
		{ "(| $0 0)", "$0" }, { "(| $0 -1)", "-1" },
		{ "(& $0 -1)", "$0" }, { "(& $0 0)", "0" },
		{ "(^ $0 0)", "$0" },
		{ "(^ $0 -1)", "(~ $0)" }, { "(& $0 $0)", "$0" },
		{ "(| $0 $0)", "$0" }, { "(^ $0 $0)", "0" },
		{ "(min $0 $0)", "$0" }, { "(max $0 $0)", "$0" },
		{ "(- $0 $0)", "0" }, { "(- (+ $0 $1) $0)", "$1" },
		{ "(- (+ $0 $1) $1)", "$0" }, { "(+ (- $0 $1) $1)", "$0" },
		{ "(+ $1 (- $0 $1))", "$0" },
		{ "(- $0 (neg $1))", "(+ $0 $1)" },
		{ "(+ $0 (neg $1))", "(- $0 $1)" },
		{ "(+ (neg $0) $1)", "(- $1 $0)" },
		{ "(- 0 $0)", "(neg $0)" }, { "(neg (neg $0))", "$0" },
		{ "(neg (- $0 $1))", "(- $1 $0)" }, { "(~ (~ $0))", "$0" },
		{ "(trunc $0 64)", "$0" }, { "(trunc $0 0)", "0" },
		{ "(?: $0 $1 $1)", "$1" }, { "(?: (< $0 3) 1 0)", "(< $0 3)" },
		{ "(?: (< $0 3) 0 1)", "(> $0 2)" },
		{ "(?: $0 1 2)", "(?: (!= $0 0) 1 2)" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void operands_have_one_order(void **state)
{
	static const char *const pair[][2] = {
		{ "(* $1 $0)", "(* $0 $1)" }, { "(* $0 $1)", "(* $0 $1)" },
		{ "(+ (* $0 $1) %2)", "(+ %2 (* $0 $1))" },
		{ "(& @b @a)", "(& @a @b)" }, { "(| &b &a)", "(| &a &b)" },
		{ "(^ $1 $0)", "(^ $0 $1)" }, { "(max 3 $0)", "(max $0 3)" },
		{ "(== $1 $0)", "(== $0 $1)" }, { "(!= 3 $0)", "(!= $0 3)" },
		{ "(< $1 $0)", "(> $0 $1)" }, { "(<=u $1 $0)", "(>=u $0 $1)" },
		{ "(+ (. $0 t b 8) (. $0 t a 8))",
		  "(+ (. $0 t a 8) (. $0 t b 8))" },
		{ "(+ (load $0 2) (load $0 1))",
		  "(+ (load $0 1) (load $0 2))" },
		{ "(+ (fresh x 1 2) (fresh x 1 1))",
		  "(+ (fresh x 1 1) (fresh x 1 2))" },
		/* These do not commute. */
		{ "(- $1 $0)", "(- $1 $0)" }, { "(/ $1 $0)", "(/ $1 $0)" },
		{ "(<< $1 $0)", "(<< $1 $0)" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void comparisons_have_one_spelling(void **state)
{
	static const char *const pair[][2] = {
		{ "(<= $0 5)", "(< $0 6)" }, { "(>= $0 5)", "(> $0 4)" },
		{ "(<=u $0 5)", "(<u $0 6)" }, { "(>=u $0 5)", "(>u $0 4)" },
		{ "(> 5 $0)", "(< $0 5)" }, { "(<= 5 $0)", "(> $0 4)" },
		{ "(>u $0 0)", "(!= $0 0)" }, { "(<u $0 1)", "(== $0 0)" },
		{ "(>=u $0 1)", "(!= $0 0)" }, { "(<=u $0 0)", "(== $0 0)" },
		{ "(<u $0 0)", "0" }, { "(>=u $0 0)", "1" },
		{ "(<=u $0 -1)", "1" }, { "(>u $0 -1)", "0" },
		{ "(<= $0 9223372036854775807)", "1" },
		{ "(> $0 9223372036854775807)", "0" },
		{ "(>= $0 -9223372036854775808)", "1" },
		{ "(< $0 -9223372036854775808)", "0" },
		{ "(== $0 $0)", "1" }, { "(!= $0 $0)", "0" },
		{ "(< $0 $0)", "0" },
		{ "(<= $0 $0)", "1" }, { "(>=u $0 $0)", "1" },
		{ "(! $0)", "(== $0 0)" }, { "(! (! $0))", "(!= $0 0)" },
		{ "(== (+ $0 3) 5)", "(== $0 2)" },
		{ "(!= 5 (+ 3 $0))", "(!= $0 2)" },
		{ "(== (neg $0) 5)", "(== $0 -5)" },
		{ "(== (- 5 $0) 3)", "(== $0 2)" },
		{ "(== (- $0 $1) 0)", "(== $0 $1)" },
		{ "(== (+ $0 1) $0)", "0" },
		/* Order may be upset by a wrap, so these stay. */
		{ "(< (+ $0 3) 5)", "(< (+ $0 3) 5)" },
		{ "(> (+ $0 1) $0)", "(< $0 (+ $0 1))" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void truth_values_are_unwrapped(void **state)
{
	static const char *const pair[][2] = {
		{ "(!= (< $0 5) 0)", "(< $0 5)" },
		{ "(== (< $0 5) 0)", "(> $0 4)" },
		{ "(== (< $0 5) 1)", "(< $0 5)" },
		{ "(!= (< $0 5) 1)", "(> $0 4)" },
		{ "(> (== $0 5) 0)", "(== $0 5)" }, { "(== (== $0 5) 7)", "0" },
		{ "(< (== $0 5) 2)", "1" }, { "(<u (== $0 5) 1)", "(!= $0 5)" },
		{ "(! (>=u $0 $1))", "(<u $0 $1)" },
		{ "(^ (== $0 1) 1)", "(!= $0 1)" },
		{ "(& (== $0 1) 1)", "(== $0 1)" }, { "(& (== $0 1) 2)", "0" },
		{ "(| (== $0 1) 1)", "1" },
		{ "(trunc (== $0 1) 8)", "(== $0 1)" },
		{ "(& (== $0 1) (== $1 2))", "(& (== $0 1) (== $1 2))" },
		{ "(| (== $1 2) (< $0 1))", "(| (== $1 2) (< $0 1))" },
		{ "(!= (& (== $0 1) (== $1 2)) 0)", "(& (== $0 1) (== $1 2))" },
		{ "(== (& (== $0 1) (== $1 2)) 0)",
		  "(== (& (== $0 1) (== $1 2)) 0)" },
		{ "(! (! (& (== $0 1) (== $1 2))))",
		  "(& (== $0 1) (== $1 2))" },
		/* Not every "and" is a truth value. */
		{ "(!= (& $0 4) 0)", "(!= (& $0 4) 0)" },
		{ "(== (& $0 4) 1)", "(== (& $0 4) 1)" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void addresses_move_and_compare(void **state)
{
	static const char *const pair[][2] = {
		/* container_of */
		{ "(+ (. $0 t f 16) -16)", "$0" },
		{ "(- (. $0 t f 16) 16)", "$0" },
		{ "(+ (. (. $0 t f 16) u g 8) -8)", "(. $0 t f 16)" },
		{ "(+ (. (. $0 t f 16) u g 8) -24)", "$0" },
		{ "(+ (. (. $0 t f 16) u g 0) -16)", "$0" },
		{ "(+ (. ([] (. $0 t f 16) 2 8) u g 0) -32)", "$0" },
		{ "(+ (. ([] $0 %1 64) t f 16) -16)", "([] $0 %1 64)" },
		{ "(+ (. (. $0 t f 16) u g 8) -16)",
		  "(+ (. (. $0 t f 16) u g 8) -16)" },
		{ "(+ (. $0 t f 16) 8)", "(+ (. $0 t f 16) 8)" },
		{ "(. (. $0 t f 16) u g 4)", "(. (. $0 t f 16) u g 4)" },
		{ "(. $0 - - 0)", "$0" }, { "(. $0 - - 8)", "(. $0 - - 8)" },
		/* Array elements */
		{ "([] ([] $0 %1 8) %2 8)", "([] $0 (+ %1 %2) 8)" },
		{ "([] ([] $0 1 8) 2 8)", "([] $0 3 8)" },
		{ "([] ([] $0 1 8) 2 4)", "([] ([] $0 1 8) 2 4)" },
		{ "([] ([] $0 1 0) 2 0)", "([] ([] $0 1 0) 2 0)" },
		{ "([] $0 0 8)", "([] $0 0 8)" },
		{ "(+ ([] $0 %1 8) 16)", "([] $0 (+ %1 2) 8)" },
		{ "(+ ([] $0 3 8) -16)", "([] $0 1 8)" },
		{ "(+ ([] (. $0 t f 16) 0 8) -16)", "$0" },
		{ "(+ ([] $0 %1 8) 4)", "(+ ([] $0 %1 8) 4)" },
		{ "(+ ([] $0 %1 0) 8)", "(+ ([] $0 %1 0) 8)" },
		/* Objects are apart and somewhere. */
		{ "(== &x &y)", "0" }, { "(!= &x &y)", "1" },
		{ "(== &x @y)", "0" },
		{ "(== (. &x t f 8) ([] &y %1 8))", "0" },
		{ "(== &x $0)", "(== $0 &x)" },
		{ "(== &x (load $0 0))", "(== &x (load $0 0))" },
		{ "(== (. $0 t f 8) 0)", "0" }, { "(!= (. $0 t f 8) 0)", "1" },
		{ "(== ([] (. $0 t f 8) %1 4) 0)", "0" },
		{ "(== (. $0 t f 0) 0)", "(== $0 0)" },
		{ "(== &x 0)", "0" }, { "(== @x 0)", "0" },
		{ "(! \"text\")", "0" },
		{ "(>u &x 0)", "1" },
		{ "(== (. $0 t f 8) $0)", "0" },
		{ "(== (. $0 t f 0) $0)", "1" },
		{ "(== (. $0 t f 8) (. $0 u g 8))", "1" },
		{ "(== ([] $0 %1 8) ([] $0 %2 8))", "(== %1 %2)" },
		{ "(== ([] $0 (+ %1 1) 8) ([] $0 %1 8))", "0" },
		{ "(- (. $0 t f 24) (. $0 u g 8))", "16" },
		{ "(- ([] $0 5 8) $0)", "40" },
	};

	assert_simplifies(*state, pair, COUNT(pair));
}

static void unknown_spreads(void **state)
{
	static const char *const pair[][2] = {
		{ "(+ ? 1)", "?" }, { "(- ? ?)", "?" }, { "(* ? 0)", "?" },
		{ "(neg ?)", "?" }, { "(?: ? 1 2)", "?" },
		{ "(?: $0 ? 2)", "?" },
		{ "(?: 1 2 ?)", "2" }, { "(. ? t f 8)", "?" },
		{ "([] ? 1 8)", "?" },
		{ "(load ? 0)", "?" }, { "(load ([] $0 ? 8) 0)", "?" },
		{ "(call f ?)", "?" }, { "([] $0 ? 8)", "([] $0 ? 8)" },
		{ "(== ? 0)", "(== ? 0)" }, { "(== ? ?)", "(== ? ?)" },
		{ "(! ?)", "(== ? 0)" }, { "(!= (== ? 0) 0)", "(== ? 0)" },
		{ "(== ([] $0 ? 8) ([] $0 ? 8))", "(== ? ?)" },
		{ "(- ([] $0 ? 8) ([] $0 ? 8))",
		  "(- ([] $0 ? 8) ([] $0 ? 8))" },
		{ "(& (== ? 0) (== ? 0))", "(& (== ? 0) (== ? 0))" },
	};
	struct term_table *t = *state;

	assert_simplifies(t, pair, COUNT(pair));
	assert_true(read_term(t, "(. ([] $0 ? 8) t f 4)")->vague);
	assert_false(read_term(t, "(. ([] $0 %1 8) t f 4)")->vague);
	assert_ptr_equal(term_op(t, OP_ADD, term_param(t, 0), NULL, NULL),
			 term_unknown(t));
}

static void equal_terms_are_one(void **state)
{
	struct term_table *t = *state;
	char name[] = "jiffies";
	const struct term *g = term_global(t, name);
	const struct term *arg[] = { g, term_const(t, 1) };
	const struct term *many[3000];
	unsigned int i;

	name[0] = 'J';
	assert_ptr_equal(term_global(t, "jiffies"), g);
	assert_ptr_not_equal(term_global(t, "Jiffies"), g);
	assert_ptr_not_equal(term_local(t, "jiffies"), g);
	assert_ptr_not_equal(term_string(t, "jiffies"), g);
	assert_ptr_not_equal(term_reg(t, 0), term_param(t, 0));
	assert_ptr_equal(term_call(t, "f", 2, arg), term_call(t, "f", 2, arg));
	assert_ptr_not_equal(term_call(t, "f", 2, arg),
			     term_call(t, "f", 1, arg));
	assert_ptr_not_equal(term_load(t, g, 0), term_load(t, g, 1));
	assert_ptr_not_equal(term_fresh(t, "x", 1, 0),
			     term_fresh(t, "x", 1, 1));
	assert_ptr_not_equal(term_fresh(t, "x", 1, 0),
			     term_fresh(t, "y", 1, 0));
	assert_ptr_equal(term_field(t, g, "-", "f", 8),
			 term_field(t, g, NULL, "f", 8));
	assert_ptr_not_equal(term_field(t, g, "t", "f", 8),
			     term_field(t, g, "u", "f", 8));
	for (i = 0; i < 3000; i++)
		many[i] = term_const(t, (int64_t)i * i);
	for (i = 0; i < 3000; i++)
		assert_ptr_equal(many[i], term_const(t, (int64_t)i * i));
}

static void ids_are_dense(void **state)
{
	struct term_table *t = term_table_new(term_arena(*state));
	uint32_t first = term_reg(t, 0)->id, i;

	/* The unknown term comes with the table. */
	assert_int_equal(term_unknown(t)->id, 0);
	assert_int_equal(first, 1);
	for (i = 1; i < 2000; i++)
		assert_int_equal(term_reg(t, i)->id, first + i);
	assert_int_equal(term_reg(t, 7)->id, first + 7);
}

static void the_order_is_the_same_in_every_table(void **state)
{
	struct term_table *t = *state;
	struct term_table *u = term_table_new(term_arena(t));

	term_global(u, "b");
	term_global(t, "a");
	assert_prints(term_op(t, OP_MUL, term_global(t, "b"),
			      term_global(t, "a"), NULL), "(* @a @b)");
	assert_prints(term_op(u, OP_MUL, term_global(u, "b"),
			      term_global(u, "a"), NULL), "(* @a @b)");
}

static void a_term_too_large_is_unknown(void **state)
{
	struct term_table *t = *state;
	const struct term *x = term_param(t, 0), *y = x;
	unsigned int i;

	for (i = 0; i < 100; i++)
		x = term_op(t, OP_MUL, x, x, NULL);
	assert_ptr_equal(x, term_unknown(t));
	for (i = 1; i < TERM_MAX_SIZE; i++)
		y = term_load(t, y, 0);
	assert_int_equal(y->size, TERM_MAX_SIZE);
	assert_ptr_equal(term_load(t, y, 0), term_unknown(t));
}

static void contains_finds_parts(void **state)
{
	struct term_table *t = *state;
	const struct term *x = read_term(t, "(load (. ([] $0 %1 8) t f 4) 0)");

	assert_true(term_contains(x, x));
	assert_true(term_contains(x, term_reg(t, 1)));
	assert_true(term_contains(x, read_term(t, "([] $0 %1 8)")));
	assert_false(term_contains(x, term_reg(t, 2)));
	assert_false(term_contains(term_reg(t, 1), x));
}

static const struct term *param_to_x(void *data, const struct term *x)
{
	struct term_table *t = data;

	return x->kind == TERM_PARAM ? read_term(t, "(. &x t f 8)") : NULL;
}

static void map_replaces_and_simplifies(void **state)
{
	static const char *const pair[][2] = {
		{ "$0", "(. &x t f 8)" }, { "%1", "%1" },
		{ "(load $0 3)", "(load (. &x t f 8) 3)" },
		{ "(. $0 u g 4)", "(. (. &x t f 8) u g 4)" },
		{ "([] $0 %1 4)", "([] (. &x t f 8) %1 4)" },
		{ "(call f 1 $0)", "(call f 1 (. &x t f 8))" },
		{ "(== $0 0)", "0" }, { "(+ $0 -8)", "&x" },
		{ "(?: (== %1 0) $0 $1)", "(. &x t f 8)" },
	};
	struct term_table *t = *state;
	size_t i;

	for (i = 0; i < COUNT(pair); i++)
		assert_prints(term_map(t, read_term(t, pair[i][0]), param_to_x,
				       t), pair[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_fold),
		cmocka_unit_test(constants_gather),
		cmocka_unit_test(neutral_parts_vanish),
		cmocka_unit_test(operands_have_one_order),
		cmocka_unit_test(comparisons_have_one_spelling),
		cmocka_unit_test(truth_values_are_unwrapped),
		cmocka_unit_test(addresses_move_and_compare),
		cmocka_unit_test(unknown_spreads),
		cmocka_unit_test(equal_terms_are_one),
		cmocka_unit_test(ids_are_dense),
		cmocka_unit_test(the_order_is_the_same_in_every_table),
		cmocka_unit_test(a_term_too_large_is_unknown),
		cmocka_unit_test(contains_finds_parts),
		cmocka_unit_test(map_replaces_and_simplifies),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
