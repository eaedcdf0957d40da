// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include "model.h"
#include "known.h"

struct loader {
	struct store *s;
	struct model *m;
	const struct strings *paths;
	struct error *err;
};

static bool wanted(const struct loader *l, const char *file)
{
	return path_below_any(file, l->paths);
}

static int end_rows(struct loader *l, sqlite3_stmt *st, int rc)
{
	int ret = rc == SQLITE_DONE ? 0 : store_error(l->s, l->err);

	sqlite3_finalize(st);
	return ret;
}

static unsigned int num(sqlite3_stmt *st, int column)
{
	return (unsigned int)sqlite3_column_int64(st, column);
}

/* Makes room for one more element at the end of *@array. */
static void *grow(struct arena *arena, void *array, size_t n, size_t size)
{
	void *grown;

	/* It is full whenever n is 0 or a power of two. */
	if (n & (n - 1))
		return array;
	grown = arena_alloc(arena, (n ? 2 * n : 1) * size);
	if (n)
		memcpy(grown, array, n * size);
	return grown;
}

static void add_once(struct strings *list, const char *item)
{
	if (item[0] && !strings_find(list, item))
		strings_add(list, item);
}

static void path_names(struct model *m, struct model_finding *f)
{
	struct strings files, functions;
	size_t i;

	strings_init(&files, m->arena);
	strings_init(&functions, m->arena);
	add_once(&files, f->file);
	add_once(&functions, f->function);
	add_once(&files, f->acquire_file);
	add_once(&functions, f->acquire_function);
	for (i = 0; i < f->nsteps; i++) {
		add_once(&files, f->step[i].file);
		add_once(&functions, f->step[i].function);
	}
	f->files = strings_join(&files, ";");
	f->functions = strings_join(&functions, ";");
}

static int load_steps(struct loader *l)
{
	struct model *m = l->m;
	sqlite3_stmt *st = store_prepare(l->s, "SELECT file, line, col,"
		" function, text FROM steps WHERE finding = ?"
		" ORDER BY number", l->err);
	int rc = SQLITE_DONE;
	size_t i;

	if (!st)
		return -1;
	for (i = 0; i < m->nfindings && rc == SQLITE_DONE; i++) {
		struct model_finding *f = &m->finding[i];

		sqlite3_bind_int64(st, 1, f->id);
		while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
			struct model_step *p;

			f->step = grow(m->arena, f->step, f->nsteps,
				       sizeof(*f->step));
			p = &f->step[f->nsteps++];
			p->file = store_text(l->s, st, 0);
			p->line = num(st, 1);
			p->col = num(st, 2);
			p->function = store_text(l->s, st, 3);
			p->text = store_text(l->s, st, 4);
		}
		sqlite3_reset(st);
		path_names(m, f);
	}
	return end_rows(l, st, rc);
}

static void read_finding(struct loader *l, sqlite3_stmt *st,
			 struct model_finding *f)
{
	f->id = sqlite3_column_int64(st, 0);
	f->fingerprint = store_text(l->s, st, 1);
	f->rule = store_text(l->s, st, 2);
	f->class = store_text(l->s, st, 3);
	f->confidence = confidence_from_name(store_text(l->s, st, 4));
	f->file = store_text(l->s, st, 5);
	f->function = store_text(l->s, st, 6);
	f->line = num(st, 7);
	f->col = num(st, 8);
	f->place = store_text(l->s, st, 9);
	f->api = store_text(l->s, st, 10);
	f->message = store_text(l->s, st, 11);
	f->acquire_function = store_text(l->s, st, 12);
	f->acquire_file = store_text(l->s, st, 13);
	f->acquire_line = num(st, 14);
	f->root_cause = store_text(l->s, st, 15);
	f->arches = store_text(l->s, st, 16);
	f->engines = store_text(l->s, st, 17);
}

static int load_findings(struct loader *l)
{
	struct model *m = l->m;
	sqlite3_stmt *st = store_prepare(l->s, "SELECT id, fingerprint, rule,"
		" class, confidence, file, function, line, col, place, api,"
		" message, acquire_function, acquire_file, acquire_line,"
		" root_cause, arches, engines FROM merged ORDER BY file, line, col, rule,"
		" place, fingerprint", l->err);
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!wanted(l, (const char *)sqlite3_column_text(st, 5)))
			continue;
		m->finding = grow(m->arena, m->finding, m->nfindings,
				  sizeof(*m->finding));
		read_finding(l, st, &m->finding[m->nfindings++]);
	}
	return end_rows(l, st, rc) || load_steps(l) ? -1 : 0;
}

