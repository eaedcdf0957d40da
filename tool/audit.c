// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dmacheck audit: from a kernel tree to a store.
 *
 *	select		which files call the DMA API?		tree, scan
 *	pass		one an architecture: facts		pass
 *	import		facts become the store			import
 *	cocci		semantic patches over the files		cocci
 */
#include <stdlib.h>
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "audit.h"
#include "facts.h"
#include "import_calls.h"
#include "import_cocci.h"
#include "pass.h"
#include "report.h"

extern const char dmacheck_gcc_version[];

struct audit {
	struct context *ctx;
	struct audit_options o;
	struct rules *rules;
	struct tree *tree;
	struct store *store;
	struct cache cache;
	struct import_head head;
	struct exports exports;		/* of all passes so far */
	struct pass *pass;
	size_t npasses;
	struct strings selected;	/* C files that were asked for; once */
	struct strings done;		/* files that a pass has done */
	struct cocci cocci;
	struct outcome *outcome;	/* of all passes */
	size_t noutcomes;
	struct progress progress;
	double began;
	char utc[32];
};

static void waiting(const char *tree)
{
	fprintf(stderr,
		"dmacheck: waiting for the end of another audit of %s\n",
		tree);
}

/*
 * The architectures that the store knows, when all of it is made anew: after
 * those that were asked for, or that of the tree.
 */
static int add_stored_arches(struct audit *a, const struct arch *of_tree)
{
	const struct arch *arch;
	sqlite3_stmt *st;

	if (import_same_head(a->store, &a->head) ||
	    (!a->o.arches.n && !of_tree))
		return 0;
	if (!a->o.arches.n)
		arches_add(a->ctx->arena, &a->o.arches, of_tree);
	st = store_prepare(a->store, "SELECT name FROM arches ORDER BY number",
			   a->ctx->err);
	if (!st)
		return -1;
	while (sqlite3_step(st) == SQLITE_ROW) {
		arch = arches_find(&a->o.known, store_text(a->store, st, 0));
		if (arch)
			arches_add(a->ctx->arena, &a->o.arches, arch);
	}
	sqlite3_finalize(st);
	return 0;
}

static int plan_pass(struct audit *a, const struct arch *arch,
		     const struct arch *of_tree)
{
	struct pass *p = &a->pass[a->npasses++];

	p->ctx = a->ctx;
	p->o = &a->o;
	p->rules = a->rules;
	p->progress = &a->progress;
	p->user_tree = a->tree;
	p->cache = &a->cache;
	p->arch = arch;
	p->exports = &a->exports;
	p->mirrored = arch != of_tree;
	p->head.name = arch ? arch->name : a->tree->arch;
	p->label = a->o.arches.n < 2 ? "" :
		   arena_printf(a->ctx->arena, "%s: ", p->head.name);
	p->plugin = engine_plugin(a->ctx, a->o.plugin, arch);
	return p->plugin ? 0 : -1;
}

/* Without --arch it is what the tree is configured for. */
static int plan_passes(struct audit *a)
{
	const struct arch *of_tree = arches_of_tree(&a->o.known,
						    a->tree->arch);
	size_t i, n;

	if (!a->o.arches.n && tree_check(a->tree, a->ctx->err))
		return -1;
	if (add_stored_arches(a, of_tree))
		return -1;
	n = a->o.arches.n;
	a->pass = arena_alloc(a->ctx->arena, (n + 1) * sizeof(*a->pass));
	if (!n)
		return plan_pass(a, of_tree, of_tree);
	for (i = 0; i < n; i++)
		if (plan_pass(a, arches_find(&a->o.known,
					     a->o.arches.arch[i].name),
			      of_tree))
			return -1;
	return 0;
}

