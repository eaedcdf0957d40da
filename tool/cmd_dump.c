// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include "command.h"
#include "store.h"

enum { OPT_DB = 1, OPT_CANONICAL };

static const struct argp_option options[] = {
	{ "db", OPT_DB, "FILE", 0, "the database of an audit", 0 },
	{ "canonical", OPT_CANONICAL, NULL, 0,
	  "two equal databases print the same: no times, ids or absolute "
	  "paths", 0 },
	{ 0 }
};

struct dump_options {
	const char *db;
	bool canonical;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct dump_options *o = state->input;

	switch (key) {
	case OPT_DB:
		o->db = arg;
		return 0;
	case OPT_CANONICAL:
		o->canonical = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, NULL,
	"Prints a whole database as text, a row a line, sorted. Columns are "
	"separated by tabs; tabs, newlines and backslashes in them are written "
	"\\t, \\n and \\\\.",
	NULL, NULL, NULL
};

/* What a dump consists of, in this order; each query sorts itself. */
static const struct {
	const char *name, *sql;
	bool canonical;
} parts[] = {
	{ "meta", "SELECT key, value FROM meta"
		  " WHERE key NOT IN ('tree', 'stamp') ORDER BY 1", true },
	{ "meta", "SELECT key, value FROM meta"
		  " WHERE key IN ('tree', 'stamp') ORDER BY 1", false },
	{ "arch", "SELECT number, name, config FROM arches ORDER BY 1", true },
	{ "run", "SELECT id, began, seconds, engine, rules, asked, done,"
		 " failed, skipped FROM runs ORDER BY 1", false },
	{ "rule", "SELECT id, class, cwe, confidence, message, debug,"
		  " contract, why, bad, good FROM rules ORDER BY 1", true },
	{ "unit", "SELECT source, engine, arch, status, reason, target"
		  " FROM units ORDER BY 1, 2, 3", true },
	{ "ops", "SELECT source, arch, type, field, object, function FROM ops o"
		 " JOIN units u ON u.id = o.unit ORDER BY 1, 2, 3, 4, 5, 6",
	  true },
	{ "function", "SELECT source, arch, name, file, line, col, static,"
		      " complete, f.reason, worlds, summary"
		      " FROM functions f JOIN units u ON u.id = f.unit"
		      " ORDER BY 1, 2, 3, 4, 5, 6", true },
	{ "time", "SELECT source, arch, name, seconds FROM functions f"
		  " JOIN units u ON u.id = f.unit ORDER BY 4 DESC, 1, 2, 3",
	  false },
	{ "site", "SELECT source, arch, s.file, line, col, kind, api, family,"
		  " function, place, seen FROM sites s"
		  " JOIN units u ON u.id = s.unit"
		  " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10", true },
	{ "unresolved", "SELECT source, arch, n.file, line, function, api, role"
			" FROM unresolved n JOIN units u ON u.id = n.unit"
			" ORDER BY 1, 2, 3, 4, 5, 6, 7", true },
	{ "call", "SELECT source, line, col, kind, api, function, macro, arches,"
		  " gcc, parsed, cocci FROM call_coverage ORDER BY 1, 2, 3",
	  true },
	{ "finding", "SELECT source, engine, arch, f.file, line, col, rule, class,"
		     " confidence, function, place, api, message,"
		     " fingerprint, acquire_function, acquire_file,"
		     " acquire_line, root_cause, acquire_text FROM findings f"
		     " JOIN units u ON u.id = f.unit"
		     " ORDER BY 1, 2, 3, 4, 5, 6, 7, 14, f.id", true },
	{ "step", "SELECT source, arch, fingerprint, number, s.file, s.line,"
		  " s.col, s.function, text FROM steps s"
		  " JOIN findings f ON f.id = s.finding"
		  " JOIN units u ON u.id = f.unit"
		  " ORDER BY 1, 2, 3, f.id, 4", true },
};

static void put_column(const char *s)
{
	for (; s && *s; s++) {
		if (*s == '\n')
			fputs("\\n", stdout);
		else if (*s == '\t')
			fputs("\\t", stdout);
		else if (*s == '\\')
			fputs("\\\\", stdout);
		else
			putchar(*s);
	}
}

static int dump_part(struct store *s, const char *name, const char *sql,
		     struct error *err)
{
	sqlite3_stmt *st = store_prepare(s, sql, err);
	int i, rc;

	if (!st)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		fputs(name, stdout);
		for (i = 0; i < sqlite3_column_count(st); i++) {
			putchar('\t');
			put_column((const char *)sqlite3_column_text(st, i));
		}
		putchar('\n');
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : store_error(s, err);
}

int command_dump(struct context *ctx, int argc, char **argv)
{
	struct dump_options o = { NULL, false };
	struct store *s;
	int ret = 0;
	size_t i;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.db)
		return error_set(ctx->err, "give the database: --db FILE");
	s = store_open(ctx->arena, o.db, STORE_READ, ctx->err);
	if (!s)
		return -1;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]) && !ret; i++)
		if (parts[i].canonical || !o.canonical)
			ret = dump_part(s, parts[i].name, parts[i].sql,
					ctx->err);
	store_close(s);
	return ret;
}
