// SPDX-License-Identifier: GPL-2.0-or-later
/* Single changes of a unified diff: all, some and none of them made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "changes.h"

/* 1 to 12, a line each; what the diff below starts from. */
static const char original[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";

/* A line changed, two removed, one added; a line added at the very end. */
static const char diff[] =
	"diff -u -p a/f b/f\n--- a/f\n+++ b/f\n"
	"@@ -1,9 +1,8 @@\n"
	" 1\n-2\n+two\n 3\n-4\n-5\n 6\n+six and a half\n 7\n 8\n 9\n"
	"@@ -12 +11,2 @@ function()\n"
	" 12\n+13\n";

struct fixture {
	struct arena *arena;
	struct changes c;
	struct error err;
};

static int set_up(void **state)
{
	struct arena *arena = arena_new(abort);
	struct fixture *f = arena_alloc(arena, sizeof(*f));

	f->arena = arena;
	*state = f;
	return changes_parse(&f->c, arena, diff, &f->err);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	return 0;
}

/* Takes the changes whose bits are set. */
static const char *with(struct fixture *f, unsigned int bits)
{
	size_t i;

	for (i = 0; i < f->c.n; i++)
		f->c.item[i].take = bits >> i & 1;
	return changes_apply(&f->c, original);
}

static void a_diff_is_its_changes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(f->c.n, 4);
	assert_int_equal(f->c.item[0].line, 2);
	assert_int_equal(f->c.item[0].gone, 1);
	assert_int_equal(f->c.item[0].come, 1);
	assert_int_equal(f->c.item[1].line, 4);
	assert_int_equal(f->c.item[1].gone, 2);
	assert_int_equal(f->c.item[1].come, 0);
	assert_int_equal(f->c.item[2].line, 7);
	assert_int_equal(f->c.item[2].gone, 0);
	assert_int_equal(f->c.item[3].line, 13);
	assert_false(f->c.item[3].take);
}

static void some_can_be_made(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(with(f, 0), original);
	assert_string_equal(with(f, 1),
			    "1\ntwo\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n");
	assert_string_equal(with(f, 2), "1\n2\n3\n6\n7\n8\n9\n10\n11\n12\n");
	assert_string_equal(with(f, 12), "1\n2\n3\n4\n5\n6\nsix and a half\n"
			    "7\n8\n9\n10\n11\n12\n13\n");
	assert_string_equal(with(f, 15), "1\ntwo\n3\n6\nsix and a half\n7\n8\n"
			    "9\n10\n11\n12\n13\n");
}

/* Lines that stay keep their number of the original, with any of them. */
static void lines_are_found_again(void **state)
{
	struct fixture *f = *state;
	unsigned int bits, line, number;
	const char *s;

	for (bits = 0; bits < 16; bits++) {
		line = 1;
		for (s = with(f, bits); *s; s = strchr(s, '\n') + 1, line++) {
			number = (unsigned int)strtoul(s, NULL, 10);
			if (number && number < 13)
				assert_int_equal(changes_origin(&f->c, line),
						 number);
		}
	}
	with(f, 15);
	assert_int_equal(changes_origin(&f->c, 2), 2);
	assert_int_equal(changes_origin(&f->c, 5), 7);
}

static void what_is_no_diff_is_refused(void **state)
{
	static const char *const bad[] = {
		"@@ nonsense @@\n", "@@ -1,2 +1,2 @@\n 1\n",
		"@@ -1,2 +1,2 @@\n 1\nx\n",
	};
	struct fixture *f = *state;
	struct changes c;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(changes_parse(&c, f->arena, bad[i], &f->err),
				 -1);
	assert_int_equal(changes_parse(&c, f->arena, "", &f->err), 0);
	assert_int_equal(c.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_diff_is_its_changes, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(some_can_be_made, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(lines_are_found_again, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_diff_is_refused,
						set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
