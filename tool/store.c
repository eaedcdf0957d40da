// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store.h"

int store_error(struct store *s, struct error *err)
{
	int code = sqlite3_extended_errcode(s->db);

	if ((code & 0xff) == SQLITE_FULL)
		return error_set(err,
			"no space left for %s; what it held before is still there",
			s->path);
	if ((code & 0xff) == SQLITE_BUSY)
		return error_set(err, "%s is in use by another program",
				 s->path);
	if ((code & 0xff) == SQLITE_NOTADB)
		return error_set(err, "%s is not a database", s->path);
	return error_set(err, "%s: %s", s->path, sqlite3_errmsg(s->db));
}

int store_exec(struct store *s, const char *sql, struct error *err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_error(s, err);
	return 0;
}

sqlite3_stmt *store_prepare(struct store *s, const char *sql,
			    struct error *err)
{
	sqlite3_stmt *st;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK) {
		store_error(s, err);
		return NULL;
	}
	return st;
}

int store_run(struct store *s, sqlite3_stmt *st, struct error *err,
	      const char *types, ...)
{
	va_list ap;
	int i, rc = SQLITE_OK, ret;

	va_start(ap, types);
	for (i = 0; types[i] && rc == SQLITE_OK; i++) {
		if (types[i] == 's')
			rc = sqlite3_bind_text(st, i + 1,
					       va_arg(ap, const char *), -1,
					       SQLITE_TRANSIENT);
		else if (types[i] == 'i')
			rc = sqlite3_bind_int64(st, i + 1,
						va_arg(ap, int64_t));
		else
			rc = sqlite3_bind_double(st, i + 1,
						 va_arg(ap, double));
	}
	va_end(ap);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	ret = rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : store_error(s, err);
	sqlite3_reset(st);
	return ret;
}

int store_texts(struct store *s, const char *sql, struct strings *list,
		struct error *err)
{
	sqlite3_stmt *st = store_prepare(s, sql, err);

	strings_init(list, s->arena);
	if (!st)
		return -1;
	while (sqlite3_step(st) == SQLITE_ROW)
		strings_add(list, store_text(s, st, 0));
	sqlite3_finalize(st);
	return 0;
}

int64_t store_number(struct store *s, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n = 0;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
		return 0;
	if (sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

const char *store_text(struct store *s, sqlite3_stmt *st, int column)
{
	const char *t = (const char *)sqlite3_column_text(st, column);

	return t ? arena_strdup(s->arena, t) : "";
}

const char *store_meta(struct store *s, const char *key)
{
	sqlite3_stmt *st;
	const char *value = NULL;

	if (sqlite3_prepare_v2(s->db, "SELECT value FROM meta WHERE key = ?",
			       -1, &st, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		value = store_text(s, st, 0);
	sqlite3_finalize(st);
	return value;
}

int store_set_meta(struct store *s, const char *key, const char *value,
		   struct error *err)
{
	sqlite3_stmt *st = store_prepare(s,
		"INSERT OR REPLACE INTO meta VALUES (?, ?)", err);
	int ret = st ? store_run(s, st, err, "ss", key, value) : -1;

	sqlite3_finalize(st);
	return ret;
}

/* The store is there: is it ours, and can we read it? */
static int check_identity(struct store *s, struct error *err)
{
	int64_t app, version;

	if (store_exec(s, "SELECT count(*) FROM sqlite_schema", err))
		return -1;
	app = store_number(s, "PRAGMA application_id");
	version = store_number(s, "PRAGMA user_version");
	if (app != STORE_APPLICATION)
		return error_set(err,
			"%s is a database of another program; it was left as it is",
			s->path);
	if (version > STORE_VERSION)
		return error_set(err,
			"%s was written by a newer dmacheck: its version is %lld, this one knows %d; it was left as it is",
			s->path, (long long)version, STORE_VERSION);
	if (version < STORE_VERSION)
		return error_set(err,
			"%s was written by an older dmacheck: its version is %lld, this one writes %d; audit into a new database",
			s->path, (long long)version, STORE_VERSION);
	return 0;
}

static int create_tables(struct store *s, struct error *err)
{
	char pragmas[128];

	snprintf(pragmas, sizeof(pragmas),
		 "PRAGMA application_id = %d; PRAGMA user_version = %d;",
		 STORE_APPLICATION, STORE_VERSION);
	if (store_exec(s, "BEGIN IMMEDIATE", err) ||
	    store_exec(s, pragmas, err) || store_exec(s, store_schema, err))
		return -1;
	return store_exec(s, "COMMIT", err);
}

static int prepare_writing(struct store *s, bool empty, struct error *err)
{
	/* A finished store is one file: no write-ahead log beside it. */
	if (empty && create_tables(s, err))
		return -1;
	if (check_identity(s, err) ||
	    store_exec(s, "PRAGMA journal_mode = DELETE;"
		       "PRAGMA synchronous = NORMAL;"
		       "PRAGMA foreign_keys = ON;"
		       "PRAGMA cache_size = -131072;"
		       "PRAGMA temp_store = MEMORY", err))
		return -1;
	if (store_exec(s, "BEGIN IMMEDIATE", err))
		return -1;
	return store_exec(s, "ROLLBACK", err);
}

struct store *store_open(struct arena *arena, const char *path,
			 enum store_mode mode, struct error *err)
{
	struct store *s = arena_alloc(arena, sizeof(*s));
	int flags = mode == STORE_READ ? SQLITE_OPEN_READONLY :
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	struct stat st;
	bool there = !stat(path, &st);

	s->arena = arena;
	s->path = arena_strdup(arena, path);
	if (!there && mode == STORE_READ) {
		error_set(err, "cannot open the database %s: %s", path,
			  strerror(errno));
		return NULL;
	}
	if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK) {
		error_set(err, "cannot open the database %s: %s", path,
			  there && S_ISDIR(st.st_mode) ? "it is a folder" :
			  sqlite3_errmsg(s->db));
		store_close(s);
		return NULL;
	}
	sqlite3_busy_timeout(s->db, 10000);
	sqlite3_extended_result_codes(s->db, 1);
	if (mode == STORE_WRITE ?
	    prepare_writing(s, !there || !st.st_size, err) :
	    check_identity(s, err)) {
		store_close(s);
		/* What was not there before and is empty is not left behind. */
		if (!there && !stat(path, &st) && !st.st_size)
			unlink(path);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (s)
		sqlite3_close(s->db);
}
