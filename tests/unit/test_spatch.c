// SPDX-License-Identifier: GPL-2.0-or-later
/* One semantic patch over several files: what it says of which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "spatch.h"

struct fixture {
	struct arena *arena;
	struct spatch s;
	struct error err;
};

static const char masks[] =
	"// SPDX-License-Identifier: GPL-2.0-or-later\n"
	"// Options: --no-includes\n"
	"virtual report\n"
	"virtual patch\n"
	"@r@ position p; @@\n"
	"set_mask@p(0xff)\n"
	"@depends on patch@ @@\n"
	"- set_mask(0xff)\n"
	"+ set_mask(MASK(8))\n"
	"@script:python depends on report@ p << r.p; @@\n"
	"coccilib.report.print_report(p[0], \"a number\")\n";

/* It never comes to an end where the file says so. */
static const char endless[] =
	"virtual report\n"
	"@r@ position p; @@\n"
	"forever@p()\n"
	"@script:ocaml depends on report@ p << r.p; @@\n"
	"while true do ignore (Sys.opaque_identity (ref p)) done\n";

static void put(struct fixture *f, const char *name, const char *text)
{
	const char *path = path_join(f->arena, f->s.tree, name);

	assert_int_equal(file_write(path, text, strlen(text), &f->err), 0);
}

static int set_up(void **state)
{
	struct arena *arena = arena_new(abort);
	struct fixture *f = arena_alloc(arena, sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	char *dir = arena_printf(arena, "%s/spatch-XXXXXX",
				 tmp ? tmp : "/tmp");

	f->arena = arena;
	f->s.arena = arena;
	f->s.tree = f->s.tmp = mkdtemp(dir);
	assert_non_null(f->s.tree);
	f->s.script = path_join(arena, dir, "script.cocci");
	put(f, "script.cocci", masks);
	put(f, "a.c", "int f(void)\n{\n\treturn set_mask(0xff);\n}\n");
	put(f, "b.c", "int g(void)\n{\n\treturn set_mask(0);\n}\n");
	put(f, "c.c", "int h(void)\n{\n\tset_mask(0xff);\n"
	    "\treturn set_mask(0xff);\n}\n");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	static const char *const name[] = { "a.c", "b.c", "c.c",
					    "script.cocci" };
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		unlink(path_join(f->arena, f->s.tree, name[i]));
	/* nothing else is left */
	assert_int_equal(rmdir(f->s.tree), 0);
	arena_free(f->arena);
	return 0;
}

static void test_reports(void **state)
{
	struct fixture *f = *state;
	struct spatch_file file[] = { { .path = "a.c" }, { .path = "none.c" },
				      { .path = "b.c" }, { .path = "c.c" } };

	assert_int_equal(spatch_run(&f->s, file, 4, &f->err), 0);
	assert_string_equal(file[0].text, "a.c:3:8-16: a number\n");
	assert_null(file[0].failure);
	assert_string_equal(file[1].text, "");
	assert_string_equal(file[1].failure, "cannot be read");
	assert_string_equal(file[2].text, "");
	assert_null(file[2].failure);
	assert_string_equal(file[3].text, "c.c:3:1-9: a number\n"
			    "c.c:4:8-16: a number\n");
}

/* What is read from the cache says the same. */
static void test_cache(void **state)
{
	struct fixture *f = *state;
	const char *dir = path_join(f->arena, f->s.tree, "cache");
	struct spatch_file file = { .path = "a.c" };
	int i;

	assert_int_equal(make_dirs(dir, &f->err), 0);
	f->s.cache = dir;
	for (i = 0; i < 2; i++) {
		assert_int_equal(spatch_run(&f->s, &file, 1, &f->err), 0);
		assert_string_equal(file.text, "a.c:3:8-16: a number\n");
	}
	assert_int_equal(unlink(path_join(f->arena, dir, "a.c.ast_raw")), 0);
	assert_int_equal(unlink(path_join(f->arena, dir, "a.c.depend_raw")),
			 0);
	assert_int_equal(rmdir(dir), 0);
}

static void test_patches(void **state)
{
	struct fixture *f = *state;
	struct spatch_file file[] = { { .path = "b.c" }, { .path = "a.c" } };

	f->s.mode = SPATCH_PATCH;
	assert_int_equal(spatch_run(&f->s, file, 2, &f->err), 0);
	assert_string_equal(file[0].text, "");
	assert_non_null(strstr(file[1].text, "--- a/a.c\n+++ b/a.c\n@@ "));
	assert_non_null(strstr(file[1].text,
		"\n-\treturn set_mask(0xff);\n+\treturn set_mask(MASK(8));\n"));
}

static void test_time_limit(void **state)
{
	struct fixture *f = *state;
	struct spatch_file file[] = { { .path = "a.c" }, { .path = "c.c" } };

	put(f, "script.cocci", endless);
	put(f, "a.c", "int f(void)\n{\n\treturn forever();\n}\n");
	f->s.limit = 1;
	assert_int_equal(spatch_run(&f->s, file, 2, &f->err), 0);
	assert_string_equal(file[0].failure, "took more than 1 s");
	assert_null(file[1].failure);
}

static void test_mistakes(void **state)
{
	struct fixture *f = *state;
	struct spatch_file file = { .path = "a.c" };

	f->s.mode = SPATCH_PATCH;
	put(f, "script.cocci", endless);
	assert_int_equal(spatch_run(&f->s, &file, 1, &f->err), -1);
	assert_non_null(strstr(f->err.text, "virtual rule patch not supported"));
	f->s.mode = SPATCH_REPORT;
	put(f, "script.cocci", "virtual report\n@ no semantic patch\n");
	assert_int_equal(spatch_run(&f->s, &file, 1, &f->err), -1);
}

static void test_head(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(spatch_head(f->arena, masks, "Options"),
			    "--no-includes");
	assert_null(spatch_head(f->arena, masks, "Confidence"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reports, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_cache, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_patches, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_time_limit, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_mistakes, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_head, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
