// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdio.h>
#include "explain.h"

enum { OPT_RULES = 1, OPT_JSON, OPT_MARKDOWN, OPT_TABLE };

static const struct argp_option options[] = {
	{ "json", OPT_JSON, NULL, 0, "as JSON", 0 },
	{ "markdown", OPT_MARKDOWN, NULL, 0, "all rules, as the table of the "
	  "README", 0 },
	{ "table", OPT_TABLE, NULL, 0, "rule, class, contract and check of "
	  "CONFIG_DMA_API_DEBUG, as a table", 0 },
	{ "rules", OPT_RULES, "FILE", 0, "rules instead of dmacheck's", 0 },
	{ 0 }
};

struct explain_options {
	const char *rules, *name;
	int form;			/* OPT_JSON ..., 0: text */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct explain_options *o = state->input;

	switch (key) {
	case OPT_RULES:
		o->rules = arg;
		return 0;
	case OPT_JSON:
	case OPT_MARKDOWN:
	case OPT_TABLE:
		if (o->form && o->form != key)
			argp_error(state, "one of --json, --markdown and "
				   "--table is enough");
		o->form = key;
		return 0;
	case ARGP_KEY_ARG:
		if (o->name)
			argp_error(state, "explains one rule at a time");
		o->name = arg;
		return 0;
	case ARGP_KEY_SUCCESS:
		if (o->name && o->form && o->form != OPT_JSON)
			argp_error(state, "a table is of all rules");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, "[RULE | FUNCTION]",
	"Explains a rule: what it says, why, code that is wrong and code that "
	"is right. RULE is its id, with or without dma-, its -W option or its "
	"class. With a FUNCTION of the DMA API it says what the rules know of "
	"it; alone it lists the rules.",
	NULL, NULL, NULL
};

static int explain(struct context *ctx, const struct rules *r,
		   const struct explain_options *o)
{
	switch (o->form) {
	case OPT_JSON:
		return explain_json(stdout, r, o->name, ctx->err);
	case OPT_MARKDOWN:
		explain_markdown(stdout, r);
		return 0;
	case OPT_TABLE:
		explain_table(stdout, r);
		return 0;
	}
	if (!o->name) {
		explain_list(stdout, r);
		return 0;
	}
	if (rules_api(r, o->name))
		return explain_api(stdout, r, o->name, ctx->err);
	return explain_rule(stdout, r, o->name, ctx->err);
}

int command_explain(struct context *ctx, int argc, char **argv)
{
	struct explain_options o = { NULL, NULL, 0 };
	struct rules *r;
	int failed;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	r = command_rules(ctx, o.rules);
	if (!r)
		return -1;
	failed = explain(ctx, r, &o);
	rules_free(r);
	return failed ? -1 : EXIT_NOTHING;
}
