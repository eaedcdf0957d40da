// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <sys/stat.h>
#include "calls.h"
#include "import_calls.h"

/* How the calls of a text are found; grows when that changes. */
#define FORMAT 1

enum statement { S_FIND, S_DROP, S_SOURCE, S_CALL, S_MAX };

static const char *const sql[S_MAX] = {
	[S_FIND] = "SELECT stamp FROM sources WHERE source = ?",
	[S_DROP] = "DELETE FROM sources WHERE source = ?",
	[S_SOURCE] = "INSERT INTO sources VALUES (?, ?)",
	[S_CALL] = "INSERT INTO calls (source, line, col, begins, kind, api,"
		   " function, macro) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
};

struct importer {
	struct store *s;
	const struct tree *tree;
	const struct rules *rules;
	sqlite3_stmt *st[S_MAX];
	bool began;			/* the transaction */
	struct error *err;
};

static int begin(struct importer *x)
{
	if (x->began)
		return 0;
	x->began = true;
	return store_exec(x->s, "BEGIN IMMEDIATE", x->err);
}

/* NULL: it is not there. */
static const char *stamp_of(const struct importer *x, const char *source)
{
	const char *path = path_join(x->s->arena, x->tree->root, source);
	uint64_t h = hash_string(FORMAT, x->rules->hash);
	struct stat st;

	if (stat(path, &st))
		return NULL;
	h = hash_bytes(h, &st.st_size, sizeof(st.st_size));
	h = hash_bytes(h, &st.st_mtim, sizeof(st.st_mtim));
	return hash_text(x->s->arena, h);
}

static int add_calls(struct importer *x, const char *source)
{
	struct arena *own = arena_new_like(x->s->arena);
	struct error ignored;
	struct call *c;
	size_t len, i, n;
	char *text = file_read(own, path_join(own, x->tree->root, source),
			       &len, &ignored);
	int ret = 0;

	n = text ? calls_find(own, x->rules, text, len, &c) : 0;
	for (i = 0; i < n && !ret; i++)
		ret = store_run(x->s, x->st[S_CALL], x->err, "siiisssi",
				source, (int64_t)c[i].line, (int64_t)c[i].col,
				(int64_t)c[i].begins, calls_kind(c[i].api),
				c[i].api->name, c[i].function,
				(int64_t)c[i].macro);
	arena_free(own);
	return ret;
}

static int import_source(struct importer *x, const char *source)
{
	const char *stamp = stamp_of(x, source);
	bool same = false;

	if (!stamp)
		return 0;
	sqlite3_bind_text(x->st[S_FIND], 1, source, -1, SQLITE_STATIC);
	if (sqlite3_step(x->st[S_FIND]) == SQLITE_ROW)
		same = !strcmp(store_text(x->s, x->st[S_FIND], 0), stamp);
	sqlite3_reset(x->st[S_FIND]);
	if (same)
		return 0;
	if (begin(x) ||
	    store_run(x->s, x->st[S_DROP], x->err, "s", source) ||
	    store_run(x->s, x->st[S_SOURCE], x->err, "ss", source, stamp))
		return -1;
	return add_calls(x, source);
}

static int drop_gone(struct importer *x)
{
	struct strings all;
	size_t i;

	if (store_texts(x->s, "SELECT source FROM sources", &all, x->err))
		return -1;
	for (i = 0; i < all.n; i++) {
		if (stamp_of(x, all.item[i]))
			continue;
		if (begin(x) || store_run(x->s, x->st[S_DROP], x->err, "s",
					  all.item[i]))
			return -1;
	}
	return 0;
}

static int import_all(struct importer *x, const struct strings *sources)
{
	size_t i;

	for (i = 0; i < S_MAX; i++) {
		x->st[i] = store_prepare(x->s, sql[i], x->err);
		if (!x->st[i])
			return -1;
	}
	for (i = 0; i < sources->n; i++)
		if (import_source(x, sources->item[i]))
			return -1;
	if (drop_gone(x))
		return -1;
	return x->began ? store_exec(x->s, "COMMIT", x->err) : 0;
}

int import_calls(struct store *s, const struct tree *tree,
		 const struct rules *rules, const struct strings *sources,
		 struct error *err)
{
	struct importer x = { .s = s, .tree = tree, .rules = rules,
			      .err = err };
	struct error ignored;
	int ret = import_all(&x, sources);
	size_t i;

	for (i = 0; i < S_MAX; i++)
		sqlite3_finalize(x.st[i]);
	if (ret && x.began)
		store_exec(s, "ROLLBACK", &ignored);
	return ret;
}