static int load_rules(struct loader *l)
{
	struct model *m = l->m;
	sqlite3_stmt *st = store_prepare(l->s, "SELECT id, class, cwe,"
		" confidence, message, debug, contract, why, bad, good"
		" FROM rules ORDER BY id", l->err);
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct model_rule *r;

		m->rule = grow(m->arena, m->rule, m->nrules,
			       sizeof(*m->rule));
		r = &m->rule[m->nrules++];
		r->id = store_text(l->s, st, 0);
		r->class = store_text(l->s, st, 1);
		r->cwe = num(st, 2);
		r->confidence = store_text(l->s, st, 3);
		r->message = store_text(l->s, st, 4);
		r->debug = store_text(l->s, st, 5);
		r->contract = store_text(l->s, st, 6);
		r->why = store_text(l->s, st, 7);
		r->bad = store_text(l->s, st, 8);
		r->good = store_text(l->s, st, 9);
	}
	return end_rows(l, st, rc);
}

static int load_units(struct loader *l)
{
	struct model *m = l->m;
	sqlite3_stmt *st = store_prepare(l->s, "SELECT source, status, reason"
		" FROM coverage ORDER BY source", l->err);
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *status = (const char *)sqlite3_column_text(st, 1);
		struct model_unit *u;

		if (!wanted(l, (const char *)sqlite3_column_text(st, 0)))
			continue;
		if (!strcmp(status, "done")) {
			m->coverage.done++;
			continue;
		}
		if (!strcmp(status, "failed"))
			m->coverage.failed++;
		else
			m->coverage.skipped++;
		m->unit = grow(m->arena, m->unit, m->nunits,
			       sizeof(*m->unit));
		u = &m->unit[m->nunits++];
		u->source = store_text(l->s, st, 0);
		u->status = store_text(l->s, st, 1);
		u->reason = store_text(l->s, st, 2);
	}
	return end_rows(l, st, rc);
}

static struct model_arch *arch_of(struct model *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->narches; i++)
		if (!strcmp(m->arch[i].name, name))
			return &m->arch[i];
	m->arch = grow(m->arena, m->arch, m->narches, sizeof(*m->arch));
	m->arch[i].name = arena_strdup(m->arena, name);
	m->arch[i].done = m->arch[i].failed = m->arch[i].skipped = 0;
	m->narches++;
	return &m->arch[i];
}

static int load_arches(struct loader *l)
{
	sqlite3_stmt *st = store_prepare(l->s, "SELECT name, source, status"
		" FROM arches LEFT JOIN units ON arch = name"
		" ORDER BY number", l->err);
	struct strings names;
	size_t i;
	int rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct model_arch *a = arch_of(l->m,
			(const char *)sqlite3_column_text(st, 0));
		const char *source = store_text(l->s, st, 1);
		const char *status = store_text(l->s, st, 2);

		if (!source[0] || !wanted(l, source))
			continue;
		a->done += !strcmp(status, "done");
		a->failed += !strcmp(status, "failed");
		a->skipped += !strcmp(status, "skipped");
	}
	strings_init(&names, l->m->arena);
	for (i = 0; i < l->m->narches; i++)
		strings_add(&names, l->m->arch[i].name);
	l->m->arches = strings_join(&names, ", ");
	return end_rows(l, st, rc);
}

/* A function or site of a header counts once, and as its best. */
static const char functions_sql[] =
	"SELECT file, max(complete), min(coalesce(reason, ''))"
	" FROM functions GROUP BY file, line, name"
	" ORDER BY 3, file, line, name";
static const char sites_sql[] =
	"SELECT file, max(seen) FROM sites WHERE kind <> 'escape'"
	" GROUP BY file, line, col, kind, api, function";
static const char unresolved_sql[] =
	"SELECT DISTINCT file, role, line, api, function FROM unresolved"
	" ORDER BY role";

static const char escapes_sql[] =
	"SELECT DISTINCT file, api, line, col, function FROM sites"
	" WHERE kind = 'escape' ORDER BY api";

static int load_escapes(struct loader *l)
{
	struct model_coverage *c = &l->m->coverage;
	sqlite3_stmt *st = store_prepare(l->s, escapes_sql, l->err);
	int rc = SQLITE_DONE;

	while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!wanted(l, (const char *)sqlite3_column_text(st, 0)))
			continue;
		c->escapes++;
		model_count_as(l->m->arena, &c->target, &c->ntargets,
			       (const char *)sqlite3_column_text(st, 1));
	}
	return st ? end_rows(l, st, rc) : -1;
}

