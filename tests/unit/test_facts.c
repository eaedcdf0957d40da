// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts files: what is written is read back; what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>
#include "facts.h"
#include "util.h"

static const char program[] =
	"unit drivers/x.c\n"
	"file 1 include/linux/y.h\n"
	"ops pci_driver probe x_driver x_probe\n"
	"function x_probe int 0:3:5\n"
	"param 0 dev device\n"
	"reg 0 cpu -\n"
	"reg 1 ret -\n"
	"reg 2 - dma_addr_t\n"
	"local h dma_addr_t\n"
	"block 0\n"
	"call %0 dma_alloc_coherent ($0 64 &h 3264) 0:4:2\n"
	"test (== %0 0) 1 2 0:5:2\n"
	"block 1\n"
	"return -12 0:6:2\n"
	"block 2\n"
	"call %1 start ($0) 0:7:2\n"
	"test (< %1 0) 3 4 0:7:2\n"
	"block 3\n"
	"return -5 0:8:3\n"
	"block 4\n"
	"load %2 &h dma_addr_t 0:9:2\n"
	"call - dma_free_coherent ($0 64 %0 %2) 0:9:2\n"
	"return 0 0:10:2\n"
	"end\n"
	"function unrelated int 1:3:5 static inline\n"
	"block 0\n"
	"return 0 1:4:2\n"
	"end\n";

struct fixture {
	struct arena *arena;
	struct rules *rules;
	struct unit *unit;
	struct result *result;
	char path[64];
	struct error err;
};

static int set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));
	struct facts_head head = { "drivers/x.c", "test", "1.2.3" };

	assert_non_null(x);
	x->arena = arena_new(abort);
	x->rules = rules_load(NULL, &x->err);
	assert_non_null(x->rules);
	x->unit = unit_parse(x->arena, program, &x->err);
	if (!x->unit)
		fail_msg("%s", x->err.text);
	x->result = check_unit(x->unit, x->rules);
	snprintf(x->path, sizeof(x->path), "/tmp/dmacheck-facts-%d",
		 (int)getpid());
	if (facts_write(x->path, &head, x->unit, x->result, x->rules, &x->err))
		fail_msg("%s", x->err.text);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	unlink(x->path);
	arena_free(x->arena);
	rules_free(x->rules);
	free(x);
	return 0;
}

/* What was read of each kind. */
struct seen {
	unsigned int unit, ops, function, site, finding, other, steps;
	bool event;
	unsigned int fail_at;	/* this call says no */
	unsigned int calls;
};

static int look(void *data, const struct facts_info *info, const char *kind,
		const json_t *record, struct error *err)
{
	struct seen *s = data;
	if (++s->calls == s->fail_at)
		return error_set(err, "no more");
	assert_string_equal(info->engine, dmacheck_build);
	assert_string_equal(info->source, "drivers/x.c");
	assert_string_equal(info->compiler, "1.2.3");
	s->unit += !strcmp(kind, "unit");
	s->ops += !strcmp(kind, "ops");
	s->function += !strcmp(kind, "function");
	s->site += !strcmp(kind, "site");
	s->finding += !strcmp(kind, "finding");
	s->event |= json_object_get(record, "event") != NULL;
	if (!strcmp(kind, "finding"))
		s->steps = json_array_size(json_object_get(record, "steps"));
	return 0;
}

static void what_is_written_is_read(void **state)
{
	struct fixture *x = *state;
	struct seen s = { 0 };

	assert_int_equal(facts_read(x->path, look, &s, &x->err), 0);
	assert_int_equal(s.unit, 1);
	assert_int_equal(s.ops, 1);
	assert_int_equal(s.function, 2);
	assert_int_equal(s.site, x->result->nsites);
	assert_int_equal(s.finding, x->result->nfindings);
	assert_true(s.finding >= 1 && s.steps >= 2 && !s.event);
}

static void the_head_alone(void **state)
{
	struct fixture *x = *state;
	struct seen s = { 0 };

	assert_int_equal(facts_read_head(x->path, look, &s, &x->err), 0);
	assert_int_equal(s.calls, 1);
}

