// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of the API, as the text of a source has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "calls.h"

struct fixture {
	struct arena *arena;
	struct rules *rules;
};

static int set_up(void **state)
{
	struct arena *arena = arena_new(abort);
	struct fixture *f = arena_alloc(arena, sizeof(*f));
	struct error err;

	f->arena = arena;
	f->rules = rules_load(NULL, &err);
	assert_non_null(f->rules);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	rules_free(f->rules);
	arena_free(f->arena);
	return 0;
}

/* "LINE:COL(BEGINS) FUNCTION" of each; "macro" before those of a macro. */
static const char *calls(struct fixture *f, const char *text)
{
	struct call *c;
	size_t i, n = calls_find(f->arena, f->rules, text, strlen(text), &c);
	struct buffer b;

	buffer_init(&b, f->arena);
	for (i = 0; i < n; i++)
		buffer_printf(&b, "%s%s%u:%u(%u) %s", i ? "; " : "",
			      c[i].macro ? "macro " : "", c[i].line, c[i].col,
			      c[i].begins, c[i].function);
	return b.data;
}

static void test_places(void **state)
{
	assert_string_equal(calls(*state,
		"static int f(struct x *x)\n{\n"
		"\tif (unlikely(a &&\n"
		"\t\t     dma_mapping_error(d, h)))\n"
		"\t\tdma_unmap_single (d, h, 1, 2);\n"
		"\tfor (i = 0; i < 2; i++) {\n"
		"\t\ty = dma_map_single\n\t\t\t(d, p, 1, 2);\n\t}\n}\n"
		"int g(void) { return dma_map_sg(a, b, c, d); }\n"),
		"4:8(3) f; 5:3(3) f; 7:7(7) f; 11:22(11) g");
}

static void test_what_is_no_call(void **state)
{
	assert_string_equal(calls(*state,
		"void dma_unmap_page(int a);\n"
		"void dma_unmap_single(int a)\n{\n\tx(a);\n}\n"
		"/* dma_unmap_page(a) */\n// dma_unmap_page(a)\n"
		"void f(void)\n{\n"
		"\tputs(\"dma_unmap_page(\\\"\");\n"
		"\tops->dma_unmap_page(1);\n\tops.dma_unmap_page(1);\n"
		"\tp = dma_unmap_page;\n\tc = '\"';\n"
		"\tmy_dma_unmap_page(1);\n\tkfree(p);\n}\n"
		"#if 0\nvoid g(void) { dma_unmap_page(1); }\n#endif\n"), "");
}

static void test_preprocessor(void **state)
{
	assert_string_equal(calls(*state,
		"#define FREE(x) \\\n\tdo { dma_unmap_page(x); } while (0)\n"
		"#error don't\n"
		"void f(void)\n{\n"
		"#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n"
		"\t\tdma_unmap_page(1);\n\t}\n}\n"
		"void dma_unmap_page(int a);\n"
		"#if 0\n\tit's\n#else\n"
		"void g(void)\n{\n\tdma_unmap_page(1);\n}\n#endif\n"
		"#define X dma_unmap_page(1)"),
		"macro 2:7(2) FREE; 11:3(11) f; 20:2(20) g; "
		"macro 23:11(23) X");
}

static void test_cut_off(void **state)
{
	static const char *const text[] = {
		"", "/*", "//", "\"", "'\\", "#", "#define", "#define X \\",
		"void f(void) { dma_unmap_page(", "dma_unmap_page", "->", "{{",
		"#if 0", "#if 0\n/*", "}}}", "#else\n#endif\n", "/", ">",
	};
	size_t i;

	for (i = 0; i + 1 < sizeof(text) / sizeof(text[0]); i++)
		assert_string_equal(calls(*state, text[i]), i == 8 ?
				    "1:16(1) f" : "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_places, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_no_call, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_preprocessor, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_cut_off, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
