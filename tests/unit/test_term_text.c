// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The text form of terms: what is printed can be read again, and what cannot
 * be read gets a sentence.
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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void texts_are_printed_as_they_were_read(void **state)
{
	static const char *const text[] = {
		"0", "-22", "9223372036854775807", "-9223372036854775808",
		"\"\"", "\"a \\\"b\\\" \\\\ \\n \\x01\\x7F\\xFF #\"",
		"%0", "%4294967295", "$3", "@__func__.3", "&D.1234", "&x$y",
		"@a\\x20b\\x28\\x29\\x22\\x23\\x5C", "@\\e", "?",
		"(. $0 - name 16)", "(. $0 type - 16)", "(. $0 t f -8)",
		"([] $0 (* %1 3) 0)", "(load (load $0 0) 12)",
		"(fresh call -17 4294967295)", "(call f)",
		"(call netdev_priv $0 \"x\" 1)", "(?: (== $0 1) $1 %2)",
		"(trunc $0 32)", "(% $0 $1)", "(>> $0 $1)", "(>>u $0 $1)",
	};
	size_t i;

	for (i = 0; i < COUNT(text); i++)
		assert_prints(read_term(*state, text[i]), text[i]);
	assert_prints(read_term(*state, " ( +  $0\t7 )"), "(+ $0 7)");
	assert_prints(term_field(*state, term_param(*state, 0), "", NULL, 4),
		      "(. $0 - - 4)");
}

static void parse_stops_behind_the_term(void **state)
{
	const char *text = "(+ $0 1) %2 rest";
	struct error err;

	assert_non_null(term_parse(*state, &text, &err));
	assert_string_equal(text, " %2 rest");
	assert_non_null(term_parse(*state, &text, &err));
	assert_string_equal(text, " rest");
	assert_null(term_parse(*state, &text, &err));
	assert_string_equal(text, " rest");
}

static void operators_have_names(void **state)
{
	enum term_op op;

	(void)state;
	for (op = OP_NONE + 1; op < OP_MAX_OP; op++)
		assert_int_equal(term_op_from_name(term_op_name(op)), op);
	assert_null(term_op_name(OP_NONE));
	assert_int_equal(term_op_from_name("plus"), OP_NONE);
}

static void bad_texts_get_a_sentence(void **state)
{
	static const char *const pair[][2] = {
		{ "", "a term is missing" }, { "x", "a term is missing" },
		{ "(", "unknown operator" },
		{ "(foo 1 2)", "unknown operator" },
		{ "(reallylongname 1)", "unknown operator" },
		{ "(+ 1)", "operator + takes 2 arguments, not 1" },
		{ "(neg 1 2)", "operator neg takes 1 arguments, not 2" },
		{ "(+ 1 2", "a term is missing" },
		{ "(load $0 1", "\")\" is missing" },
		{ "(load $0 x)", "a number is missing" },
		{ "(+ 1\n2)", "a term is missing" },
		{ "\"abc", "a string is not closed" },
		{ "\"a\nb\"", "a string is not closed" },
		{ "\"\\q\"", "unknown escape" },
		{ "\"\\x00\"", "unknown escape" },
		{ "\"\\x4\"", "unknown escape" }, { "@", "a name is missing" },
		{ "@a\\q", "bad name" }, { "%x", "a number is missing" },
		{ "%4294967296", "number out of range" },
		{ "$-1", "number out of range" },
		{ "-", "a number is missing" },
		{ "9223372036854775808", "number too large" },
		{ "-9223372036854775809", "number too large" },
		{ "99999999999999999999999", "number too large" },
		{ "(fresh x 1 -1)", "number out of range" },
		{ "(. $0 t)", "a name is missing" },
		{ "(call f 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17)",
		  "too many arguments" },
	};
	struct error err;
	const char *text;
	size_t i;

	for (i = 0; i < COUNT(pair); i++) {
		text = pair[i][0];
		err.text[0] = '\0';
		assert_null(term_parse(*state, &text, &err));
		if (!strstr(err.text, pair[i][1]) || strchr(err.text, '\n'))
			fail_msg("%s: \"%s\", not \"%s\"", pair[i][0],
				 err.text, pair[i][1]);
	}
}

static void deep_nesting_is_refused(void **state)
{
	char deep[100001];
	const char *text = deep;
	struct error err;

	memset(deep, '(', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	assert_null(term_parse(*state, &text, &err));
	for (text = deep; text < deep + 100000; text += 4)
		memcpy((char *)text, "(!  ", 4);
	text = deep;
	assert_null(term_parse(*state, &text, &err));
	assert_non_null(strstr(err.text, "nested too deeply"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_printed_as_they_were_read),
		cmocka_unit_test(parse_stops_behind_the_term),
		cmocka_unit_test(operators_have_names),
		cmocka_unit_test(bad_texts_get_a_sentence),
		cmocka_unit_test(deep_nesting_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
