// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "event.h"
#include "facts.h"
#include "findings_text.h"

enum { OPT_RULES = 1, OPT_FACTS };

static const struct argp_option options[] = {
	{ "verbose", 'v', NULL, 0, "also print path, summaries and sites", 0 },
	{ "rules", OPT_RULES, "FILE", 0, "rules instead of dmacheck's", 0 },
	{ "facts", OPT_FACTS, "FILE", 0, "also write a facts file", 0 },
	{ 0 }
};

struct check_options {
	struct context *ctx;
	const char *rules, *facts;
	bool verbose;
	struct strings files;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct check_options *o = state->input;

	switch (key) {
	case 'v':
		o->verbose = true;
		return 0;
	case OPT_RULES:
		o->rules = arg;
		return 0;
	case OPT_FACTS:
		o->facts = arg;
		return 0;
	case ARGP_KEY_ARG:
		strings_add(&o->files, arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, "FILE...",
	"Runs the checker over programs in event form (what the plugin's "
	"argument dump prints), with no compiler in sight. One line a finding: "
	"file:line: class confidence place.\vExit status: 0 no findings, 1 "
	"findings, 2 it could not run.",
	NULL, NULL, NULL
};

/* How many findings, or -1. */
static int check_file(struct check_options *o, const struct rules *rules,
		      const char *path)
{
	struct facts_head head = { .target = "-", .compiler = "-" };
	char *text = file_read(o->ctx->arena, path, NULL, o->ctx->err);
	struct unit *u;
	struct result *res;
	unsigned int i;

	if (!text)
		return -1;
	u = unit_parse(o->ctx->arena, text, o->ctx->err);
	if (!u)
		return error_prefix(o->ctx->err, "%s", path);
	res = check_unit(u, rules);
	for (i = 0; i < res->nfindings; i++)
		finding_print(stdout, &res->finding[i], o->verbose);
	if (o->verbose)
		result_print(stdout, res);
	head.source = u->file[0];
	if (o->facts && facts_write(o->facts, &head, u, res, rules,
				    o->ctx->err))
		return -1;
	return (int)res->nfindings;
}

int command_check(struct context *ctx, int argc, char **argv)
{
	struct check_options o = { .ctx = ctx };
	struct rules *rules;
	int n = 0, found = 0;
	size_t i;

	strings_init(&o.files, ctx->arena);
	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.files.n)
		return error_set(ctx->err, "give a file in event form");
	if (o.facts && o.files.n > 1)
		return error_set(ctx->err,
				 "--facts takes one file in event form");
	rules = command_rules(ctx, o.rules);
	if (!rules)
		return -1;
	for (i = 0; i < o.files.n && n >= 0; i++) {
		n = check_file(&o, rules, o.files.item[i]);
		found += n > 0 ? n : 0;
	}
	rules_free(rules);
	if (n < 0)
		return -1;
	return found ? EXIT_FINDINGS : EXIT_NOTHING;
}
