// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "command.h"
#include "fix.h"
#include "proc.h"

enum { OPT_DB = 1, OPT_RULE, OPT_LEVEL, OPT_TREE, OPT_APPLY };

static const struct argp_option options[] = {
	{ "db", OPT_DB, "FILE", 0, "the database of an audit", 0 },
	{ "rule", OPT_RULE, "RULE", 0,
	  "fix the findings of this rule; the arguments are files and folders "
	  "then, none is all", 0 },
	{ "level", OPT_LEVEL, "LEVEL", 0,
	  "with --rule: lowest confidence that is fixed: high, medium "
	  "(default) or low", 0 },
	{ "tree", OPT_TREE, "DIR", 0,
	  "the kernel tree, if it is not where it was audited", 0 },
	{ "apply", OPT_APPLY, NULL, 0,
	  "write the fixes into the tree, all or, if one does not apply, none",
	  0 },
	{ 0 }
};

struct fix_options {
	const char *db, *rule, *tree;
	int level;
	bool apply;
	struct context *ctx;
	struct strings args;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct fix_options *o = state->input;

	switch (key) {
	case OPT_DB:
		o->db = arg;
		return 0;
	case OPT_RULE:
		o->rule = starts_with(arg, "dma-") ? arg :
			  arena_printf(o->ctx->arena, "dma-%s", arg);
		return 0;
	case OPT_LEVEL:
		o->level = confidence_from_name(arg);
		if (o->level < 0)
			argp_error(state, "there is no level %s", arg);
		return 0;
	case OPT_TREE:
		o->tree = arg;
		return 0;
	case OPT_APPLY:
		o->apply = true;
		return 0;
	case ARGP_KEY_ARG:
		strings_add(&o->args, path_clean(o->ctx->arena, arg));
		return 0;
	case ARGP_KEY_SUCCESS:
		if (!o->rule && !o->args.n)
			argp_error(state, "say which finding, or --rule");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, "FINDING...\n--rule RULE [PATH...]",
	"Writes the fix of findings as a unified diff, for \"git apply\". "
	"FINDING is a fingerprint, or as much of it as is unique, or FILE:LINE. "
	"Only rules are fixed for which one call, one argument or one statement "
	"is all that has to change, in all of the function; a diff is printed "
	"only if the finding is gone after it. Read it all the same: what the "
	"driver means, nobody asked.\vExit status: 0 all that was asked for is "
	"fixed, 2 it could not be tried, 3 some of it is not; the reasons are "
	"on standard error.",
	NULL, NULL, NULL
};

/* Is it @f that FILE:LINE or the beginning of a fingerprint asks for? */
static bool names(const char *arg, const struct model_finding *f)
{
	const char *colon = strrchr(arg, ':');

	if (!colon)
		return starts_with(f->fingerprint, arg);
	return strlen(f->file) == (size_t)(colon - arg) &&
	       starts_with(arg, f->file) &&
	       strtoul(colon + 1, NULL, 10) == f->line;
}

/* The findings of a rule, as they lie in the model: file by file. */
static size_t pick_rule(const struct fix_options *o, const struct model *m,
			struct fix_item *item)
{
	size_t i, n = 0;

	for (i = 0; i < m->nfindings; i++) {
		const struct model_finding *f = &m->finding[i];

		if (!strcmp(f->rule, o->rule) &&
		    (int)f->confidence >= o->level &&
		    path_below_any(f->file, &o->args))
			item[n++].finding = f;
	}
	return n;
}

/* Those that the arguments name; each has to name one, and only one. */
static int pick_named(const struct fix_options *o, const struct model *m,
		      struct fix_item *item, size_t *n)
{
	const struct model_finding *f, *found;
	size_t a, i;

	for (a = 0; a < o->args.n; a++) {
		found = NULL;
		for (i = 0; i < m->nfindings; i++) {
			f = &m->finding[i];
			if (!names(o->args.item[a], f))
				continue;
			if (found)
				return error_set(o->ctx->err, "%s is more than "
					"one finding: %s and %s are two of "
					"them", o->args.item[a],
					found->fingerprint, f->fingerprint);
			found = f;
		}
		if (!found)
			return error_set(o->ctx->err, "no finding of %s is %s; "
				"\"dmacheck report --db %s\" lists them",
				o->db, o->args.item[a], o->db);
		item[(*n)++].finding = found;
	}
	return 0;
}

static int by_file(const void *a, const void *b)
{
	const struct model_finding *x = ((const struct fix_item *)a)->finding;
	const struct model_finding *y = ((const struct fix_item *)b)->finding;
	int cmp = strcmp(x->file, y->file);

	if (!cmp)
		cmp = strcmp(x->rule, y->rule);
	if (!cmp)
		cmp = (x->line > y->line) - (x->line < y->line);
	return cmp;
}

/* Says what became of the findings of one file; returns how many are fixed. */
static size_t tell(struct buffer *out, const struct fix_item *item, size_t n,
		   const char *diff)
{
	size_t i, fixed = 0;

	for (i = 0; i < n; i++) {
		const struct model_finding *f = item[i].finding;

		if (item[i].why_not) {
			fprintf(stderr, "dmacheck: %s:%u: %s (%s): not fixed: "
				"%s\n", f->file, f->line, f->rule,
				f->fingerprint, item[i].why_not);
			continue;
		}
		buffer_printf(out, "%s:%u: %s(): %s [%s, %s]\n", f->file,
			      f->line, f->function, f->message, f->rule,
			      f->fingerprint);
		fixed++;
	}
	if (fixed)
		buffer_printf(out, "\n%s\n", diff);
	return fixed;
}

/* All diffs into @out, a file and a rule at a time. */
static int make_fixes(const struct fix_options *o, const struct fix *f,
		      struct fix_item *item, size_t n, struct buffer *out)
{
	size_t i, k, fixed = 0;
	const char *diff;

