// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include <uthash.h>
#include "exports.h"
#include "facts.h"

struct exported {
	const char *name, *source;
	UT_hash_handle hh;
};

/* What one file of facts is read for. */
struct reading {
	struct exports *e;
	const struct exports *known;
	const char *source;
	struct strings *out;
};

static void add(struct exports *e, const char *name, const char *source)
{
	struct exported *x;

	HASH_FIND_STR(e->exported, name, x);
	if (x)
		return;
	x = arena_alloc(e->arena, sizeof(*x));
	x->name = arena_strdup(e->arena, name);
	x->source = source;
	HASH_ADD_KEYPTR(hh, e->exported, x->name, strlen(x->name), x);
}

static int read_exports(void *data, const struct facts_info *info,
			const char *kind, const json_t *record,
			struct error *err)
{
	const json_t *list = json_object_get(record, "exports");
	struct reading *r = data;
	json_t *name;
	size_t i;

	(void)info;
	(void)kind;
	(void)err;
	json_array_foreach(list, i, name)
		add(r->e, json_string_value(name), r->source);
	return 0;
}

static int read_calls(void *data, const struct facts_info *info,
		      const char *kind, const json_t *record,
		      struct error *err)
{
	const json_t *list = json_object_get(record, "calls");
	struct reading *r = data;
	struct exported *x;
	json_t *name;
	size_t i;

	(void)info;
	(void)kind;
	(void)err;
	json_array_foreach(list, i, name) {
		const char *s = json_string_value(name);

		HASH_FIND_STR(r->known->exported, s, x);
		if (x && !strings_find(r->out, x->source))
			strings_add(r->out, x->source);
	}
	return 0;
}

int exports_read(struct exports *e, const char *facts, const char *source,
		 struct error *err)
{
	struct reading r = { .e = e, .source = source };

	return facts_read_head(facts, read_exports, &r, err);
}

int exports_called(const struct exports *e, const char *facts,
		   struct strings *out, struct error *err)
{
	struct reading r = { .known = e, .out = out };

	return facts_read_head(facts, read_calls, &r, err);
}

void exports_free(struct exports *e)
{
	HASH_CLEAR(hh, e->exported);
}
