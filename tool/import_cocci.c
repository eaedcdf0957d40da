// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "calls.h"
#include "cocci_report.h"
#include "import_cocci.h"
#include "source_line.h"

enum statement { S_FIND, S_DROP, S_UNIT, S_PARSED, S_FINDING, S_RULE, S_MAX };

static const char *const sql[S_MAX] = {
	[S_FIND] = "SELECT facts FROM units WHERE source = ?"
		   " AND engine = 'cocci'",
	[S_DROP] = "DELETE FROM units WHERE source = ? AND engine = 'cocci'",
	[S_UNIT] = "INSERT INTO units (engine, source, status, reason, facts)"
		   " VALUES ('cocci', ?, ?, ?, ?)",
	[S_PARSED] = "INSERT OR IGNORE INTO parsed VALUES (?, ?, ?)",
	[S_FINDING] = "INSERT INTO findings (unit, fingerprint, rule, class,"
		      " confidence, file, function, line, col, place, api,"
		      " message, acquire_function, acquire_file, acquire_line,"
		      " root_cause, acquire_text) VALUES (?, ?, ?, ?, ?, ?, ?,"
		      " ?, ?, '', ?, ?, ?, ?, ?, ?, ?)",
	[S_RULE] = "INSERT INTO rules (id, class, cwe, confidence, message)"
		   " VALUES (?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING",
};

struct importer {
	struct store *s;
	const struct cocci *c;
	struct source_lines lines;
	sqlite3_stmt *st[S_MAX];
	int64_t unit;
	bool began;			/* the transaction */
	struct error *err;
};

/* Of a semantic patch; the last is that of the calls. */
static const char *name_of(const struct importer *x, size_t i)
{
	return i < x->c->patches.n ? x->c->patches.item[i].name : COCCI_CALLS;
}

/* What it made of @source. */
static const struct cocci_result *result_of(const struct importer *x,
					    size_t i, const char *source)
{
	return cocci_results_find(&x->c->results, name_of(x, i), source);
}

/* Two results that say the same have the same. */
static const char *stamp_of(const struct importer *x, const char *source)
{
	uint64_t h = x->c->patches.hash;
	size_t i;

	for (i = 0; i <= x->c->patches.n; i++) {
		const struct cocci_result *e = result_of(x, i, source);

		h = hash_string(h, e ? e->hash : "");
		h = hash_string(h, e ? e->text : "");
		h = hash_string(h, e ? e->failure : "");
	}
	return hash_text(x->s->arena, h);
}

/* Why not all of it was done, or NULL: the semantic patches by reason. */
static const char *reason_of(const struct importer *x, const char *source)
{
	const char *missing = x->c->complaint ? x->c->complaint : "no result";
	struct strings why;
	size_t i;

	strings_init(&why, x->s->arena);
	for (i = 0; i <= x->c->patches.n; i++) {
		const struct cocci_result *e = result_of(x, i, source);

		if (e && !e->failure[0])
			continue;
		strings_add(&why, arena_printf(x->s->arena, "%s: %s",
			name_of(x, i), e ? e->failure : missing));
	}
	return why.n ? strings_join(&why, "; ") : NULL;
}

/* The word that the columns hold, if it is a function of the rules. */
static const char *api_of(struct importer *x, const struct cocci_report *r,
			  const char *source)
{
	const char *word = source_word(&x->lines, x->s->arena, source, r->line,
				       r->col, r->width);

	return rules_api(x->c->rules, word) ? word : "";
}

/* Is something acquired in this line? */
static bool acquires(struct importer *x, const char *source, unsigned int line)
{
	struct arena *arena = x->s->arena;
	const char *text = arena_printf(arena, "{%s",
		source_line(&x->lines, arena, source, line));
	struct call *c;
	size_t i, n = calls_find(arena, x->c->rules, text, strlen(text), &c);

	for (i = 0; i < n; i++)
		if (c[i].api->kind == API_ACQUIRE)
			return true;
	return false;
}

static int add_finding(struct importer *x, const struct patch *p,
		       const struct cocci_report *r, const char *source)
{
	struct arena *arena = x->s->arena;
	const char *level = confidence_name(p->confidence);
	/* not where a lock is taken, or a release was done before */
	unsigned int line = acquires(x, source, r->on_line) ? r->on_line :
			    r->line;
	bool there = acquires(x, source, line);
	const char *text = source_line(&x->lines, arena, source, line);
	const char *here = source_line(&x->lines, arena, source, r->line);
	const char *root = arena_printf(arena, "%s:%s:%s:%s", r->class, source,
					r->function, text);
	uint64_t h = hash_string(hash_string(0, p->name), root);

	if (store_run(x->s, x->st[S_RULE], x->err, "ssss", p->name, p->class,
		      level, p->about))
		return -1;
	return store_run(x->s, x->st[S_FINDING], x->err, "issssssiissssiss",
			 x->unit, hash_text(arena, hash_string(h, here)),
			 p->name, r->class, level, source, r->function,
			 (int64_t)r->line, (int64_t)r->col,
			 api_of(x, r, source), r->sentence,
			 there ? r->function : NULL, there ? source : NULL,
			 (int64_t)(there ? line : 0), root, text);
}

