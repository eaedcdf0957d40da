// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include "command.h"
#include "report.h"

enum { OPT_CHECK = 1, OPT_DB };

static const struct argp_option options[] = {
	{ "check", OPT_CHECK, "FILE", 0, "the file of known findings", 0 },
	{ "db", OPT_DB, "FILE", 0,
	  "also say which entries fit no finding of this database", 0 },
	{ 0 }
};

struct known_options {
	const char *file, *db;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct known_options *o = state->input;

	switch (key) {
	case OPT_CHECK:
		o->file = arg;
		return 0;
	case OPT_DB:
		o->db = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, NULL,
	"Checks a file of known findings and counts its verdicts. It is a YAML "
	"list of mappings with the keys fingerprint, root_cause, verdict "
	"(true, false, intended, unsure), status (none, reported, confirmed, "
	"fixed), reason, date, method (read, compiled, ran), and for those "
	"drawn by \"dmacheck sample\" seed and stratum.\vExit status: 0 the "
	"file is right, 2 it is not.",
	NULL, NULL, NULL
};

static void print_counts(const struct known *k)
{
	unsigned int n[VERDICT_UNSURE + 1] = { 0 };
	size_t i;

	for (i = 0; i < k->n; i++)
		n[k->entry[i].verdict]++;
	printf("%s: %zu entries", k->path, k->n);
	for (i = 0; i <= VERDICT_UNSURE; i++)
		printf(", %u %s", n[i], verdict_name(i));
	printf("\n");
}

static int print_stale(struct context *ctx, const struct known *k,
		       const char *db)
{
	struct store *s = store_open(ctx->arena, db, STORE_READ, ctx->err);
	struct report r = { .out = stdout, .known = k };
	struct strings all;

	if (!s)
		return -1;
	strings_init(&all, ctx->arena);
	r.model = model_load(s, &all, ctx->err);
	if (r.model)
		report_stale(&r);
	store_close(s);
	return r.model ? 0 : -1;
}

int command_known(struct context *ctx, int argc, char **argv)
{
	struct known_options o = { NULL, NULL };
	struct known *k;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.file)
		return error_set(ctx->err,
				 "give the file of known findings: --check FILE");
	k = known_load(ctx->arena, o.file, ctx->err);
	if (!k)
		return -1;
	print_counts(k);
	return o.db ? print_stale(ctx, k, o.db) : 0;
}
