// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include "command.h"
#include "findings_text.h"
#include "link.h"
#include "link_plan.h"

enum { OPT_RULES = 1, OPT_PLAN, OPT_WHOLE };

static const struct argp_option options[] = {
	{ "whole", OPT_WHOLE, NULL, 0,
	  "the files are all of the module that matter", 0 },
	{ "plan", OPT_PLAN, "FILE", 0,
	  "link what FILE says, as audit does, and write facts", 0 },
	{ "verbose", 'v', NULL, 0, "also print path, summaries and sites", 0 },
	{ "rules", OPT_RULES, "FILE", 0, "rules instead of dmacheck's", 0 },
	{ 0 }
};

struct link_options {
	struct context *ctx;
	const char *rules, *plan;
	bool whole, verbose;
	struct strings files;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct link_options *o = state->input;

	switch (key) {
	case 'v':
		o->verbose = true;
		return 0;
	case OPT_RULES:
		o->rules = arg;
		return 0;
	case OPT_PLAN:
		o->plan = arg;
		return 0;
	case OPT_WHOLE:
		o->whole = true;
		return 0;
	case ARGP_KEY_ARG:
		strings_add(&o->files, arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, "FACTS...\n--plan FILE",
	"Checks the files of one kernel module together: FACTS are what the "
	"plugin leaves with its arguments collect and facts. No compiler "
	"runs. One line a finding: file:line: class confidence place.\v"
	"Exit status: 0 no findings, 1 findings, 2 it could not run.",
	NULL, NULL, NULL
};

/* The inputs of the plan, or the files of the command line. */
static struct link_input *inputs_of(struct link_options *o,
				    struct link_lines *l, unsigned int *n)
{
	struct link_input *in;
	size_t i;

	if (!o->plan) {
		strings_sort(&o->files);
		l->in = o->files;
		l->whole = o->whole;
	}
	in = arena_alloc(o->ctx->arena,
			 (l->in.n + l->import.n + 1) * sizeof(*in));
	for (i = 0; i < l->in.n; i++)
		in[(*n)++].path = l->in.item[i];
	for (i = 0; i < l->import.n; i++) {
		in[*n].path = l->import.item[i];
		in[*n].imported = true;
		in[*n].name = l->names[i].item;
		in[(*n)++].nnames = l->names[i].n;
	}
	return in;
}

static int link_files(struct link_options *o, const struct rules *rules)
{
	struct context *ctx = o->ctx;
	struct link_lines l = { 0 };
	struct link_input *in;
	struct linked *linked;
	struct result *res;
	unsigned int n = 0;
	size_t i;

	if (o->plan && link_plan_read(ctx->arena, o->plan, &l, ctx->err))
		return -1;
	in = inputs_of(o, &l, &n);
	linked = link_inputs(ctx->arena, rules, in, n, l.whole, ctx->err);
	if (!linked)
		return -1;
	res = check_unit(linked->unit, rules);
	link_show(ctx->arena, linked->unit, res);
	for (i = 0; o->plan && i < l.out.n; i++)
		if (facts_write_source(l.out.item[i], &linked->head[i],
				       linked->unit, res, linked->source[i],
				       rules, ctx->err))
			return -1;
	if (o->plan)
		return EXIT_NOTHING;
	for (i = 0; i < res->nfindings; i++)
		finding_print(stdout, &res->finding[i], o->verbose);
	if (o->verbose)
		result_print(stdout, res);
	return res->nfindings ? EXIT_FINDINGS : EXIT_NOTHING;
}

/*
 * Each function takes and gives back megabytes: to get them from the kernel
 * and cleared by it each time took a tenth of a link.
 */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, INT_MAX);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

int command_link(struct context *ctx, int argc, char **argv)
{
	struct link_options o = { .ctx = ctx };
	struct rules *rules;
	int ret;

	strings_init(&o.files, ctx->arena);
	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.files.n == !o.plan)
		return error_set(ctx->err,
				 "give files of collected facts, or --plan");
	keep_memory();
	rules = command_rules(ctx, o.rules);
	if (!rules)
		return -1;
	ret = link_files(&o, rules);
	rules_free(rules);
	return ret;
}
