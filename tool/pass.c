// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "harvest.h"
#include "link_run.h"
#include "mirror.h"
#include "ninja.h"
#include "pass.h"

/* A tree that is configured for another architecture gets a mirror. */
static int open_tree(struct pass *p)
{
	struct mirror m = { .arena = p->ctx->arena, .of = p->user_tree,
			    .arch = p->arch, .dir = p->files.mirror,
			    .jobs = p->o->jobs };
	const char *root = p->user_tree->root;

	if (p->mirrored) {
		progress_show(p->progress, arena_printf(p->ctx->arena,
				"preparing the tree for %s", p->arch->name),
			      0, 0, 0);
		root = m.dir;
		if (mirror_make(&m, p->ctx->err))
			return -1;
	}
	p->tree = tree_find(p->ctx->arena, root, p->ctx->err);
	return p->tree ? tree_check(p->tree, p->ctx->err) : -1;
}

int pass_prepare(struct pass *p)
{
	p->fresh = p->o->harvest;
	p->force = p->o->force;
	p->engine.plugin = p->plugin;
	p->engine.rules = p->o->rules_path;
	if (cache_of_arch(p->cache, p->ctx->arena,
			  p->mirrored ? p->arch->name : NULL, p->plugin,
			  p->engine.rules, &p->files, p->ctx->err) ||
	    open_tree(p))
		return -1;
	p->head.tree = p->tree->root;
	p->head.shipped = p->files.shipped;
	p->head.config = hash_text(p->ctx->arena, p->tree->config);
	strings_init(&p->sources, p->ctx->arena);
	strings_init(&p->selected, p->ctx->arena);
	strings_init(&p->broken, p->ctx->arena);
	modules_init(&p->modules, p->tree, p->rules);
	return 0;
}

static int harvest_units(struct pass *p)
{
	struct harvest_options o = {
		.memory = p->files.lines, .tmp = p->files.tmp,
		.commands = p->o->commands, .make_args = &p->o->make_args,
		.unbuilt = p->o->unbuilt, .fresh = p->fresh,
		.alone = p->o->alone,
	};

	progress_show(p->progress, "asking make how they are compiled", 0, 0,
		      0);
	p->harvest = harvest_lines(p->tree, &p->sources, &o, p->ctx->err);
	if (!p->harvest)
		return -1;
	modules_add(&p->modules, p->harvest);
	p->fresh = false;
	return 0;
}

/*
 * Leaves those files that are not there yet: one that is not built can be
 * part of a module all the same.
 */
static void only_new(const struct pass *p, struct strings *more)
{
	size_t i, n = 0;

	strings_sort_once(more);
	for (i = 0; i < more->n; i++)
		if (!strings_find(&p->sources, more->item[i]))
			more->item[n++] = more->item[i];
	more->n = n;
}

/* Adds files to those that are audited; none is there yet. */
static int add_sources(struct pass *p, const struct strings *more)
{
	size_t i;

	for (i = 0; i < more->n; i++)
		strings_add(&p->sources, more->item[i]);
	strings_sort(&p->sources);
	return harvest_units(p);
}

/* The compiler of the lines must load the plugin. */
static int check_engine(struct pass *p)
{
	struct arena *arena = p->ctx->arena;
	const char *cc = p->arch && p->arch->foreign ?
		arena_printf(arena, "%s-gcc", p->arch->compiler) : "gcc";
	size_t i;

	for (i = 0; i < p->harvest->n; i++) {
		if (p->harvest->line[i].skip)
			continue;
		cc = p->harvest->line[i].words.item[0];
		break;
	}
	if (engine_probe(p->ctx, &p->engine, cc, p->rules, p->files.tmp))
		return -1;
	p->stamp = arena_printf(arena, "%s %s %s\n", p->engine.build,
				p->rules->hash, p->engine.compiler);
	return 0;
}

static const char *collected_file(void *data, const char *source)
{
	struct pass *p = data;

	return cache_file(&p->files, p->ctx->arena, "collected",
			  arena_printf(p->ctx->arena, "%s.jsonl", source),
			  p->ctx->err);
}

