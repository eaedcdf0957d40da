/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The store: one SQLite file with all that an audit found.
 *
 * It holds the state of one tree: of each unit that was ever asked for what
 * the last audit made of it, for each architecture that looked at it. All of
 * it was made by one engine build with one set of rules and one version of the
 * compiler, for one configuration an architecture; when one of these changes,
 * an audit redoes every unit the store knows. What semantic patches found is
 * of no architecture: a unit for each file, with engine "cocci". All changes of
 * one audit by one engine are one transaction; a finished store is a single
 * file that opens read-only.
 *
 * The tables are in store_schema.c. Times, ids and absolute paths never enter
 * what "dump --canonical" prints.
 */
#ifndef DMACHECK_STORE_H
#define DMACHECK_STORE_H

#include <sqlite3.h>
#include "util.h"

/* "dmac": PRAGMA application_id of our stores. */
#define STORE_APPLICATION 0x646d6163

/* PRAGMA user_version; grows with every change of the tables. */
#define STORE_VERSION 4

struct store {
	sqlite3 *db;
	const char *path;
	struct arena *arena;
};

enum store_mode { STORE_READ, STORE_WRITE };

/* The SQL that makes an empty store of STORE_VERSION. */
extern const char store_schema[];

/*
 * Opens @path; STORE_WRITE makes it if it is not there or empty, and finds
 * out now whether it can be written. NULL and a sentence in @err if it cannot
 * be opened, is no database, a database of another program, or of another
 * version; it is untouched then.
 */
struct store *store_open(struct arena *arena, const char *path,
			 enum store_mode mode, struct error *err);
void store_close(struct store *s);

/* Runs SQL without a result. */
int store_exec(struct store *s, const char *sql, struct error *err);

/* Puts what SQLite says last into a sentence about @s; returns -1. */
int store_error(struct store *s, struct error *err);

/* A prepared statement, to be ended by sqlite3_finalize(); NULL: @err. */
sqlite3_stmt *store_prepare(struct store *s, const char *sql,
			    struct error *err);

/*
 * Binds, from parameter 1 on, one value for each letter of @types: "s" a
 * const char * (NULL is NULL), "i" an int64_t, "d" a double. Then steps the
 * statement once and resets it. -1 and a sentence if that fails.
 */
int store_run(struct store *s, sqlite3_stmt *st, struct error *err,
	      const char *types, ...);

/* A value of table "meta", or NULL. */
const char *store_meta(struct store *s, const char *key);
int store_set_meta(struct store *s, const char *key, const char *value,
		   struct error *err);

/* Text of a column, copied to the store's arena; NULL becomes "". */
const char *store_text(struct store *s, sqlite3_stmt *st, int column);

/* The texts that @sql yields, a row each, into @list. */
int store_texts(struct store *s, const char *sql, struct strings *list,
		struct error *err);

/* The number that @sql yields; 0 if it yields none. */
int64_t store_number(struct store *s, const char *sql);

#endif