/* The event form in collected facts is the function, whole. */
static int reparse(void *data, const struct facts_info *info,
		   const char *kind, const json_t *record, struct error *err)
{
	struct fixture *x = data;
	const char *event = json_string_value(json_object_get(record,
							      "event"));
	const char *name = json_string_value(json_object_get(record, "name"));
	struct unit *u;
	char *text;

	(void)info;
	if (strcmp(kind, "function"))
		return 0;
	text = arena_printf(x->arena, "unit x.c\nfile 1 y.h\n%s", event);
	u = unit_parse(x->arena, text, err);
	assert_non_null(u);
	assert_int_equal(u->nfunctions, 1);
	assert_int_equal(u->function[0]->nblocks,
			 unit_find(x->unit, name)->nblocks);
	return 0;
}

static void event_forms_can_be_read_back(void **state)
{
	struct facts_head head = { "drivers/x.c", "test", "1.2.3" };
	struct fixture *x = *state;

	assert_int_equal(facts_collect(x->path, &head, x->unit, x->rules,
				       &x->err), 0);
	assert_int_equal(facts_read(x->path, reparse, x, &x->err), 0);
}

/* Truncated at every byte: never an incomplete unit without a sentence. */
static void every_truncation_is_noticed(void **state)
{
	struct fixture *x = *state;
	size_t len, i;
	char *text = file_read(x->arena, x->path, &len, &x->err);

	assert_non_null(text);
	for (i = 0; i < len; i++) {
		struct seen s = { 0 };

		assert_int_equal(file_write(x->path, text, i, &x->err), 0);
		x->err.text[0] = '\0';
		assert_int_equal(facts_read(x->path, look, &s, &x->err), -1);
		assert_int_equal(s.calls, 0);
		assert_true(x->err.text[0]);
	}
}

/* Without one line, whichever it is. */
static void every_missing_line_is_noticed(void **state)
{
	struct fixture *x = *state;
	size_t len, n;
	char *text = file_read(x->arena, x->path, &len, &x->err), *line, *end;
	struct buffer b;

	assert_non_null(text);
	for (line = text; *line; line = end) {
		struct seen s = { 0 };

		end = strchr(line, '\n') + 1;
		n = (size_t)(line - text);
		buffer_init(&b, x->arena);
		buffer_add(&b, text, n);
		buffer_puts(&b, end);
		assert_int_equal(file_write(x->path, b.data, b.len, &x->err),
				 0);
		assert_int_equal(facts_read(x->path, look, &s, &x->err), -1);
	}
}

static void a_reader_can_stop(void **state)
{
	struct fixture *x = *state;
	struct seen s = { .fail_at = 2 };

	assert_int_equal(facts_read(x->path, look, &s, &x->err), -1);
	assert_int_equal(s.calls, 2);
	assert_string_equal(x->err.text, "no more");
}

static void a_folder_that_is_not_there(void **state)
{
	struct fixture *x = *state;
	struct facts_head head = { "x.c", "t", "1" };

	assert_int_equal(facts_write("/nonexistent/f", &head, x->unit,
				     x->result, x->rules, &x->err), -1);
	assert_non_null(strstr(x->err.text, "No such file"));
	assert_int_equal(facts_read("/nonexistent/f", look, NULL, &x->err),
			 -1);
}

/* A full disk leaves neither the file nor what was begun of it. */
static void a_full_disk_leaves_nothing(void **state)
{
	struct fixture *x = *state;
	struct facts_head head = { "x.c", "t", "1" };
	char *path = arena_printf(x->arena, "%s.full", x->path);
	char *tmp = arena_printf(x->arena, "%s.tmp", path);

	assert_int_equal(symlink("/dev/full", tmp), 0);
	assert_int_equal(facts_write(path, &head, x->unit, x->result,
				     x->rules, &x->err), -1);
	assert_non_null(strstr(x->err.text, "No space left"));
	assert_false(file_exists(path));
	assert_false(file_exists(tmp));
}

/* Source text may hold bytes that are no UTF-8. */
static void any_bytes_can_be_written(void **state)
{
	struct fixture *x = *state;
	struct facts_head head = { "drivers/x.c", "test", "1.2.3" };
	struct seen s = { 0 };

	assert_true(x->result->nfindings >= 1);
	x->result->finding[0].message = "caf\xe9";
	assert_int_equal(facts_write(x->path, &head, x->unit, x->result,
				     x->rules, &x->err), 0);
	assert_int_equal(facts_read(x->path, look, &s, &x->err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_written_is_read,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_head_alone, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(event_forms_can_be_read_back,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_truncation_is_noticed,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_missing_line_is_noticed,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_reader_can_stop, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_folder_that_is_not_there,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_disk_leaves_nothing,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(any_bytes_can_be_written,
						set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