static int add_unit(struct pass *p, struct edge *e, const struct line *l)
{
	struct arena *arena = p->ctx->arena;
	const char *out = collected_file(p, l->source);
	struct stat st;
	size_t i;

	if (!out)
		return -1;
	if (p->force)
		remove(out);
	e->name = l->source;
	strings_init(&e->in, arena);
	strings_init(&e->out, arena);
	strings_init(&e->words, arena);
	strings_add(&e->in, l->source);
	strings_add(&e->out, out);
	if (!stat(path_join(arena, p->tree->root, l->source), &st))
		e->size = st.st_size;
	for (i = 0; i < l->words.n; i++)
		strings_add(&e->words, l->words.item[i]);
	strings_add(&e->words, "-w");
	/* costs a tenth, and where in a macro it is nobody asks */
	strings_add(&e->words, "-ftrack-macro-expansion=0");
	strings_add(&e->words, "-S");
	strings_add(&e->words, "-o");
	strings_add(&e->words, "/dev/null");
	engine_args(&p->engine, out, &e->words);
	return shipped_add(&p->shipped, l->source, &e->words, p->ctx->err);
}

/* What failed in this audit is not tried again in its later rounds. */
static void note_failed(struct pass *p, const struct ninja *n)
{
	struct arena *arena = p->ctx->arena;
	size_t i;

	for (i = 0; i < n->n; i++)
		if (file_exists(arena_printf(arena, "%s.fail",
					     n->edge[i].out.item[0])))
			strings_add(&p->broken, n->edge[i].name);
}

static int compile(struct pass *p)
{
	struct arena *arena = p->ctx->arena;
	struct harvest *h = p->harvest;
	struct ninja n = { .arena = arena, .name = "units", .what = "units",
			   .tree = p->tree->root, .work = p->files.work,
			   .stamp = p->stamp, .depfile = true,
			   .jobs = p->o->jobs, .progress = p->progress };
	size_t i;
	int ret;

	n.edge = arena_alloc(arena, (h->n + 1) * sizeof(*n.edge));
	for (i = 0; i < h->n; i++)
		if (!h->line[i].skip &&
		    !strings_find(&p->broken, h->line[i].source) &&
		    add_unit(p, &n.edge[n.n++], &h->line[i]))
			return -1;
	progress_begin(p->progress, stderr, p->progress->shown);
	ret = ninja_run(&n, p->ctx->err);
	progress_end(p->progress);
	note_failed(p, &n);
	p->compiled += n.ran;
	p->failed += n.failed;
	return ret;
}

/* Adds the libraries of earlier passes that this one calls. */
static int add_libraries(struct pass *p, struct strings *more)
{
	size_t i;

	for (i = 0; i < p->sources.n; i++) {
		const char *facts = collected_file(p, p->sources.item[i]);

		if (facts && file_exists(facts) &&
		    exports_called(p->exports, facts, more, p->ctx->err))
			return -1;
	}
	return 0;
}

/* Later passes learn what this one exports. */
static int tell_exports(struct pass *p)
{
	size_t i;

	for (i = 0; i < p->sources.n; i++) {
		const char *facts = collected_file(p, p->sources.item[i]);

		if (facts && file_exists(facts) &&
		    exports_read(p->exports, facts, p->sources.item[i],
				 p->ctx->err))
			return -1;
	}
	return 0;
}

/* Every file that ownership can pass through is found in so many rounds. */
#define ROUNDS 6

