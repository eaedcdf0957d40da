// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <unistd.h>
#include "import.h"
#include "import_facts.h"

static const char *const status_name[] = { "done", "failed", "skipped" };

struct importer {
	struct store *s;
	struct import *im;
	struct inserts *in;
	sqlite3_stmt *find, *drop, *gone, *fail, *skip;
	struct error *err;
};

/* The meta values that make facts comparable. */
static bool same_meta(struct store *s, const char *key, const char *value)
{
	const char *there = store_meta(s, key);

	return !there || !strcmp(there, value);
}

bool import_same_head(struct store *s, const struct import_head *h)
{
	return same_meta(s, "engine", h->engine) &&
	       same_meta(s, "rules", h->rules->hash) &&
	       same_meta(s, "compiler", h->compiler);
}

bool import_same_arch(struct store *s, const struct import_arch *arch,
		      struct error *err)
{
	sqlite3_stmt *st = store_prepare(s,
		"SELECT config FROM arches WHERE name = ?", err);
	bool same = true;

	if (!st)
		return false;
	sqlite3_bind_text(st, 1, arch->name, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		same = !strcmp(store_text(s, st, 0), arch->config);
	sqlite3_finalize(st);
	return same;
}

/* Tells two audits apart that left different facts. */
static char *stamp_of(struct store *s, const struct import *im)
{
	uint64_t h = hash_string(0, im->head->engine);
	size_t i;

	h = hash_string(h, im->head->rules->hash);
	h = hash_string(h, im->head->compiler);
	for (i = 0; i < im->narches; i++) {
		h = hash_string(h, im->arch[i]->name);
		h = hash_string(h, im->arch[i]->config);
	}
	for (i = 0; i < im->n; i++) {
		const struct outcome *o = &im->outcome[i];

		h = hash_string(h, o->source);
		h = hash_string(h, o->arch->name);
		h = hash_bytes(h, &o->status, sizeof(o->status));
		h = hash_string(h, o->reason ? o->reason : "");
		h = hash_string(h, o->stamp ? o->stamp : "");
	}
	return hash_text(s->arena, h);
}

static bool is(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

/* Does the store hold just this of the unit already? */
static bool up_to_date(struct importer *x, const struct outcome *o)
{
	bool same = false;

	sqlite3_bind_text(x->find, 1, o->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(x->find, 2, o->arch->name, -1, SQLITE_STATIC);
	if (sqlite3_step(x->find) == SQLITE_ROW)
		same = is((const char *)sqlite3_column_text(x->find, 0),
			  status_name[o->status]) &&
		       is((const char *)sqlite3_column_text(x->find, 1),
			  o->reason) &&
		       (o->status != UNIT_DONE ||
			is((const char *)sqlite3_column_text(x->find, 2),
			   o->stamp));
	sqlite3_reset(x->find);
	return same;
}

static int import_done(struct importer *x, struct outcome *o)
{
	struct error why;
	bool in_store;
	const char *at;

	if (store_exec(x->s, "SAVEPOINT unit", x->err) ||
	    store_run(x->s, x->drop, x->err, "ss", o->source, o->arch->name))
		return -1;
	if (!inserts_unit(x->in, o, &in_store, &why))
		return store_exec(x->s, "RELEASE unit", x->err);
	if (in_store) {
		*x->err = why;
		return -1;
	}
	if (store_exec(x->s, "ROLLBACK TO unit; RELEASE unit", x->err))
		return -1;
	unlink(o->facts);
	at = strstr(why.text, x->im->cache);
	o->status = UNIT_FAILED;
	o->reason = !at ? arena_strdup(x->s->arena, why.text) :
		    arena_printf(x->s->arena, "%.*s%s",
				 (int)(at - why.text), why.text,
				 at + strlen(x->im->cache) + 1);
	return store_run(x->s, x->fail, x->err, "sss", o->source,
			 o->arch->name, o->reason);
}

static int import_one(struct importer *x, struct outcome *o)
{
	if (up_to_date(x, o))
		return 0;
	if (o->status == UNIT_DONE)
		return import_done(x, o);
	if (o->status == UNIT_FAILED)
		return store_run(x->s, x->fail, x->err, "sss", o->source,
				 o->arch->name, o->reason);
	if (store_run(x->s, x->drop, x->err, "ss", o->source, o->arch->name))
		return -1;
	return store_run(x->s, x->skip, x->err, "sss", o->source,
			 o->arch->name, o->reason);
}

/* Units of files that the tree no longer has. */
static int drop_gone(struct importer *x)
{
	struct strings all;
	size_t i;

	if (store_texts(x->s, "SELECT source FROM units", &all, x->err))
		return -1;
	for (i = 0; i < all.n; i++) {
		if (file_exists(path_join(x->s->arena, x->im->head->tree,
					  all.item[i])))
			continue;
		if (store_run(x->s, x->gone, x->err, "s", all.item[i]))
			return -1;
	}
	return 0;
}

/* What other architectures said of files that this audit looked at. */
static int drop_old(struct importer *x)
{
	sqlite3_stmt *st;
	size_t i;
	int ret = 0;

	if (store_exec(x->s, "CREATE TEMP TABLE now (source TEXT, arch TEXT,"
		       " done INTEGER, PRIMARY KEY (source, arch))", x->err))
		return -1;
	st = store_prepare(x->s, "INSERT INTO now VALUES (?, ?, ?)", x->err);
	for (i = 0; st && i < x->im->n && !ret; i++) {
		const struct outcome *o = &x->im->outcome[i];

		ret = store_run(x->s, st, x->err, "ssi", o->source,
				o->arch->name,
				(int64_t)(o->status == UNIT_DONE));
	}
	sqlite3_finalize(st);
	if (!st || ret)
		return -1;
	return store_exec(x->s, "DELETE FROM units WHERE engine = 'gcc' AND"
			  " source IN (SELECT source FROM now WHERE done) AND"
			  " (source, arch) NOT IN"
			  " (SELECT source, arch FROM now);"
			  "DROP TABLE now", x->err);
}

/* The architectures of this audit come first, in its order. */
static int import_arches(struct importer *x)
{
	sqlite3_stmt *st, *drop;
	int ret = 0;
	size_t i;

	if (store_exec(x->s, "UPDATE arches SET number = number + 1000",
		       x->err))
		return -1;
	st = store_prepare(x->s, "INSERT INTO arches VALUES (?1, ?2, ?3)"
			   " ON CONFLICT (name) DO UPDATE SET number = ?2,"
			   " config = ?3", x->err);
	drop = store_prepare(x->s, "DELETE FROM units WHERE arch = ?",
			     x->err);
	for (i = 0; st && drop && i < x->im->narches && !ret; i++) {
		const struct import_arch *a = x->im->arch[i];

		if (!import_same_arch(x->s, a, x->err))
			ret = store_run(x->s, drop, x->err, "s", a->name);
		ret = ret || store_run(x->s, st, x->err, "sis", a->name,
				       (int64_t)i + 1, a->config);
	}
	sqlite3_finalize(st);
	sqlite3_finalize(drop);
	if (!st || !drop || ret)
		return -1;
	return store_exec(x->s, "UPDATE arches SET number = nth FROM"
			  " (SELECT name AS n, row_number() OVER"
			  " (ORDER BY number) AS nth FROM arches)"
			  " WHERE name = n", x->err);
}

static int import_rules(struct importer *x)
{
	const struct rules *r = x->im->head->rules;
	sqlite3_stmt *st;
	unsigned int i;
	int ret = 0;

	if (store_exec(x->s, "DELETE FROM rules WHERE id NOT IN (SELECT rule"
		       " FROM findings f JOIN units u ON u.id = f.unit"
		       " WHERE u.engine = 'cocci')", x->err))
		return -1;
	st = store_prepare(x->s, "INSERT OR REPLACE INTO rules VALUES"
			   " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", x->err);
	for (i = 0; st && i < r->nrules && !ret; i++) {
		const struct rule *u = &r->rule[i];

		ret = store_run(x->s, st, x->err, "ssisssssss", u->id,
				u->class, (int64_t)u->cwe,
				confidence_name(u->confidence), u->message,
				u->debug, u->contract, u->why, u->bad,
				u->good);
	}
	sqlite3_finalize(st);
	return st ? ret : -1;
}

static int import_meta(struct importer *x, const char *stamp)
{
	const struct import_head *h = x->im->head;
	const char *const pair[][2] = {
		{ "tree", h->tree }, { "version", h->version },
		{ "compiler", h->compiler }, { "engine", h->engine },
		{ "rules", h->rules->hash }, { "stamp", stamp },
	};
	size_t i;

	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++)
		if (store_set_meta(x->s, pair[i][0], pair[i][1], x->err))
			return -1;
	return 0;
}

static int import_history(struct importer *x)
{
	sqlite3_stmt *st = store_prepare(x->s, "INSERT INTO runs (began,"
		" seconds, engine, rules, asked, done, failed, skipped)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)", x->err);
	int64_t count[3] = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < x->im->n; i++)
		count[x->im->outcome[i].status]++;
	ret = !st ? -1 : store_run(x->s, st, x->err, "sdsssiii",
				   x->im->began, x->im->seconds,
				   x->im->head->engine,
				   x->im->head->rules->hash, x->im->asked,
				   count[UNIT_DONE], count[UNIT_FAILED],
				   count[UNIT_SKIPPED]);
	sqlite3_finalize(st);
	return ret;
}

static int prepare(struct importer *x)
{
	x->find = store_prepare(x->s, "SELECT status, reason, facts"
				" FROM units WHERE source = ? AND arch = ?",
				x->err);
	x->drop = store_prepare(x->s, "DELETE FROM units WHERE source = ?"
				" AND arch = ?", x->err);
	x->gone = store_prepare(x->s, "DELETE FROM units WHERE source = ?",
				x->err);
	x->fail = store_prepare(x->s, "INSERT INTO units (source, arch,"
		" status, reason) VALUES (?1, ?2, 'failed', ?3) ON CONFLICT"
		" (source, arch) DO UPDATE SET status = 'failed',"
		" reason = ?3", x->err);
	x->skip = store_prepare(x->s, "INSERT INTO units (source, arch,"
				" status, reason) VALUES (?, ?, 'skipped', ?)",
				x->err);
	x->in = inserts_open(x->s, x->im->head, x->err);
	return x->find && x->drop && x->gone && x->fail && x->skip && x->in ?
	       0 : -1;
}

static int import_all(struct importer *x, const char *stamp)
{
	size_t i;

	if (!import_same_head(x->s, x->im->head) &&
	    store_exec(x->s, "DELETE FROM units WHERE engine = 'gcc';"
		       " DELETE FROM arches", x->err))
		return -1;
	if (import_arches(x))
		return -1;
	for (i = 0; i < x->im->n; i++)
		if (import_one(x, &x->im->outcome[i]))
			return -1;
	if (drop_old(x) || drop_gone(x) || import_rules(x) ||
	    import_meta(x, stamp))
		return -1;
	return import_history(x);
}

int import_run(struct store *s, struct import *im, struct error *err)
{
	struct importer x = { .s = s, .im = im, .err = err };
	const char *stamp = stamp_of(s, im);
	const char *before = store_meta(s, "stamp");
	struct error ignored;
	int ret;

	im->unchanged = before && !strcmp(before, stamp);
	if (im->unchanged)
		return 0;
	ret = prepare(&x);
	if (!ret)
		ret = store_exec(s, "BEGIN IMMEDIATE", err);
	if (!ret)
		ret = import_all(&x, stamp) || store_exec(s, "COMMIT", err);
	sqlite3_finalize(x.find);
	sqlite3_finalize(x.drop);
	sqlite3_finalize(x.gone);
	sqlite3_finalize(x.fail);
	sqlite3_finalize(x.skip);
	inserts_close(x.in);
	if (ret)
		store_exec(s, "ROLLBACK", &ignored);
	return ret ? -1 : 0;
}
