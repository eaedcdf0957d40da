// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "model.h"

/* Why the plugin did not, and Coccinelle did not; "" if it did. */
static const char calls_sql[] =
	"SELECT c.source, c.line, c.col, c.api, c.function,"
	" coalesce(c.arches, ''),"
	" CASE WHEN c.gcc THEN ''"
	" WHEN c.macro AND c.compiled IS NULL THEN 'the body of a macro'"
	" WHEN c.compiled THEN 'its function is incomplete: ' || coalesce("
	"  (SELECT min(f.reason) FROM functions f WHERE f.file = c.source"
	"  AND f.name = c.function AND NOT f.complete), 'called by one')"
	" WHEN v.status IS NULL THEN 'no compiler was asked'"
	" WHEN v.status <> 'done' THEN v.reason"
	" ELSE 'compiled, but not this call' END,"
	" CASE WHEN c.cocci THEN ''"
	" WHEN c.cocci_status IS NULL THEN 'not run'"
	" WHEN c.macro AND NOT c.parsed THEN 'the body of a macro'"
	" WHEN NOT c.parsed THEN 'not parsed'"
	" ELSE 'a semantic patch failed on the file' END"
	" FROM call_coverage c LEFT JOIN coverage v ON v.source = c.source"
	" ORDER BY c.source, c.line, c.col";

static const char units_sql[] =
	"SELECT source, status, coalesce(reason, '') FROM units"
	" WHERE engine = 'cocci' ORDER BY source";

void model_count_as(struct arena *arena, struct tally **list, size_t *n,
		    const char *name)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (!strcmp((*list)[i].name, name))
			break;
	if (i == *n) {
		*list = arena_grow(arena, *list, *n, sizeof(**list));
		(*list)[i].name = arena_strdup(arena, name);
		(*list)[i].n = 0;
		(*n)++;
	}
	(*list)[i].n++;
}

static void add_unseen(struct model *m, struct store *s, sqlite3_stmt *st,
		       const char *gcc, const char *cocci)
{
	struct model_calls *c = &m->calls;
	struct model_call *u;

	c->unseen = arena_grow(m->arena, c->unseen, c->nunseen,
			       sizeof(*c->unseen));
	u = &c->unseen[c->nunseen++];
	u->source = store_text(s, st, 0);
	u->line = (unsigned int)sqlite3_column_int64(st, 1);
	u->col = (unsigned int)sqlite3_column_int64(st, 2);
	u->api = store_text(s, st, 3);
	u->function = store_text(s, st, 4);
	u->why = !strcmp(gcc, cocci) ? gcc :
		 arena_printf(m->arena, "plugin: %s; Coccinelle: %s", gcc,
			      cocci);
}

static void count_call(struct model *m, struct store *s, sqlite3_stmt *st)
{
	const char *arches = (const char *)sqlite3_column_text(st, 5);
	const char *gcc = store_text(s, st, 6), *cocci = store_text(s, st, 7);
	struct model_calls *c = &m->calls;

	c->calls++;
	c->gcc += !gcc[0];
	c->cocci += !cocci[0];
	c->any += !gcc[0] || !cocci[0];
	if (gcc[0])
		model_count_as(m->arena, &c->not_gcc, &c->nnot_gcc, gcc);
	else
		model_count_as(m->arena, &c->arch, &c->narches, arches);
	if (cocci[0])
		model_count_as(m->arena, &c->not_cocci, &c->nnot_cocci, cocci);
	if (gcc[0] && cocci[0])
		add_unseen(m, s, st, gcc, cocci);
}

static int load_calls(struct model *m, struct store *s,
		      const struct strings *paths, struct error *err)
{
	sqlite3_stmt *st = store_prepare(s, calls_sql, err);
	const char *last = "";
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *source = (const char *)sqlite3_column_text(st, 0);

		if (!path_below_any(source, paths))
			continue;
		if (strcmp(last, source)) {
			last = arena_strdup(m->arena, source);
			m->calls.files++;
		}
		count_call(m, s, st);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : store_error(s, err);
}

static int load_units(struct model *m, struct store *s,
		      const struct strings *paths, struct error *err)
{
	sqlite3_stmt *st = store_prepare(s, units_sql, err);
	struct model_calls *c = &m->calls;
	struct model_unit *u;
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!path_below_any((const char *)sqlite3_column_text(st, 0),
				    paths))
			continue;
		if (!strcmp((const char *)sqlite3_column_text(st, 1),
			    "done")) {
			c->done++;
			continue;
		}
		c->failed++;
		c->unit = arena_grow(m->arena, c->unit, c->nunits,
				     sizeof(*c->unit));
		u = &c->unit[c->nunits++];
		u->source = store_text(s, st, 0);
		u->status = store_text(s, st, 1);
		u->reason = store_text(s, st, 2);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : store_error(s, err);
}

int model_load_calls(struct model *m, struct store *s,
		     const struct strings *paths, struct error *err)
{
	return load_calls(m, s, paths, err) || load_units(m, s, paths, err) ?
	       -1 : 0;
}
