// SPDX-License-Identifier: GPL-2.0-or-later
/* What semantic patches print, and how it is remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "cocci_report.h"
#include "cocci_results.h"

static int set_up(void **state)
{
	*state = arena_new(abort);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_report(void **state)
{
	struct cocci_report r;

	assert_true(cocci_report_read(*state, "drivers/a.c:12:3-17: "
		"[size-mismatch] f(): 4 is not 8 of dma_map_single() on line 9",
		&r));
	assert_string_equal(r.file, "drivers/a.c");
	assert_int_equal(r.line, 12);
	assert_int_equal(r.col, 4);
	assert_int_equal(r.width, 14);
	assert_string_equal(r.class, "size-mismatch");
	assert_string_equal(r.function, "f");
	assert_string_equal(r.sentence,
			    "4 is not 8 of dma_map_single() on line 9");
	assert_int_equal(r.on_line, 9);
}

static void test_report_of_a_call(void **state)
{
	struct cocci_report r;

	assert_true(cocci_report_read(*state, "a.c:1:0-5: ", &r));
	assert_string_equal(r.class, "");
	assert_string_equal(r.function, "");
	assert_string_equal(r.sentence, "");
	assert_int_equal(r.on_line, 0);
}

static void test_no_report(void **state)
{
	static const char *const line[] = {
		"", "a.c", "a.c:", "a.c:x:1-2: y", "a.c:1", "a.c:1:2: y",
		"a.c:1:2-", "a.c:1:2-3", "init_defs_builtins: /usr/lib",
	};
	struct cocci_report r;
	size_t i;

	for (i = 0; i < sizeof(line) / sizeof(line[0]); i++)
		assert_false(cocci_report_read(*state, line[i], &r));
}

static void test_results(void **state)
{
	static const char text[] =
		"=h1\tone\ta.c\t\n\ta.c:1:0-1: x\n\ta.c:2:0-1: y\n.\n"
		"=h2\ttwo\ta.c\ttook more than 1 s\n.\n"
		"=h3\tone\ta.c\t\n.\n"
		"nonsense\n"
		"=h4\tthree\tb.c\t\n\tb.c:1:0-1: cut o";
	struct cocci_results r = { .arena = *state };
	const char *tmp = getenv("TMPDIR");
	const char *path = arena_printf(*state, "%s/results-%d",
					tmp ? tmp : "/tmp", (int)getpid());
	const struct cocci_result *e;
	struct error err;

	assert_int_equal(file_write(path, text, strlen(text), &err), 0);
	cocci_results_read(&r, path);
	e = cocci_results_find(&r, "one", "a.c");
	assert_string_equal(e->hash, "h3");
	assert_string_equal(e->text, "");
	e = cocci_results_find(&r, "two", "a.c");
	assert_string_equal(e->failure, "took more than 1 s");
	assert_null(cocci_results_find(&r, "three", "b.c"));
	cocci_results_drop(&r, "two", "a.c");
	assert_null(cocci_results_find(&r, "two", "a.c"));
	assert_int_equal(cocci_results_write(&r, path, &err), 0);
	assert_string_equal(file_read(*state, path, NULL, &err),
			    "=h3\tone\ta.c\t\n.\n");
	unlink(path);
	cocci_results_free(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_report, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_report_of_a_call, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_no_report, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_results, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
