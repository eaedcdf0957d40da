// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include "facts.h"
#include "import_facts.h"
#include "source_line.h"

enum table { T_UNIT, T_FUNCTION, T_OPS, T_SITE, T_UNRESOLVED,
	     T_FINDING, T_STEP, T_MAX };

static const char *const sql[T_MAX] = {
	[T_UNIT] = "INSERT INTO units (source, arch, status, target, facts)"
		   " VALUES (?, ?, 'done', ?, ?)",
	[T_FUNCTION] = "INSERT INTO functions (unit, name, file, line, col,"
		       " static, complete, reason, worlds, seconds, summary)"
		       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[T_OPS] = "INSERT INTO ops VALUES (?, ?, ?, ?, ?)",
	[T_SITE] = "INSERT INTO sites VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[T_UNRESOLVED] = "INSERT INTO unresolved VALUES (?, ?, ?, ?, ?, ?)",
	[T_FINDING] = "INSERT INTO findings (unit, fingerprint, rule, class,"
		      " confidence, file, function, line, col, place, api,"
		      " message, acquire_function, acquire_file, acquire_line,"
		      " root_cause, acquire_text) VALUES (?, ?, ?, ?, ?, ?, ?,"
		      " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[T_STEP] = "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)",
};

struct inserts {
	struct store *s;
	const struct import_head *head;
	sqlite3_stmt *st[T_MAX];
	const struct outcome *o;	/* the unit being read */
	int64_t unit;
	bool in_store;			/* the store failed, not the file */
	struct source_lines lines;
};

struct inserts *inserts_open(struct store *s, const struct import_head *head,
			     struct error *err)
{
	struct inserts *in = arena_alloc(s->arena, sizeof(*in));
	int i;

	in->s = s;
	in->head = head;
	in->lines.root = head->tree;
	for (i = 0; i < T_MAX; i++) {
		in->st[i] = store_prepare(s, sql[i], err);
		if (!in->st[i]) {
			inserts_close(in);
			return NULL;
		}
	}
	return in;
}

void inserts_close(struct inserts *in)
{
	int i;

	for (i = 0; in && i < T_MAX; i++)
		sqlite3_finalize(in->st[i]);
	if (in)
		source_lines_free(&in->lines);
}

static const char *str(const json_t *record, const char *key)
{
	return json_string_value(json_object_get(record, key));
}

/* For columns that are never NULL. */
static const char *str0(const json_t *record, const char *key)
{
	const char *s = str(record, key);

	return s ? s : "";
}

static int64_t num(const json_t *record, const char *key)
{
	const json_t *j = json_object_get(record, key);

	return json_is_true(j) ? 1 : json_integer_value(j);
}

static const char *below(const char *path, const char *root)
{
	size_t len = strlen(root);

	return starts_with(path, root) && path[len] == '/' ? path + len + 1 :
	       path;
}

/* A path relative to the tree; NULL stays NULL. */
static const char *rel(const struct inserts *in, const char *path)
{
	if (!path)
		return NULL;
	path = below(below(path, in->o->arch->tree), in->o->arch->shipped);
	path = below(path, in->head->tree);
	/* drivers/a/../b/x.h is what drivers/b/x.c calls drivers/b/x.h */
	if (strstr(path, "./"))
		path = path_clean(in->s->arena, path);
	return path;
}

static const char *rel0(const struct inserts *in, const char *path)
{
	return path ? rel(in, path) : "";
}

static int read_unit(struct inserts *in, const struct facts_info *info,
		     const json_t *record, struct error *err)
{
	(void)record;
	if (strcmp(info->engine, in->head->engine) ||
	    strcmp(info->rules, in->head->rules->hash))
		return error_set(err,
			"the facts of %s are of another engine or other rules",
			in->o->source);
	in->in_store = true;
	if (store_run(in->s, in->st[T_UNIT], err, "ssss", in->o->source,
		      in->o->arch->name, info->target, in->o->stamp))
		return -1;
	in->unit = sqlite3_last_insert_rowid(in->s->db);
	in->in_store = false;
	return 0;
}

