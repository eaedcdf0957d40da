// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <string.h>
#include "command.h"
#include "report.h"

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON, FORMAT_SARIF,
	      FORMAT_MARKDOWN, FORMAT_SUMMARY, FORMAT_MAX };

static const char *const format_name[FORMAT_MAX] = {
	"text", "csv", "json", "sarif", "markdown", "summary",
};

enum { OPT_DB = 1, OPT_FORMAT, OPT_LEVEL, OPT_KNOWN, OPT_ENGINE,
       OPT_COVERAGE };

static const struct argp_option options[] = {
	{ "db", OPT_DB, "FILE", 0, "the database of an audit", 0 },
	{ "format", OPT_FORMAT, "FORMAT", 0,
	  "text (default), csv, json, sarif, markdown or summary", 0 },
	{ "level", OPT_LEVEL, "LEVEL", 0,
	  "lowest confidence that is shown: high, medium or low; default is "
	  "medium for text and markdown, else low", 0 },
	{ "engine", OPT_ENGINE, "ENGINE", 0,
	  "findings that only this engine makes, gcc or cocci, or both", 0 },
	{ "coverage", OPT_COVERAGE, NULL, 0,
	  "instead of findings: each call of the DMA API in the source text, "
	  "which engine saw it, and why those that none saw were not", 0 },
	{ "known", OPT_KNOWN, "FILE", 0,
	  "mark the findings that are known; numbers, the CSV and the exit "
	  "status stay the same", 0 },
	{ "output", 'o', "FILE", 0, "write to FILE", 0 },
	{ 0 }
};

struct report_options {
	struct context *ctx;
	const char *db, *known, *output, *engine;
	int format, level;
	bool coverage;
	struct strings paths;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct report_options *o = state->input;
	int i;

	switch (key) {
	case OPT_DB:
		o->db = arg;
		return 0;
	case OPT_FORMAT:
		for (i = 0; i < FORMAT_MAX; i++)
			if (!strcmp(arg, format_name[i]))
				o->format = i;
		if (o->format < 0)
			argp_error(state, "there is no format %s", arg);
		return 0;
	case OPT_LEVEL:
		o->level = confidence_from_name(arg);
		if (o->level < 0)
			argp_error(state, "there is no level %s", arg);
		return 0;
	case OPT_ENGINE:
		o->engine = arg;
		if (!model_is_engine(arg))
			argp_error(state, "there is no engine %s", arg);
		return 0;
	case OPT_COVERAGE:
		o->coverage = true;
		return 0;
	case OPT_KNOWN:
		o->known = arg;
		return 0;
	case 'o':
		o->output = arg;
		return 0;
	case ARGP_KEY_ARG:
		strings_add(&o->paths, path_clean(o->ctx->arena, arg));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, "[PATH...]",
	"Prints what the last audit stored; with PATHs only what lies in these "
	"files and folders of the tree.\vExit status: 0 nothing is listed, 1 "
	"findings are listed, 2 it could not be written.",
	NULL, NULL, NULL
};

static int put(struct report *r, const struct report_options *o,
	       struct error *err)
{
	if (o->coverage) {
		report_calls(r);
		return 0;
	}
	switch (o->format) {
	case FORMAT_CSV:
		report_csv(r);
		return 0;
	case FORMAT_JSON:
		return report_json(r, err);
	case FORMAT_SARIF:
		return report_sarif(r, err);
	case FORMAT_MARKDOWN:
		report_markdown(r);
		return 0;
	case FORMAT_SUMMARY:
		report_coverage(r);
		fputs("\n", r->out);
		report_summary(r);
		return 0;
	default:
		report_text(r);
		return 0;
	}
}

/* To stdout, or to a file that is complete or not there. */
static int put_to(struct context *ctx, struct report *r,
		  const struct report_options *o)
{
	char *tmp;
	int ret;

	r->out = stdout;
	if (!o->output)
		return put(r, o, ctx->err);
	tmp = arena_printf(ctx->arena, "%s.tmp", o->output);
	r->out = fopen(tmp, "we");
	if (!r->out)
		return error_set(ctx->err, "cannot write %s: %s", tmp,
				 strerror(errno));
	ret = put(r, o, ctx->err);
	if ((fclose(r->out) || rename(tmp, o->output)) && !ret)
		ret = error_set(ctx->err, "cannot write %s: %s", o->output,
				strerror(errno));
	if (ret)
		remove(tmp);
	return ret;
}

static int run(struct context *ctx, const struct report_options *o)
{
	struct store *s = store_open(ctx->arena, o->db, STORE_READ, ctx->err);
	bool people = o->format == FORMAT_TEXT || o->format == FORMAT_MARKDOWN;
	struct report r = { .color = ctx->out_tty && !ctx->no_color &&
				     !o->output };
	struct model *m = s ? model_load(s, &o->paths, ctx->err) : NULL;
	int ret = m ? 0 : -1;

	if (!ret && o->known) {
		r.known = known_load(ctx->arena, o->known, ctx->err);
		ret = r.known ? 0 : -1;
	}
	if (!ret && r.known)
		model_mark(m, r.known);
	if (!ret)
		model_only(m, o->engine);
	r.model = m;
	r.level = o->level >= 0 ? (enum confidence)o->level :
		  people ? CONF_MEDIUM : CONF_LOW;
	if (!ret)
		ret = put_to(ctx, &r, o);
	store_close(s);
	if (ret)
		return -1;
	return !o->coverage && model_count(m, r.level) ? EXIT_FINDINGS :
	       EXIT_NOTHING;
}

int command_report(struct context *ctx, int argc, char **argv)
{
	struct report_options o = { .ctx = ctx, .format = -1, .level = -1 };

	strings_init(&o.paths, ctx->arena);
	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.db)
		return error_set(ctx->err, "give the database: --db FILE");
	if (o.format < 0)
		o.format = FORMAT_TEXT;
	return run(ctx, &o);
}
