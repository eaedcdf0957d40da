// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A damaged text form never crashes its reader: it yields a unit that prints
 * and reads back, or a sentence. Changes are random, the seed is fixed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "event.h"

#define ROUNDS 4000

static const char driver[] =
	"unit x.c\n"
	"file 1 x.h\n"
	"ops pci_driver probe x_driver x_probe\n"
	"function x_probe int 0:120:12 static taken\n"
	"\tparam 0 pdev pci_dev\n"
	"\treg 5 ring x_ring\n"
	"\treg 12 - -\n"
	"\tlocal h -\n"
	"block 0\n"
	"\tset %0 (+ $0 16) 0:121:3\n"
	"\tload %5 (. $0 x_priv ring 8) x_ring 0:121:3\n"
	"\tcall %7 dma_alloc_coherent (%5 64 &h 3264) 0:123:9\n"
	"\ttest (== %7 0) 6 1 0:125:5\n"
	"block 1\n"
	"\tphi %8 0:0 2:%9 0:130:2\n"
	"\ttest (< %8 4) 2 3 1:9:9\n"
	"block 2\n"
	"\tstore (. ([] (. %5 r b 16) %8 24) x dma 0) %7 dma_addr_t 0:8:1\n"
	"\tset %9 (+ %8 1) 0:129:1\n"
	"\tgoto 1\n"
	"block 3\n"
	"\tswitch %8 (4 1 3) (5 9 9) (4 -5 -5) (5) 0:131:3\n"
	"block 4\n"
	"\tcall - @(load (. %5 x_ops fn 8) 0) (%5 @g \"a\\\"b\\x01\") 0:4:2\n"
	"\tgoto 5\n"
	"block 5\n"
	"\tphi %10 3:1 4:(?: (& (== %1 2) (> %2 3)) (trunc %3 32) ?)\n"
	"\ttest %10 7 7 0:135:2\n"
	"block 6\n"
	"\tcall - panic (\"no\" (call f (fresh call 1 2))) 0:124:2\n"
	"block 7\n"
	"\tphi %12 5:-12 5:0\n"
	"\treturn %12 0:140:1\n"
	"end\n";

static const char *const pieces[] = {
	"(", ")", " ", "\n", "-", "\"", "\\x", "9", "4294967295", "%", "$",
	"@", "&", "?", ":", "#", "block 1\n", "end\n", "(neg ", "\t", "\xff",
	"phi %1 0:1\n", "(1 2 3)", "unit y.c\n", "0:0:0",
};

static void oom(void)
{
	abort();
}

static unsigned int pick(uint64_t *seed, unsigned int n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned int)((*seed >> 11) % n);
}

/* Cuts up to @cut bytes out of @text, at @at, and puts @piece there. */
static void replace(char *text, size_t at, size_t cut, const char *piece,
		    size_t len)
{
	size_t size = strlen(text);

	if (cut > size - at)
		cut = size - at;
	memmove(text + at + len, text + at + cut, size - at - cut + 1);
	memcpy(text + at, piece, len);
}

static void damage(char *text, uint64_t *seed)
{
	size_t at = pick(seed, (unsigned int)strlen(text));
	size_t from = pick(seed, sizeof(driver) - 100);
	const char *piece;
	char byte;

	switch (pick(seed, 5)) {
	case 0:
		byte = (char)(1 + pick(seed, 255));
		replace(text, at, 1, &byte, 1);
		break;
	case 1:
		replace(text, at, 1 + pick(seed, 20), "", 0);
		break;
	case 2:
		replace(text, at, pick(seed, 3), driver + from,
			1 + pick(seed, 99));
		break;
	case 3:
		if (pick(seed, 4) == 0)
			text[at ? at : 1] = '\0';
		break;
	default:
		piece = pieces[pick(seed, sizeof(pieces) / sizeof(*pieces))];
		replace(text, at, pick(seed, 2), piece, strlen(piece));
	}
}

static char *text_of(const struct unit *u)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	unit_print(out, u);
	fclose(out);
	return text;
}

/* 1 if @text was read, and then it is printed and read back the same. */
static int try_text(const char *text)
{
	struct arena *a = arena_new(oom);
	struct error err = { "" };
	struct unit *u = unit_parse(a, text, &err);
	char *once, *twice;

	if (u) {
		once = text_of(u);
		u = unit_parse(a, once, &err);
		assert_non_null(u);
		twice = text_of(u);
		assert_string_equal(once, twice);
		free(once);
		free(twice);
	} else {
		assert_memory_equal(err.text, "line ", 5);
		assert_null(strchr(err.text, '\n'));
	}
	arena_free(a);
	return u != NULL;
}

static void damaged_texts_do_not_crash(void **state)
{
	char text[sizeof(driver) + 1000];
	uint64_t seed = 2463534242;
	unsigned int i, n, good = 0;

	(void)state;
	assert_int_equal(try_text(driver), 1);
	for (i = 0; i < ROUNDS; i++) {
		memcpy(text, driver, sizeof(driver));
		for (n = 1 + pick(&seed, 3); n; n--)
			damage(text, &seed);
		good += (unsigned int)try_text(text);
	}
	/* Some damage does no harm; most does. */
	assert_in_range(good, ROUNDS / 50, ROUNDS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_texts_do_not_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
