// SPDX-License-Identifier: GPL-2.0-or-later
/* Compile lines: split as the shell would, cleaned for an audit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "cmdline.h"
#include "rules.h"
#include "scan.h"

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

/* All commands, their words between "[" and "]". */
static void collect(void *data, struct strings *words)
{
	struct buffer *b = data;
	size_t i;

	for (i = 0; i < words->n; i++) {
		buffer_puts(b, "[");
		buffer_puts(b, words->item[i]);
		buffer_puts(b, "]");
	}
	buffer_puts(b, ";");
}

static const char *split(struct arena *arena, const char *text)
{
	struct buffer b;

	buffer_init(&b, arena);
	cmdline_split(arena, text, collect, &b);
	return b.data;
}

static void words_are_the_shells(void **state)
{
	static const char *const pair[][2] = {
		{ "", "" },
		{ "  a \t b ", "[a][b];" },
		{ "a;b", "[a];[b];" },
		{ "a && b | c", "[a];[b];[c];" },
		{ "'a;b' \"c d\"", "[a;b][c d];" },
		{ "-DX='\"e1000\"'", "[-DX=\"e1000\"];" },
		{ "a'b'\"c\"d", "[abcd];" },
		{ "''", "[];" },
		{ "a\\ b \\\"", "[a b][\"];" },
		{ "\"a\\\"b\\n\"", "[a\"b\\n];" },
		{ "a \\\nb", "[a][b];" },
		{ "echo 'it'\\''s; x'; y", "[echo][it's; x];[y];" },
		{ "'open", "[open];" },
		{ "end\\", "[end];" },
	};
	size_t i;

	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++)
		assert_string_equal(split(*state, pair[i][0]), pair[i][1]);
}

static void quoting_is_undone_by_splitting(void **state)
{
	static const char *const words[] = {
		"plain", "", "a b", "it's", "\"", "$HOME", "a\\b", "-DX=\"y\"",
		"semi;colon", "new\nline",
	};
	struct buffer b, want;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		buffer_init(&b, *state);
		cmdline_quote(&b, words[i]);
		buffer_init(&want, *state);
		buffer_puts(&want, "[");
		buffer_puts(&want, words[i]);
		buffer_puts(&want, "];");
		assert_string_equal(split(*state, b.data), want.data);
	}
}

struct found {
	struct arena *arena;
	struct cmdline cmd;
	int n;
};

static void find(void *data, struct strings *words)
{
	struct found *f = data;

	f->n += cmdline_compiles(f->arena, words, &f->cmd);
}

static struct found compiles(struct arena *arena, const char *text)
{
	struct found f = { .arena = arena };

	cmdline_split(arena, text, find, &f);
	return f;
}

static void compilers_are_told_from_other_commands(void **state)
{
	static const char *const yes[] = {
		"gcc -c -o x.o x.c", "cc -c x.c", "gcc-12 -c x.c",
		"x86_64-linux-gnu-gcc-12.2 -c x.c",
		"/usr/bin/aarch64-linux-gnu-gcc -c x.c", "clang-15 -c x.c",
		"ccache gcc -c x.c", "set -e; gcc -c -o x.o x.c; objtool x.o",
		"gcc -include a.c -c x.c",
	};
	static const char *const no[] = {
		"", "gcc -o x x.o", "gcc -E x.c", "echo gcc -c x.c",
		"rm x.c -c", "gcc -c -o x.o x.S", "g++ -c x.cc",
		"echo 'gcc -c -o x.o x.c'", "xcc1 -c x.c",
		"gcc -c -include x.c",
	};
	struct found f;
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		f = compiles(*state, yes[i]);
		assert_int_equal(f.n, 1);
		assert_string_equal(f.cmd.source, "x.c");
	}
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_int_equal(compiles(*state, no[i]).n, 0);
}

static void the_source_is_clean(void **state)
{
	assert_string_equal(compiles(*state, "gcc -c ./a//b/../x.c").cmd.source,
			    "a/x.c");
}

/* What an audit has no use for goes; all else stays, in its order. */
static void cleaning(void **state)
{
	static const char line[] =
		"gcc -Wp,-MMD,drivers/.x.o.d -nostdinc -I./include "
		"-include ./include/linux/kconfig.h -D__KERNEL__ -g -gdwarf-5 "
		"-Werror -Werror=return-type -Wall -std=gnu11 "
		"-fsanitize=kernel-address -fasan-shadow-offset=0xdf "
		"--param asan-stack=1 --param=asan-globals=1 "
		"--param max-inline-insns=4 -fsanitize-coverage=trace-pc "
		"-fno-sanitize=all -fprofile-arcs -ftest-coverage "
		"-fplugin=./scripts/gcc-plugins/x.so -fplugin-arg-x-y "
		"-DLATENT_ENTROPY_PLUGIN -DPLUGIN_NOT -pg -mrecord-mcount "
		"-mfentry -DCC_USING_FENTRY -flto -MD -MF x.d -MT x -O2 "
		"-DKBUILD_MODNAME='\"x\"' -c -o drivers/x.o drivers/x.c";
	struct found f = compiles(*state, line);
	struct strings out;

	assert_int_equal(f.n, 1);
	strings_init(&out, *state);
	cmdline_clean(&f.cmd, &out);
	assert_string_equal(strings_join(&out, " "),
		"gcc -nostdinc -I./include "
		"-include ./include/linux/kconfig.h -D__KERNEL__ "
		"-Wall -std=gnu11 --param max-inline-insns=4 -DPLUGIN_NOT -pg "
		"-mrecord-mcount -mfentry -DCC_USING_FENTRY -O2 "
		"-DKBUILD_MODNAME=\"x\" drivers/x.c");
}

static void callers_of_the_api_are_found(void **state)
{
	static const char *const yes[] = {
		"x = dma_alloc_coherent(dev, 1, &h, 0);",
		"dma_alloc_coherent (", "dma_unmap_single\t(a",
		"a(dma_mapping_error(dev, h))",
	};
	static const char *const no[] = {
		"", "dma_alloc_coherent", "my_dma_alloc_coherent(x)",
		"dma_alloc_coherent_x(x)", "dma_alloc_coherent, (x)",
		"kzalloc(1, 2)", "(((",
	};
	struct error err;
	struct rules *r = rules_load(NULL, &err);
	size_t i;

	(void)state;
	assert_non_null(r);
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_true(scan_text(r, yes[i], strlen(yes[i])));
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(scan_text(r, no[i], strlen(no[i])));
	rules_free(r);
}

static void paths_are_cleaned(void **state)
{
	static const char *const pair[][2] = {
		{ "./a//b/", "a/b" }, { "a/../b", "b" }, { "..", ".." },
		{ "../../a", "../../a" }, { "/", "/" }, { "/a/./b/..", "/a" },
		{ ".", "." }, { "a/..", "." },
	};
	size_t i;

	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++)
		assert_string_equal(path_clean(*state, pair[i][0]),
				    pair[i][1]);
	assert_true(path_below("a/b", "a"));
	assert_true(path_below("a", "a"));
	assert_true(path_below("a/b", "."));
	assert_false(path_below("ab", "a"));
	assert_false(path_below("a", "a/b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_the_shells),
		cmocka_unit_test(quoting_is_undone_by_splitting),
		cmocka_unit_test(compilers_are_told_from_other_commands),
		cmocka_unit_test(the_source_is_clean),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(callers_of_the_api_are_found),
		cmocka_unit_test(paths_are_cleaned),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
