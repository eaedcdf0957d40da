// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "cocci_plan.h"
#include "cocci_results.h"
#include "command.h"
#include "spatch.h"

enum { OPT_PLAN = 1 };

static const struct argp_option options[] = {
	{ "plan", OPT_PLAN, "FILE", 0, "what to run over which files", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const char **plan = state->input;

	if (key != OPT_PLAN)
		return ARGP_ERR_UNKNOWN;
	*plan = arg;
	return 0;
}

static const struct argp argp = {
	options, parse, NULL,
	"Runs semantic patches over files, all by all, as \"dmacheck audit "
	"--engine cocci\" plans it.\vExit status: 0 it is done, 2 it could "
	"not be done.",
	NULL, NULL, NULL
};

static int put(FILE *out, struct arena *arena, const struct cocci_script *s,
	       const struct spatch_file *file)
{
	struct cocci_result e = { .script = s->name };
	struct buffer b;
	size_t i;

	buffer_init(&b, arena);
	for (i = 0; i < s->files.n; i++) {
		e.hash = s->hash[i];
		e.path = file[i].path;
		e.failure = file[i].failure ? file[i].failure : "";
		e.text = file[i].text;
		cocci_result_put(&b, &e);
	}
	return fwrite(b.data, 1, b.len, out) == b.len && !fflush(out) ? 0 : -1;
}

static int run_script(struct context *ctx, const struct cocci_plan *p,
		      const struct cocci_script *s, FILE *out)
{
	struct spatch run = { .arena = ctx->arena, .script = s->path,
			      .tree = p->tree, .tmp = p->tmp,
			      .cache = path_join(ctx->arena, p->tmp, "asts"),
			      .limit = p->limit };
	struct spatch_file *file = arena_alloc(ctx->arena,
		(s->files.n + 1) * sizeof(*file));
	size_t i;

	for (i = 0; i < s->files.n; i++)
		file[i].path = s->files.item[i];
	if (spatch_run(&run, file, s->files.n, ctx->err))
		return -1;
	if (put(out, ctx->arena, s, file))
		return error_set(ctx->err, "cannot write %s: %s", p->part,
				 strerror(errno));
	return 0;
}

/* What one semantic patch cannot do, others may. */
static int run_scripts(struct context *ctx, const struct cocci_plan *p,
		       FILE *out)
{
	struct error first = { "" };
	size_t i;

	for (i = 0; i < p->n; i++)
		if (run_script(ctx, p, &p->script[i], out) && !first.text[0])
			first = *ctx->err;
	if (!first.text[0])
		return 0;
	*ctx->err = first;
	return -1;
}

static int run(struct context *ctx, const struct cocci_plan *p)
{
	FILE *out;
	int ret;

	if (make_dirs(path_join(ctx->arena, p->tmp, "asts"), ctx->err))
		return -1;
	out = fopen(p->part, "we");
	if (!out)
		return error_set(ctx->err, "cannot write %s: %s", p->part,
				 strerror(errno));
	ret = run_scripts(ctx, p, out);
	fclose(out);
	remove_tree(p->tmp);
	return ret ? ret : file_write(p->done, "", 0, ctx->err);
}

int command_cocci(struct context *ctx, int argc, char **argv)
{
	const char *plan = NULL;
	struct cocci_plan p;

	argp_parse(&argp, argc, argv, 0, NULL, &plan);
	if (!plan)
		return error_set(ctx->err, "give a plan: --plan FILE");
	if (cocci_plan_read(ctx->arena, plan, &p, ctx->err) || run(ctx, &p))
		return -1;
	return EXIT_NOTHING;
}