/* Compiles what was selected, and what their modules turn out to need. */
static int compile_modules(struct pass *p)
{
	struct strings more;
	unsigned int round;

	shipped_init(&p->shipped, p->ctx->arena, p->tree->root,
		     p->files.shipped);
	strings_init(&more, p->ctx->arena);
	modules_callers(&p->modules, &more);
	only_new(p, &more);
	for (round = 0; round < ROUNDS; round++) {
		if ((more.n && add_sources(p, &more)) || compile(p))
			return -1;
		strings_init(&more, p->ctx->arena);
		progress_show(p->progress, "looking at their modules", 0, 0,
			      0);
		if (modules_grow(&p->modules, collected_file, p, &more,
				 p->ctx->err) || add_libraries(p, &more))
			return -1;
		only_new(p, &more);
		if (!more.n)
			break;
		/* what --force wanted is done */
		p->force = false;
	}
	if (!p->o->quiet && p->compiled)
		fprintf(stderr, "dmacheck: %s%u units compiled, %u failed\n",
			p->label, p->compiled, p->failed);
	return 0;
}

static int link(struct pass *p)
{
	struct link_run l = {
		.arena = p->ctx->arena, .modules = &p->modules,
		.cache = &p->files, .rules = p->engine.rules,
		.program = path_join(p->ctx->arena, p->ctx->program_dir,
				     "dmacheck"),
		.stamp = p->stamp, .jobs = p->o->jobs,
		.progress = p->progress, .force = p->o->force,
		.alone = p->o->alone,
	};
	double began = now();
	int ret;

	progress_begin(p->progress, stderr, p->progress->shown);
	ret = link_modules(&l, p->ctx->err);
	progress_end(p->progress);
	if (!ret && !p->o->quiet && l.ran)
		fprintf(stderr,
			"dmacheck: %s%u modules linked in %.1f s, %u failed\n",
			p->label, l.ran, now() - began, l.failed);
	return ret;
}

/* Why @source has no facts: the file where its compiler or link said it. */
static const char *fail_file(struct pass *p, const char *source,
			     const char *facts)
{
	const struct module *m = modules_home(&p->modules, source);
	const char *collected = collected_file(p, source);
	const char *fail = arena_printf(p->ctx->arena, "%s.fail", collected);

	if (file_exists(fail) || !file_exists(collected) || !m || !m->unit.n)
		return fail;
	fail = cache_file(&p->files, p->ctx->arena, "facts",
			  arena_printf(p->ctx->arena, "%s.jsonl.fail",
				       m->unit.item[0]), p->ctx->err);
	return file_exists(fail) || !file_exists(facts) ? fail : NULL;
}

/*
 * A file that nobody named, of a module that is looked at whole, may need a
 * header that only a build makes: there is nothing wrong with it.
 */
static bool needs_build(const struct pass *p, const struct outcome *o)
{
	return !strings_find(&p->selected, o->source) &&
	       strstr(o->reason, ".h: No such file or directory");
}

/* The outcome of a unit is what lies in the work folder now. */
int pass_outcome(struct pass *p, size_t i, struct outcome *o)
{
	const struct line *l = &p->harvest->line[i];
	struct arena *arena = p->ctx->arena;
	const char *fail;
	struct stat st;

	o->source = l->source;
	o->arch = &p->head;
	o->reason = l->skip;
	o->status = o->reason ? UNIT_SKIPPED : UNIT_DONE;
	if (o->reason)
		return 0;
	o->facts = cache_file(&p->files, arena, "facts",
			      arena_printf(arena, "%s.jsonl", o->source),
			      p->ctx->err);
	if (!o->facts)
		return -1;
	fail = fail_file(p, o->source, o->facts);
	if (fail || stat(o->facts, &st)) {
		o->status = UNIT_FAILED;
		o->reason = engine_complaint(arena, fail ? fail : o->facts,
					     p->tree->root);
		if (needs_build(p, o))
			o->status = UNIT_SKIPPED;
		if (strstr(o->reason, "No space left on device"))
			return error_set(p->ctx->err,
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

int pass_run(struct pass *p, const struct strings *sources)
{
	size_t i;

	for (i = 0; i < sources->n; i++) {
		strings_add(&p->selected, sources->item[i]);
		strings_add(&p->sources, sources->item[i]);
	}
	return harvest_units(p) || check_engine(p) || compile_modules(p) ||
	       link(p) || tell_exports(p) ? -1 : 0;
}

void pass_free(struct pass *p)
{
	modules_free(&p->modules);
}
