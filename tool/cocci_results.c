// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "cocci_results.h"

static const char *key_of(struct arena *arena, const char *script,
			  const char *path)
{
	return arena_printf(arena, "%s %s", script, path);
}

/* Cuts *@at at the next @end; NULL: there is none. */
static char *cut(char **at, char end)
{
	char *begin = *at, *stop = strchr(begin, end);

	if (!stop)
		return NULL;
	*stop = '\0';
	*at = stop + 1;
	return begin;
}

static bool read_head(char *line, struct cocci_result *e)
{
	e->hash = cut(&line, '\t');
	e->script = e->hash ? cut(&line, '\t') : NULL;
	e->path = e->script ? cut(&line, '\t') : NULL;
	e->failure = line;
	return e->path;
}

static void keep(struct cocci_results *r, const struct cocci_result *e)
{
	const char *key = key_of(r->arena, e->script, e->path);
	struct cocci_result *there;

	HASH_FIND_STR(r->table, key, there);
	if (!there) {
		there = arena_alloc(r->arena, sizeof(*there));
		there->key = key;
		HASH_ADD_KEYPTR(hh, r->table, there->key, strlen(key), there);
	}
	there->hash = e->hash;
	there->script = e->script;
	there->path = e->path;
	there->failure = e->failure;
	there->text = e->text;
}

/* The lines of an entry, up to its dot; NULL: there is no dot. */
static const char *read_lines(struct arena *arena, char **at)
{
	struct buffer b;
	char *line;

	buffer_init(&b, arena);
	while ((line = cut(at, '\n'))) {
		if (!strcmp(line, "."))
			return b.data;
		if (*line != '\t')
			return NULL;
		buffer_puts(&b, line + 1);
		buffer_puts(&b, "\n");
	}
	return NULL;
}

void cocci_results_read(struct cocci_results *r, const char *path)
{
	struct error ignored;
	char *at = file_read(r->arena, path, NULL, &ignored), *line;
	struct cocci_result e;

	while (at && (line = cut(&at, '\n'))) {
		if (*line != '=' || !read_head(line + 1, &e))
			continue;
		e.text = read_lines(r->arena, &at);
		if (e.text)
			keep(r, &e);
	}
}

void cocci_result_put(struct buffer *b, const struct cocci_result *e)
{
	const char *at = e->text, *end;

	buffer_printf(b, "=%s\t%s\t%s\t%s\n", e->hash, e->script, e->path,
		      e->failure);
	for (; *at; at = end + (*end == '\n')) {
		end = at + strcspn(at, "\n");
		buffer_printf(b, "\t%.*s\n", (int)(end - at), at);
	}
	buffer_puts(b, ".\n");
}

static int by_key(const struct cocci_result *a, const struct cocci_result *b)
{
	return strcmp(a->key, b->key);
}

int cocci_results_write(struct cocci_results *r, const char *path,
			struct error *err)
{
	struct cocci_result *e;
	struct buffer b;

	HASH_SORT(r->table, by_key);
	buffer_init(&b, r->arena);
	for (e = r->table; e; e = e->hh.next)
		cocci_result_put(&b, e);
	return file_update(path, b.data, b.len, err);
}

void cocci_results_free(struct cocci_results *r)
{
	HASH_CLEAR(hh, r->table);
}

const struct cocci_result *cocci_results_find(const struct cocci_results *r,
					      const char *script,
					      const char *path)
{
	struct cocci_result *e;
	const char *key = key_of(r->arena, script, path);

	HASH_FIND_STR(r->table, key, e);
	return e;
}

void cocci_results_drop(struct cocci_results *r, const char *script,
			const char *path)
{
	struct cocci_result *e;
	const char *key = key_of(r->arena, script, path);

	HASH_FIND_STR(r->table, key, e);
	if (e)
		HASH_DEL(r->table, e);
}