static int read_function(struct inserts *in, const json_t *r,
			 struct error *err)
{
	return store_run(in->s, in->st[T_FUNCTION], err, "issiiiisids",
			 in->unit, str0(r, "name"), rel0(in, str(r, "file")),
			 num(r, "line"), num(r, "col"), num(r, "static"),
			 num(r, "complete"), str(r, "reason"),
			 num(r, "worlds"),
			 json_number_value(json_object_get(r, "seconds")),
			 str(r, "summary"));
}

static int read_site(struct inserts *in, const json_t *r, struct error *err)
{
	return store_run(in->s, in->st[T_SITE], err, "isssssiisi", in->unit,
			 str0(r, "kind"), str0(r, "api"), str0(r, "family"),
			 str0(r, "function"), rel0(in, str(r, "file")),
			 num(r, "line"), num(r, "col"), str0(r, "place"),
			 num(r, "seen"));
}

/* The unit of one fix: class, function where ownership began, place. */
static const char *root_cause(struct inserts *in, const json_t *r)
{
	const char *function = str(r, "acquire_function");
	const char *file = str(r, "acquire_file");

	return arena_printf(in->s->arena, "%s:%s:%s:%s", str0(r, "class"),
			    rel0(in, file && function ? file :
				     str(r, "file")),
			    function ? function : str0(r, "function"),
			    str0(r, "place"));
}

/* The line where ownership began, or else that of the finding. */
static const char *acquire_text(struct inserts *in, const json_t *r)
{
	const char *file = str(r, "acquire_file");
	bool there = file && num(r, "acquire_line");

	return source_line(&in->lines, in->s->arena,
			   rel0(in, there ? file : str(r, "file")),
			   num(r, there ? "acquire_line" : "line"));
}

static int read_finding(struct inserts *in, const json_t *r,
			struct error *err)
{
	const json_t *steps = json_object_get(r, "steps");
	int64_t id;
	size_t i;

	if (store_run(in->s, in->st[T_FINDING], err, "issssssiisssssiss",
		      in->unit, str0(r, "fingerprint"), str0(r, "rule"),
		      str0(r, "class"), str0(r, "confidence"),
		      rel0(in, str(r, "file")), str0(r, "function"),
		      num(r, "line"), num(r, "col"), str0(r, "place"),
		      str0(r, "api"), str0(r, "message"),
		      str(r, "acquire_function"),
		      rel(in, str(r, "acquire_file")),
		      num(r, "acquire_line"), root_cause(in, r),
		      acquire_text(in, r)))
		return -1;
	id = sqlite3_last_insert_rowid(in->s->db);
	for (i = 0; i < json_array_size(steps); i++) {
		const json_t *step = json_array_get(steps, i);

		if (store_run(in->s, in->st[T_STEP], err, "iisiiss", id,
			      (int64_t)i + 1, rel0(in, str(step, "file")),
			      num(step, "line"), num(step, "col"),
			      str0(step, "function"), str0(step, "text")))
			return -1;
	}
	return 0;
}

static int read_record(void *data, const struct facts_info *info,
		       const char *kind, const json_t *r, struct error *err)
{
	struct inserts *in = data;
	int ret;

	if (!strcmp(kind, "unit"))
		return read_unit(in, info, r, err);
	in->in_store = true;
	if (!strcmp(kind, "function"))
		ret = read_function(in, r, err);
	else if (!strcmp(kind, "site"))
		ret = read_site(in, r, err);
	else if (!strcmp(kind, "finding"))
		ret = read_finding(in, r, err);
	else if (!strcmp(kind, "ops"))
		ret = store_run(in->s, in->st[T_OPS], err, "issss", in->unit,
				str0(r, "type"), str0(r, "field"),
				str0(r, "object"), str0(r, "function"));
	else
		ret = store_run(in->s, in->st[T_UNRESOLVED], err, "ississ",
				in->unit, str0(r, "function"),
				rel0(in, str(r, "file")), num(r, "line"),
				str0(r, "api"), str0(r, "role"));
	if (!ret)
		in->in_store = false;
	return ret;
}

int inserts_unit(struct inserts *in, const struct outcome *o, bool *in_store,
		 struct error *err)
{
	int ret;

	in->o = o;
	in->in_store = false;
	ret = facts_read(o->facts, read_record, in, err);
	*in_store = in->in_store;
	return ret;
}