	qsort(item, n, sizeof(*item), by_file);
	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n; k++)
			if (strcmp(item[k].finding->file,
				   item[i].finding->file) ||
			    strcmp(item[k].finding->rule,
				   item[i].finding->rule))
				break;
		if (o->ctx->err_tty)
			fprintf(stderr, "\r\033[K%zu of %zu %s\r", i + 1, n,
				item[i].finding->file);
		if (fix_file(f, item + i, k - i, &diff, o->ctx->err))
			return -1;
		fixed += tell(out, item + i, k - i, diff);
	}
	fprintf(stderr, "dmacheck: %zu of %zu findings are fixed\n", fixed, n);
	return fixed == n ? EXIT_NOTHING : EXIT_SOME;
}

/* Lets git do it: it writes nothing where one of the fixes does not apply. */
static int apply(const struct fix_options *o, const struct fix *f,
		 const struct buffer *out)
{
	struct arena *arena = f->arena;
	const char *path = path_join(arena, f->tmp, "fixes.patch");
	const char *argv[] = { "git", "apply", path, NULL };
	/* Where the tree is no repository, none above it is meant */
	const char *env[] = { arena_printf(arena, "GIT_CEILING_DIRECTORIES=%s",
					   path_join(arena, f->tree, "..")),
			      NULL };
	struct proc p = { .argv = argv, .cwd = f->tree, .env = env };
	int status;

	if (!out->len)
		return 0;
	if (file_write(path, out->data, out->len, o->ctx->err) ||
	    proc_run(&p, NULL, NULL, &status, o->ctx->err))
		return -1;
	return status ? error_set(o->ctx->err, "git apply in %s ended with "
				  "status %d: nothing was written", f->tree,
				  status) : 0;
}

static int fix_all(const struct fix_options *o, const struct model *m,
		   struct fix *f)
{
	struct fix_item *item;
	struct buffer out;
	size_t n = 0;
	int ret;

	item = arena_alloc(f->arena, (m->nfindings + o->args.n + 1) *
			   sizeof(*item));
	if (o->rule)
		n = pick_rule(o, m, item);
	else if (pick_named(o, m, item, &n))
		return -1;
	f->tree = realpath(o->tree ? o->tree : m->tree, NULL);
	if (!f->tree)
		return error_set(o->ctx->err, "%s: %s; --tree DIR says where "
				 "the kernel tree is", o->tree ? o->tree :
				 m->tree, strerror(errno));
	buffer_init(&out, f->arena);
	ret = make_fixes(o, f, item, n, &out);
	if (ret < 0)
		return -1;
	if (o->apply)
		return apply(o, f, &out) ? -1 : ret;
	if (out.len)
		fputs(out.data, stdout);
	return ret;
}

/* In a folder of our own, of which nothing is left behind. */
static int with_tmp(const struct fix_options *o, const struct model *m,
		    const struct patches *patches)
{
	struct arena *arena = o->ctx->arena;
	char *tmp = path_join(arena, o->ctx->tmp, "dmacheck-fix-XXXXXX");
	struct fix f = { .arena = arena, .patches = patches, .tmp = tmp };
	const char *argv[] = { "rm", "-rf", tmp, NULL };
	struct proc p = { .argv = argv };
	struct error ignored;
	int ret, status;

	if (!mkdtemp(tmp))
		return error_set(o->ctx->err, "%s cannot be made: %s", tmp,
				 strerror(errno));
	ret = fix_all(o, m, &f);
	proc_run(&p, NULL, NULL, &status, &ignored);
	return ret;
}

int command_fix(struct context *ctx, int argc, char **argv)
{
	struct fix_options o = { .ctx = ctx, .level = CONF_MEDIUM };
	struct patches patches;
	struct strings all;
	struct model *m;
	struct store *s;

	strings_init(&o.args, ctx->arena);
	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.db)
		return error_set(ctx->err, "give the database: --db FILE");
	s = store_open(ctx->arena, o.db, STORE_READ, ctx->err);
	if (!s)
		return -1;
	strings_init(&all, ctx->arena);
	m = model_load(s, &all, ctx->err);
	store_close(s);
	if (!m || patches_load(ctx, &patches))
		return -1;
	return with_tmp(&o, m, &patches);
}