/* Checks all that can be wrong before anything takes time. */
static int prepare(struct audit *a)
{
	struct context *ctx = a->ctx;
	time_t t = time(NULL);
	struct tm tm;

	a->began = now();
	strftime(a->utc, sizeof(a->utc), "%Y-%m-%dT%H:%M:%SZ",
		 gmtime_r(&t, &tm));
	progress_begin(&a->progress, stderr, ctx->err_tty && !a->o.quiet);
	if (!a->o.cache)
		return error_set(ctx->err,
			"no folder to cache in: give --cache DIR or set HOME");
	a->rules = command_rules(ctx, a->o.rules);
	if (!a->rules)
		return -1;
	a->tree = tree_find(ctx->arena, a->o.tree, ctx->err);
	if (!a->tree)
		return -1;
	a->head.tree = a->tree->root;
	a->head.version = a->tree->version;
	a->head.compiler = dmacheck_gcc_version;
	a->head.engine = dmacheck_build;
	a->head.rules = a->rules;
	a->store = store_open(ctx->arena, a->o.db, STORE_WRITE, ctx->err);
	if (!a->store || (a->o.gcc && plan_passes(a)) ||
	    (a->o.cocci && patches_load(ctx, &a->cocci.patches)))
		return -1;
	return cache_open(&a->cache, ctx->arena, a->o.cache, a->tree->root,
			  waiting, ctx->err);
}

static int select_units(struct audit *a)
{
	const char *there = store_meta(a->store, "tree");

	if (there && strcmp(there, a->tree->root))
		return error_set(a->ctx->err,
			"%s holds the audit of another tree, %s; give another --db",
			a->o.db, there);
	progress_show(&a->progress, "looking for callers of the DMA API", 0,
		      0, 0);
	strings_init(&a->selected, a->ctx->arena);
	strings_init(&a->done, a->ctx->arena);
	return tree_select(a->tree, a->rules, &a->o.paths, a->cache.scan,
			   &a->selected, a->ctx->err);
}

/*
 * What the store knows of an architecture was made by another engine, rules or
 * configuration: all of it is made anew, so that nothing is mixed and nothing
 * is lost.
 */
static int add_stored(struct audit *a, const struct pass *p,
		      struct strings *sources)
{
	sqlite3_stmt *st;
	const char *s;

	if (import_same_head(a->store, &a->head) &&
	    import_same_arch(a->store, &p->head, a->ctx->err))
		return 0;
	st = store_prepare(a->store, "SELECT source FROM units WHERE arch = ?",
			   a->ctx->err);
	if (!st)
		return -1;
	sqlite3_bind_text(st, 1, p->head.name, -1, SQLITE_STATIC);
	while (sqlite3_step(st) == SQLITE_ROW) {
		s = store_text(a->store, st, 0);
		if (file_exists(path_join(a->ctx->arena, a->tree->root, s)))
			strings_add(sources, s);
	}
	sqlite3_finalize(st);
	strings_sort_once(sources);
	return 0;
}

static int add_outcomes(struct audit *a, struct pass *p)
{
	struct arena *arena = a->ctx->arena;
	size_t i;

	for (i = 0; i < p->harvest->n; i++) {
		struct outcome *o;

		a->outcome = arena_grow(arena, a->outcome, a->noutcomes,
					sizeof(*a->outcome));
		o = &a->outcome[a->noutcomes++];
		if (pass_outcome(p, i, o))
			return -1;
		if (o->status == UNIT_DONE)
			strings_add(&a->done, o->source);
	}
	return 0;
}

/* Each file is looked at until an architecture builds it, or for all. */
static int run_pass(struct audit *a, struct pass *p)
{
	struct strings sources;
	size_t i;

	strings_init(&sources, a->ctx->arena);
	for (i = 0; i < a->selected.n; i++)
		if (a->o.all_arches ||
		    !strings_find(&a->done, a->selected.item[i]))
			strings_add(&sources, a->selected.item[i]);
	return pass_prepare(p) || add_stored(a, p, &sources) ||
	       pass_run(p, &sources) || add_outcomes(a, p) ? -1 : 0;
}

static int run_passes(struct audit *a)
{
	size_t i;

	for (i = 0; i < a->npasses; i++)
		if (run_pass(a, &a->pass[i]))
			return -1;
	return 0;
}

