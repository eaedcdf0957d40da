// SPDX-License-Identifier: GPL-2.0-or-later
/* Arenas and errors: what lives in one, and what a sentence may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "arena.h"
#include "error.h"

static void oom(void)
{
	abort();
}

static jmp_buf no_memory;

static void jump(void)
{
	longjmp(no_memory, 1);
}

static int set_up(void **state)
{
	*state = arena_new(oom);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 4095, 16384, 3000000 };
	unsigned char *p[100];
	size_t size, i, k;

	for (i = 0; i < 100; i++) {
		size = sizes[i % 7];
		p[i] = arena_alloc(*state, size);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		for (k = 0; k < size; k++)
			assert_int_equal(p[i][k], 0);
		memset(p[i], (int)i + 1, size);
	}
	for (i = 0; i < 100; i++) {
		for (k = 0; k < sizes[i % 7]; k++)
			assert_int_equal(p[i][k], i + 1);
		for (k = 0; k < i; k++)
			assert_ptr_not_equal(p[i], p[k]);
	}
}

/* Large objects have chunks of their own, at addresses of all kinds. */
static void a_reset_arena_gives_out_its_own_memory(void **state)
{
	struct arena *a = arena_new(oom);
	char *small[64], *large;
	unsigned int round, i, k;

	(void)state;
	for (round = 0; round < 200; round++) {
		for (i = 0; i < 64; i++) {
			small[i] = arena_alloc(a, 48);
			memset(small[i], (int)i + 1, 48);
			large = arena_alloc(a, 6000 + 977 * (round * i % 89));
			memset(large, 0xff, 6000);
		}
		for (i = 0; i < 64; i++)
			for (k = 0; k < 48; k++)
				assert_int_equal(small[i][k], (char)(i + 1));
		arena_reset(a);
	}
	arena_free(a);
}

static void used_counts_what_was_taken(void **state)
{
	size_t before = arena_used(*state);

	arena_alloc(*state, 1000);
	assert_in_range(arena_used(*state) - before, 1000, 1015);
}

static void an_array_grows_and_keeps_its_elements(void **state)
{
	unsigned int *array = NULL, i;

	for (i = 0; i < 1000; i++) {
		array = arena_grow(*state, array, i, sizeof(*array));
		array[i] = i;
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(array[i], i);
}

static void strings_are_copied(void **state)
{
	char text[] = "ring";
	char *copy = arena_strdup(*state, text);

	text[0] = 'k';
	assert_string_equal(copy, "ring");
	assert_string_equal(arena_strndup(*state, text, 2), "ki");
	assert_string_equal(arena_strndup(*state, text, 99), "king");
	assert_string_equal(arena_printf(*state, "%s-%d", text, 7), "king-7");
	assert_string_equal(arena_printf(*state, "%s", ""), "");
}

static void a_long_string_is_formatted_whole(void **state)
{
	char *s = arena_printf(*state, "%0100000d", 1);

	assert_int_equal(strlen(s), 100000);
	assert_int_equal(s[99999], '1');
}

static void interned_strings_are_equal_by_pointer(void **state)
{
	char text[32];
	const char *first[2000];
	int i;

	for (i = 0; i < 2000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		first[i] = arena_intern(*state, text);
		assert_string_equal(first[i], text);
		assert_ptr_not_equal(first[i], text);
	}
	for (i = 0; i < 2000; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		assert_ptr_equal(arena_intern(*state, text), first[i]);
		assert_ptr_equal(arena_intern(*state, first[i]), first[i]);
	}
	assert_ptr_not_equal(first[0], first[1]);
}

static void no_memory_calls_the_handler(void **state)
{
	struct arena *a = arena_new(jump);

	(void)state;
	if (!setjmp(no_memory)) {
		arena_alloc(a, SIZE_MAX - 4);
		fail_msg("an allocation of all memory returned");
	}
	if (!setjmp(no_memory)) {
		arena_grow(a, NULL, (size_t)1 << 62, 16);
		fail_msg("an array of all memory returned");
	}
	arena_free(a);
}

static void null_may_be_freed(void **state)
{
	(void)state;
	arena_free(NULL);
}

static void an_error_is_one_sentence(void **state)
{
	struct error err;

	(void)state;
	assert_int_equal(error_set(&err, "%s has no %s", "x.c", "unit"), -1);
	assert_string_equal(err.text, "x.c has no unit");
	assert_int_equal(error_prefix(&err, "line %d", 3), -1);
	assert_string_equal(err.text, "line 3: x.c has no unit");
	error_set(&err, "again: %s", err.text);
	assert_string_equal(err.text, "again: line 3: x.c has no unit");
	error_set(&err, "before \"a\nb\"");
	assert_string_equal(err.text, "before \"a b\"");
}

static void a_long_error_is_cut(void **state)
{
	struct error err;

	(void)state;
	error_set(&err, "%02000d", 1);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	error_prefix(&err, "%01500d", 2);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_int_equal(err.text[0], '0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(a_reset_arena_gives_out_its_own_memory),
		cmocka_unit_test(used_counts_what_was_taken),
		cmocka_unit_test(an_array_grows_and_keeps_its_elements),
		cmocka_unit_test(strings_are_copied),
		cmocka_unit_test(a_long_string_is_formatted_whole),
		cmocka_unit_test(interned_strings_are_equal_by_pointer),
		cmocka_unit_test(no_memory_calls_the_handler),
		cmocka_unit_test(null_may_be_freed),
		cmocka_unit_test(an_error_is_one_sentence),
		cmocka_unit_test(a_long_error_is_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