static int add_reports(struct importer *x, size_t i, const char *source)
{
	const struct cocci_result *e = result_of(x, i, source);
	bool finds = i < x->c->patches.n;
	const char *at, *end;
	struct cocci_report r;
	int ret = 0;

	for (at = e ? e->text : ""; *at && !ret; at = end + (*end == '\n')) {
		end = at + strcspn(at, "\n");
		if (!cocci_report_read(x->s->arena,
				       arena_strndup(x->s->arena, at,
						     end - at), &r))
			continue;
		if (finds)
			ret = add_finding(x, &x->c->patches.item[i], &r,
					  source);
		else
			ret = store_run(x->s, x->st[S_PARSED], x->err, "iii",
					x->unit, (int64_t)r.line,
					(int64_t)r.col);
	}
	return ret;
}

static int begin(struct importer *x)
{
	if (x->began)
		return 0;
	x->began = true;
	return store_exec(x->s, "BEGIN IMMEDIATE", x->err);
}

static int import_source(struct importer *x, const char *source)
{
	const char *stamp = stamp_of(x, source), *reason;
	bool same = false;
	size_t i;

	sqlite3_bind_text(x->st[S_FIND], 1, source, -1, SQLITE_STATIC);
	if (sqlite3_step(x->st[S_FIND]) == SQLITE_ROW)
		same = !strcmp(store_text(x->s, x->st[S_FIND], 0), stamp);
	sqlite3_reset(x->st[S_FIND]);
	if (same)
		return 0;
	reason = reason_of(x, source);
	if (begin(x) ||
	    store_run(x->s, x->st[S_DROP], x->err, "s", source) ||
	    store_run(x->s, x->st[S_UNIT], x->err, "ssss", source,
		      reason ? "failed" : "done", reason, stamp))
		return -1;
	x->unit = sqlite3_last_insert_rowid(x->s->db);
	for (i = 0; i <= x->c->patches.n; i++)
		if (add_reports(x, i, source))
			return -1;
	return 0;
}

static int drop_gone(struct importer *x)
{
	struct strings all;
	size_t i;

	if (store_texts(x->s, "SELECT source FROM units"
			" WHERE engine = 'cocci'", &all, x->err))
		return -1;
	for (i = 0; i < all.n; i++) {
		if (file_exists(path_join(x->s->arena, x->lines.root,
					    all.item[i])))
			continue;
		if (begin(x) || store_run(x->s, x->st[S_DROP], x->err, "s",
					  all.item[i]))
			return -1;
	}
	return 0;
}

static const char *meta_of(struct arena *arena, const struct patches *p)
{
	return arena_printf(arena, "%s, %zu semantic patches %s", p->version,
			    p->n, hash_text(arena, p->hash));
}

static int import_meta(struct importer *x, const struct tree *tree)
{
	const char *const pair[][2] = {
		{ "tree", tree->root }, { "version", tree->version },
		{ "cocci", meta_of(x->s->arena, &x->c->patches) },
	};
	size_t i;

	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		const char *there = store_meta(x->s, pair[i][0]);

		if (there && !strcmp(there, pair[i][1]))
			continue;
		if (begin(x) || store_set_meta(x->s, pair[i][0], pair[i][1],
					       x->err))
			return -1;
	}
	return 0;
}

static int import_all(struct importer *x, const struct tree *tree)
{
	size_t i;

	for (i = 0; i < S_MAX; i++) {
		x->st[i] = store_prepare(x->s, sql[i], x->err);
		if (!x->st[i])
			return -1;
	}
	for (i = 0; i < x->c->sources->n; i++)
		if (import_source(x, x->c->sources->item[i]))
			return -1;
	if (drop_gone(x) || import_meta(x, tree))
		return -1;
	return x->began ? store_exec(x->s, "COMMIT", x->err) : 0;
}

int import_cocci(struct store *s, const struct cocci *c,
		 const struct tree *tree, struct error *err)
{
	struct importer x = { .s = s, .c = c, .err = err,
			      .lines = { .root = tree->root } };
	struct error ignored;
	int ret = import_all(&x, tree);
	size_t i;

	for (i = 0; i < S_MAX; i++)
		sqlite3_finalize(x.st[i]);
	source_lines_free(&x.lines);
	if (ret && x.began)
		store_exec(s, "ROLLBACK", &ignored);
	return ret;
}

int import_cocci_stored(struct store *s, const struct patches *p,
			const struct tree *tree, struct strings *sources,
			struct error *err)
{
	const char *there = store_meta(s, "cocci");
	sqlite3_stmt *st;

	if (!there || !strcmp(there, meta_of(s->arena, p)))
		return 0;
	st = store_prepare(s, "SELECT source FROM units"
			   " WHERE engine = 'cocci'", err);
	if (!st)
		return -1;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *source = store_text(s, st, 0);

		if (file_exists(path_join(s->arena, tree->root, source)))
			strings_add(sources, source);
	}
	sqlite3_finalize(st);
	strings_sort_once(sources);
	return 0;
}