static int import(struct audit *a)
{
	const struct import_arch **arch = arena_alloc(a->ctx->arena,
		a->npasses * sizeof(*arch));
	struct import im = { .head = &a->head, .arch = arch,
			     .narches = a->npasses, .outcome = a->outcome,
			     .n = a->noutcomes, .began = a->utc,
			     .cache = a->cache.tree };
	size_t i;

	for (i = 0; i < a->npasses; i++)
		arch[i] = &a->pass[i].head;
	progress_show(&a->progress, "storing", 0, 0, 0);
	im.asked = strings_join(&a->o.paths, " ");
	im.seconds = now() - a->began;
	if (import_run(a->store, &im, a->ctx->err))
		return -1;
	progress_end(&a->progress);
	return 0;
}

/* Has an architecture done it? Importing may have found its facts damaged. */
static bool is_done(const struct audit *a, const char *source)
{
	size_t i;

	for (i = 0; i < a->noutcomes; i++)
		if (a->outcome[i].status == UNIT_DONE &&
		    !strcmp(a->outcome[i].source, source))
			return true;
	return false;
}

/* Names each failed unit on stderr; how many has no architecture done? */
static unsigned int tell_failed(const struct audit *a)
{
	unsigned int failed = 0;
	size_t i;

	for (i = 0; i < a->noutcomes; i++) {
		const struct outcome *o = &a->outcome[i];

		if (o->status != UNIT_FAILED)
			continue;
		fprintf(stderr, "dmacheck: %s%s failed: %s\n",
			a->npasses > 1 ? arena_printf(a->ctx->arena, "%s: ",
						      o->arch->name) : "",
			o->source, o->reason);
		failed += !is_done(a, o->source);
	}
	return failed;
}

/* The summary goes to stdout. */
static int conclude(struct audit *a)
{
	struct report r = { .out = stdout, .level = CONF_MEDIUM };
	unsigned int failed = tell_failed(a);
	struct strings all;
	struct model *m;

	strings_init(&all, a->ctx->arena);
	m = model_load(a->store, &all, a->ctx->err);
	if (!m)
		return -1;
	r.model = m;
	report_coverage(&r);
	fputs("\n", stdout);
	report_summary(&r);
	printf("\n%s: %.1f s\n", a->o.db, now() - a->began);
	if (failed)
		return EXIT_SOME;
	return model_count(m, CONF_MEDIUM) ? EXIT_FINDINGS : EXIT_NOTHING;
}

/* The semantic patches, over what was asked for. */
static int run_cocci(struct audit *a)
{
	struct cocci *c = &a->cocci;
	struct strings sources = a->selected;

	c->ctx = a->ctx;
	c->rules = a->rules;
	c->root = a->tree->root;
	c->dir = path_join(a->ctx->arena, a->cache.tree, "cocci");
	c->sources = &sources;
	c->jobs = a->o.jobs;
	c->limit = a->o.limit;
	c->force = a->o.force;
	c->progress = &a->progress;
	if (import_cocci_stored(a->store, &c->patches, a->tree, &sources,
				a->ctx->err) || cocci_run(c))
		return -1;
	if (!a->o.quiet && c->ran)
		fprintf(stderr,
			"dmacheck: %zu semantic patches over %u files\n",
			c->patches.n, c->ran);
	if (c->complaint)
		fprintf(stderr, "dmacheck: %s\n", c->complaint);
	return import_cocci(a->store, c, a->tree, a->ctx->err);
}

static int run(struct audit *a)
{
	if (prepare(a) || select_units(a) ||
	    (a->o.gcc && (run_passes(a) || import(a))) ||
	    (a->o.cocci && run_cocci(a)) ||
	    import_calls(a->store, a->tree, a->rules, &a->selected,
			 a->ctx->err))
		return -1;
	return conclude(a);
}

int command_audit(struct context *ctx, int argc, char **argv)
{
	struct audit a = { .ctx = ctx, .exports = { .arena = ctx->arena } };
	int status;
	size_t i;

	a.cache.lock = -1;
	status = audit_options(ctx, argc, argv, &a.o);
	if (status)
		return status;
	status = run(&a);
	progress_end(&a.progress);
	for (i = 0; i < a.npasses; i++)
		pass_free(&a.pass[i]);
	exports_free(&a.exports);
	cocci_free(&a.cocci);
	cache_close(&a.cache);
	store_close(a.store);
	rules_free(a.rules);
	return status;
}