static int load_coverage(struct loader *l)
{
	struct model_coverage *c = &l->m->coverage;
	sqlite3_stmt *st = store_prepare(l->s, functions_sql, l->err);
	int rc = SQLITE_DONE;

	while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!wanted(l, (const char *)sqlite3_column_text(st, 0)))
			continue;
		c->functions++;
		if (num(st, 1))
			continue;
		c->incomplete++;
		model_count_as(l->m->arena, &c->reason, &c->nreasons,
			       (const char *)sqlite3_column_text(st, 2));
	}
	if (!st || end_rows(l, st, rc))
		return -1;
	st = store_prepare(l->s, sites_sql, l->err);
	while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!wanted(l, (const char *)sqlite3_column_text(st, 0)))
			continue;
		c->sites++;
		c->seen += num(st, 1);
	}
	if (!st || end_rows(l, st, rc))
		return -1;
	st = store_prepare(l->s, unresolved_sql, l->err);
	while (st && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (!wanted(l, (const char *)sqlite3_column_text(st, 0)))
			continue;
		c->unresolved++;
		model_count_as(l->m->arena, &c->role, &c->nroles,
			       (const char *)sqlite3_column_text(st, 1));
	}
	return !st || end_rows(l, st, rc) ? -1 : load_escapes(l);
}

static int by_root(const void *a, const void *b)
{
	const struct model_finding *x = *(const struct model_finding **)a;
	const struct model_finding *y = *(const struct model_finding **)b;
	int d = strcmp(x->root_cause, y->root_cause);

	return d ? d : (int)y->confidence - (int)x->confidence;
}

static struct model_class *class_of(struct model *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->nclasses; i++)
		if (!strcmp(m->class[i].class, name))
			return &m->class[i];
	m->class = grow(m->arena, m->class, m->nclasses, sizeof(*m->class));
	m->class[i].class = name;
	m->nclasses++;
	return &m->class[i];
}

static int by_class(const void *a, const void *b)
{
	return strcmp(((const struct model_class *)a)->class,
		      ((const struct model_class *)b)->class);
}

/* A root cause counts once, with the best confidence of its findings. */
static void summarise(struct model *m)
{
	const struct model_finding **sorted =
		arena_alloc(m->arena, (m->nfindings + 1) * sizeof(*sorted));
	const char *last = "";
	size_t i;

	memset(m->total, 0, sizeof(m->total));
	memset(m->roots, 0, sizeof(m->roots));
	m->class = NULL;
	m->nclasses = 0;
	for (i = 0; i < m->nfindings; i++)
		sorted[i] = &m->finding[i];
	qsort(sorted, m->nfindings, sizeof(*sorted), by_root);
	for (i = 0; i < m->nfindings; i++) {
		const struct model_finding *f = sorted[i];
		struct model_class *c = class_of(m, f->class);

		c->findings[f->confidence]++;
		m->total[f->confidence]++;
		if (!strcmp(last, f->root_cause))
			continue;
		c->roots[f->confidence]++;
		m->roots[f->confidence]++;
		last = f->root_cause;
	}
	if (m->nclasses)
		qsort(m->class, m->nclasses, sizeof(*m->class), by_class);
}

static const char *meta(struct store *s, const char *key)
{
	const char *value = store_meta(s, key);

	return value ? value : "";
}

struct model *model_load(struct store *s, const struct strings *paths,
			 struct error *err)
{
	struct model *m = arena_alloc(s->arena, sizeof(*m));
	struct loader l = { .s = s, .m = m, .paths = paths, .err = err };

	m->arena = s->arena;
	m->tree = meta(s, "tree");
	m->version = meta(s, "version");
	m->compiler = meta(s, "compiler");
	m->engine = meta(s, "engine");
	m->rules_hash = meta(s, "rules");
	m->cocci = meta(s, "cocci");
	if (load_findings(&l) || load_rules(&l) || load_units(&l) ||
	    load_arches(&l) || load_coverage(&l) ||
	    model_load_calls(m, s, paths, err))
		return NULL;
	summarise(m);
	return m;
}

bool model_is_engine(const char *name)
{
	return !strcmp(name, "gcc") || !strcmp(name, "cocci") ||
	       !strcmp(name, "both");
}

void model_only(struct model *m, const char *engine)
{
	size_t i, n = 0;

	if (!engine)
		return;
	if (!strcmp(engine, "both"))
		engine = "gcc,cocci";
	for (i = 0; i < m->nfindings; i++)
		if (!strcmp(m->finding[i].engines, engine))
			m->finding[n++] = m->finding[i];
	m->nfindings = n;
	summarise(m);
}

const struct model_rule *model_rule_of(const struct model *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->nrules; i++)
		if (!strcmp(m->rule[i].id, id))
			return &m->rule[i];
	return NULL;
}

void model_mark(struct model *m, const struct known *k)
{
	size_t i;

	for (i = 0; i < m->nfindings; i++)
		m->finding[i].known = known_find(k, m->finding[i].fingerprint,
						 m->finding[i].root_cause);
}

unsigned int model_count(const struct model *m, enum confidence level)
{
	unsigned int n = 0;
	int c;

	for (c = level; c <= CONF_HIGH; c++)
		n += m->total[c];
	return n;
}
