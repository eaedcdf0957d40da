// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dmacheck audit: from a kernel tree to a store.
 *
 *	select		which files call the DMA API?		tree, scan
 *	harvest		how are they compiled?			harvest
 *	compile		ninja and the plugin collect units	ninja, engine
 *	grow		which files of their modules matter?	modules
 *	link		modules are checked, which leaves facts	link_run
 *	import		facts become the store			import
 */
#include <stdlib.h>
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "audit.h"
#include "cache.h"
#include "command.h"
#include "engine.h"
#include "harvest.h"
#include "import.h"
#include "link_run.h"
#include "ninja.h"
#include "report.h"
#include "shipped.h"

struct audit {
	struct context *ctx;
	struct audit_options o;
	struct rules *rules;
	struct tree *tree;
	struct store *store;
	struct cache cache;
	struct engine engine;
	struct import_head head;
	struct strings selected;	/* C files that were asked for */
	struct strings broken;		/* that failed in this audit */
	struct strings sources;		/* and those of their modules; sorted */
	struct harvest *harvest;
	struct modules modules;
	const char *stamp;		/* see struct ninja */
	unsigned int compiled, failed;	/* units */
	bool force;			/* link all modules again */
	struct outcome *outcome;	/* one a source */
	struct shipped shipped;
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

/* Checks all that can be wrong before anything takes time. */
static int prepare(struct audit *a)
{
	struct context *ctx = a->ctx;
	const char *plugin;
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
	a->tree = tree_open(ctx->arena, a->o.tree, ctx->err);
	if (!a->tree)
		return -1;
	plugin = engine_plugin(ctx, a->o.plugin);
	if (!plugin)
		return -1;
	a->store = store_open(ctx->arena, a->o.db, STORE_WRITE, ctx->err);
	if (!a->store)
		return -1;
	a->engine.plugin = plugin;
	a->engine.rules = a->o.rules_path;
	return cache_open(&a->cache, ctx->arena, a->o.cache, a->tree->root,
			  plugin, a->engine.rules, waiting, ctx->err);
}

/* All that the store was made of, if it is to be made anew. */
static int add_stored(struct audit *a)
{
	sqlite3_stmt *st = store_prepare(a->store,
		"SELECT source FROM units ORDER BY source", a->ctx->err);
	struct strings all;
	const char *s;
	size_t i;

	if (!st)
		return -1;
	while (sqlite3_step(st) == SQLITE_ROW) {
		s = store_text(a->store, st, 0);
		if (file_exists(path_join(a->ctx->arena, a->tree->root, s)))
			strings_add(&a->sources, s);
	}
	sqlite3_finalize(st);
	strings_sort(&a->sources);
	all = a->sources;
	strings_init(&a->sources, a->ctx->arena);
	for (i = 0; i < all.n; i++)
		if (!i || strcmp(all.item[i], all.item[i - 1]))
			strings_add(&a->sources, all.item[i]);
	return 0;
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
	strings_init(&a->sources, a->ctx->arena);
	modules_init(&a->modules, a->tree, a->rules);
	if (tree_select(a->tree, a->rules, &a->o.paths, a->cache.scan,
			&a->sources, a->ctx->err))
		return -1;
	return 0;
}

static int harvest_units(struct audit *a)
{
	struct harvest_options o = {
		.memory = a->cache.lines, .tmp = a->cache.tmp,
		.commands = a->o.commands, .make_args = &a->o.make_args,
		.unbuilt = a->o.unbuilt, .fresh = a->o.harvest,
		.alone = a->o.alone,
	};

	progress_show(&a->progress, "asking make how they are compiled", 0, 0,
		      0);
	a->harvest = harvest_lines(a->tree, &a->sources, &o, a->ctx->err);
	if (!a->harvest)
		return -1;
	modules_add(&a->modules, a->harvest);
	a->o.harvest = false;
	return 0;
}

/* Adds files to those that are audited; none is there yet. */
static int add_sources(struct audit *a, const struct strings *more)
{
	size_t i;

	for (i = 0; i < more->n; i++)
		strings_add(&a->sources, more->item[i]);
	strings_sort(&a->sources);
	return harvest_units(a);
}

/* The compiler of the lines must load the plugin; says what made the facts. */
static int check_engine(struct audit *a)
{
	const char *cc = "gcc";
	size_t i;

	for (i = 0; i < a->harvest->n; i++) {
		if (a->harvest->line[i].skip)
			continue;
		cc = a->harvest->line[i].words.item[0];
		break;
	}
	if (engine_probe(a->ctx, &a->engine, cc, a->rules, a->cache.tmp))
		return -1;
	a->head.tree = a->tree->root;
	a->head.shipped = a->cache.shipped;
	a->head.version = a->tree->version;
	a->head.arch = a->tree->arch;
	a->head.config = hash_text(a->ctx->arena, a->tree->config);
	a->head.compiler = a->engine.compiler;
	a->head.engine = a->engine.build;
	a->head.rules = a->rules;
	a->stamp = arena_printf(a->ctx->arena, "%s %s %s\n", a->engine.build,
				a->rules->hash, a->engine.compiler);
	a->force = a->o.force;
	return 0;
}

/*
 * What the store knows was made by another engine, rules or configuration:
 * all of it is made anew, so that nothing is mixed and nothing is lost.
 */
static int widen(struct audit *a)
{
	size_t before = a->sources.n;

	if (import_same_head(a->store, &a->head))
		return 0;
	if (add_stored(a))
		return -1;
	return a->sources.n == before ? 0 : harvest_units(a);
}

static const char *collected_file(void *data, const char *source)
{
	struct audit *a = data;

	return cache_file(&a->cache, a->ctx->arena, "collected",
			  arena_printf(a->ctx->arena, "%s.jsonl", source),
			  a->ctx->err);
}

static int add_unit(struct audit *a, struct edge *e, const struct line *l)
{
	struct arena *arena = a->ctx->arena;
	const char *out = collected_file(a, l->source);
	struct stat st;
	size_t i;

	if (!out)
		return -1;
	if (a->o.force)
		remove(out);
	e->name = l->source;
	strings_init(&e->in, arena);
	strings_init(&e->out, arena);
	strings_init(&e->words, arena);
	strings_add(&e->in, l->source);
	strings_add(&e->out, out);
	if (!stat(path_join(arena, a->tree->root, l->source), &st))
		e->size = st.st_size;
	for (i = 0; i < l->words.n; i++)
		strings_add(&e->words, l->words.item[i]);
	strings_add(&e->words, "-w");
	/* costs a tenth, and where in a macro it is nobody asks */
	strings_add(&e->words, "-ftrack-macro-expansion=0");
	strings_add(&e->words, "-S");
	strings_add(&e->words, "-o");
	strings_add(&e->words, "/dev/null");
	engine_args(&a->engine, out, &e->words);
	return shipped_add(&a->shipped, l->source, &e->words, a->ctx->err);
}

/* What failed in this audit is not tried again in its later rounds. */
static void note_failed(struct audit *a, const struct ninja *n)
{
	struct arena *arena = a->ctx->arena;
	size_t i;

	for (i = 0; i < n->n; i++)
		if (file_exists(arena_printf(arena, "%s.fail",
					     n->edge[i].out.item[0])))
			strings_add(&a->broken, n->edge[i].name);
}

static int compile(struct audit *a)
{
	struct arena *arena = a->ctx->arena;
	struct harvest *h = a->harvest;
	struct ninja n = { .arena = arena, .name = "units", .what = "units",
			   .tree = a->tree->root, .work = a->cache.work,
			   .stamp = a->stamp, .depfile = true,
			   .jobs = a->o.jobs, .progress = &a->progress };
	size_t i;
	int ret;

	n.edge = arena_alloc(arena, (h->n + 1) * sizeof(*n.edge));
	for (i = 0; i < h->n; i++)
		if (!h->line[i].skip &&
		    !strings_find(&a->broken, h->line[i].source) &&
		    add_unit(a, &n.edge[n.n++], &h->line[i]))
			return -1;
	progress_begin(&a->progress, stderr, a->progress.shown);
	ret = ninja_run(&n, a->ctx->err);
	progress_end(&a->progress);
	note_failed(a, &n);
	a->compiled += n.ran;
	a->failed += n.failed;
	return ret;
}

/* Every file that ownership can pass through is found in so many rounds. */
#define ROUNDS 6

/* Compiles what was selected, and what their modules turn out to need. */
static int compile_modules(struct audit *a)
{
	struct strings more;
	unsigned int round;
	size_t i;

	shipped_init(&a->shipped, a->ctx->arena, a->tree->root,
		     a->cache.shipped);
	strings_init(&a->broken, a->ctx->arena);
	strings_init(&a->selected, a->ctx->arena);
	for (i = 0; i < a->sources.n; i++)
		strings_add(&a->selected, a->sources.item[i]);
	strings_init(&more, a->ctx->arena);
	modules_callers(&a->modules, &more);
	for (round = 0; round < ROUNDS; round++) {
		if ((more.n && add_sources(a, &more)) || compile(a))
			return -1;
		strings_init(&more, a->ctx->arena);
		progress_show(&a->progress, "looking at their modules", 0, 0,
			      0);
		if (modules_grow(&a->modules, collected_file, a, &more,
				 a->ctx->err))
			return -1;
		if (!more.n)
			break;
		/* what --force wanted is done */
		a->o.force = false;
	}
	if (!a->o.quiet && a->compiled)
		fprintf(stderr, "dmacheck: %u units compiled, %u failed\n",
			a->compiled, a->failed);
	return 0;
}

static int link(struct audit *a)
{
	struct link_run l = {
		.arena = a->ctx->arena, .modules = &a->modules,
		.cache = &a->cache, .rules = a->engine.rules,
		.program = path_join(a->ctx->arena, a->ctx->program_dir,
				     "dmacheck"),
		.stamp = a->stamp, .jobs = a->o.jobs,
		.progress = &a->progress, .force = a->force,
		.alone = a->o.alone,
	};
	double began = now();
	int ret;

	progress_begin(&a->progress, stderr, a->progress.shown);
	ret = link_modules(&l, a->ctx->err);
	progress_end(&a->progress);
	if (!ret && !a->o.quiet && l.ran)
		fprintf(stderr,
			"dmacheck: %u modules linked in %.1f s, %u failed\n",
			l.ran, now() - began, l.failed);
	return ret;
}

/* Why @source has no facts: the file where its compiler or link said it. */
static const char *fail_file(struct audit *a, const char *source,
			     const char *facts)
{
	const struct module *m = modules_home(&a->modules, source);
	const char *collected = collected_file(a, source);
	const char *fail = arena_printf(a->ctx->arena, "%s.fail", collected);

	if (file_exists(fail) || !file_exists(collected) || !m || !m->unit.n)
		return fail;
	fail = cache_file(&a->cache, a->ctx->arena, "facts",
			  arena_printf(a->ctx->arena, "%s.jsonl.fail",
				       m->unit.item[0]), a->ctx->err);
	return file_exists(fail) || !file_exists(facts) ? fail : NULL;
}

/*
 * A file that nobody named, of a module that is looked at whole, may need a
 * header that only a build makes: there is nothing wrong with it.
 */
static bool needs_build(const struct audit *a, const struct outcome *o)
{
	return !strings_find(&a->selected, o->source) &&
	       strstr(o->reason, ".h: No such file or directory");
}

/* The outcome of a unit is what lies in the work folder now. */
static int judge(struct audit *a, struct outcome *o, const struct line *l)
{
	struct arena *arena = a->ctx->arena;
	const char *fail;
	struct stat st;

	o->source = l->source;
	o->reason = l->skip;
	o->status = o->reason ? UNIT_SKIPPED : UNIT_DONE;
	if (o->reason)
		return 0;
	o->facts = cache_file(&a->cache, arena, "facts",
			      arena_printf(arena, "%s.jsonl", o->source),
			      a->ctx->err);
	if (!o->facts)
		return -1;
	fail = fail_file(a, o->source, o->facts);
	if (fail || stat(o->facts, &st)) {
		o->status = UNIT_FAILED;
		o->reason = engine_complaint(arena, fail ? fail : o->facts,
					     a->tree->root);
		if (needs_build(a, o))
			o->status = UNIT_SKIPPED;
		if (strstr(o->reason, "No space left on device"))
			return error_set(a->ctx->err,
				"no space left: %s; the database is as it was",
				o->reason);
		return 0;
	}
	o->stamp = arena_printf(arena, "%lld %lld.%09ld",
				(long long)st.st_size,
				(long long)st.st_mtim.tv_sec,
				st.st_mtim.tv_nsec);
	return 0;
}

static int import(struct audit *a)
{
	struct import im = { .head = &a->head, .n = a->harvest->n,
			     .began = a->utc, .work = a->cache.work };
	size_t i;

	a->outcome = arena_alloc(a->ctx->arena,
				 (im.n + 1) * sizeof(*a->outcome));
	im.outcome = a->outcome;
	for (i = 0; i < im.n; i++)
		if (judge(a, &a->outcome[i], &a->harvest->line[i]))
			return -1;
	progress_show(&a->progress, "storing", 0, 0, 0);
	im.asked = strings_join(&a->o.paths, " ");
	im.seconds = now() - a->began;
	if (import_run(a->store, &im, a->ctx->err))
		return -1;
	progress_end(&a->progress);
	return 0;
}

/* Names each failed unit on stderr, the summary on stdout. */
static int conclude(struct audit *a)
{
	struct report r = { .out = stdout, .level = CONF_MEDIUM };
	unsigned int failed = 0;
	struct strings all;
	struct model *m;
	size_t i;

	for (i = 0; i < a->harvest->n; i++) {
		if (a->outcome[i].status != UNIT_FAILED)
			continue;
		failed++;
		fprintf(stderr, "dmacheck: %s failed: %s\n",
			a->outcome[i].source, a->outcome[i].reason);
	}
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

static int run(struct audit *a)
{
	if (prepare(a) || select_units(a) || harvest_units(a) ||
	    check_engine(a) || widen(a) || compile_modules(a) || link(a) ||
	    import(a))
		return -1;
	return conclude(a);
}

int command_audit(struct context *ctx, int argc, char **argv)
{
	struct audit a = { .ctx = ctx };
	int status;

	a.cache.lock = -1;
	status = audit_options(ctx, argc, argv, &a.o);
	if (status)
		return status;
	status = run(&a);
	progress_end(&a.progress);
	modules_free(&a.modules);
	cache_close(&a.cache);
	store_close(a.store);
	rules_free(a.rules);
	return status;
}
