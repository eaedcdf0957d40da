// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "facts.h"
#include "proc.h"

extern const char dmacheck_gcc_version[];

/* The first line a child prints. */
struct first {
	struct arena *arena;
	const char *line;
};

static void keep_first(void *data, char *line, size_t len)
{
	struct first *f = data;

	if (!f->line)
		f->line = arena_strndup(f->arena, line, len);
}

static const char *ask(struct context *ctx, const char *cc, const char *arg,
		       struct error *err)
{
	const char *argv[] = { cc, arg, NULL };
	struct proc p = { .argv = argv, .err_path = "/dev/null" };
	struct first f = { .arena = ctx->arena };
	int status;

	if (proc_run(&p, keep_first, &f, &status, err))
		return NULL;
	if (status || !f.line)
		error_set(err, "%s %s fails", cc, arg);
	return status ? NULL : f.line;
}

/* dmacheck.so in the folder @folder of where it usually lies. */
static const char *find_plugin(struct context *ctx, const char *folder,
			       const char *cc)
{
	static const char *const place[] = { ".", "../lib/dmacheck" };
	struct error ignored;
	const char *path, *found;
	size_t i;

	for (i = 0; i < sizeof(place) / sizeof(place[0]); i++) {
		path = arena_printf(ctx->arena, "%s/%s/%s/dmacheck.so",
				    ctx->program_dir, place[i], folder);
		if (file_exists(path))
			return path;
	}
	found = ask(ctx, cc, "-print-file-name=plugin", &ignored);
	return found ? path_join(ctx->arena, found, "dmacheck.so") : path;
}

const char *engine_plugin(struct context *ctx, const char *given,
			  const struct arch *arch)
{
	bool foreign = arch && arch->foreign;
	const char *cc = !foreign ? "gcc" :
		arena_printf(ctx->arena, "%s-gcc", arch->compiler);
	const char *path;
	char *real;

	if (!given)
		given = find_plugin(ctx, foreign ? arch->compiler : ".", cc);
	real = realpath(given, NULL);
	if (!real && foreign) {
		error_set(ctx->err,
			"there is no plugin for %s beside the command: say make ARCHES=%s setup all, or give --plugin FILE",
			cc, arch->name);
		return NULL;
	}
	if (!real) {
		error_set(ctx->err,
			"there is no plugin dmacheck.so beside the command or at %s; build it, or give --plugin FILE",
			given);
		return NULL;
	}
	path = arena_strdup(ctx->arena, real);
	free(real);
	return path;
}

void engine_args(const struct engine *e, const char *facts,
		 struct strings *words)
{
	strings_add(words, arena_printf(words->arena, "-fplugin=%s",
					e->plugin));
	strings_add(words, arena_printf(words->arena,
			"-fplugin-arg-dmacheck-facts=%s", facts));
	if (e->rules)
		strings_add(words, arena_printf(words->arena,
			"-fplugin-arg-dmacheck-rules=%s", e->rules));
	strings_add(words, "-fplugin-arg-dmacheck-collect");
	strings_add(words, "-fplugin-arg-dmacheck-stop");
	strings_add(words, "-fplugin-arg-dmacheck-quiet");
}

struct probed {
	struct context *ctx;
	struct engine *e;
	const struct rules *rules;
};

static int read_probe(void *data, const struct facts_info *info,
		      const char *kind, const struct json_t *record,
		      struct error *err)
{
	struct probed *p = data;

	(void)kind;
	(void)record;
	p->e->build = arena_strdup(p->ctx->arena, info->engine);
	p->e->compiler = arena_strdup(p->ctx->arena, info->compiler);
	if (strcmp(info->engine, dmacheck_build))
		return error_set(err,
			"the plugin %s is of another build (%s) than this command (%s); build both together",
			p->e->plugin, info->engine, dmacheck_build);
	if (strcmp(info->rules, p->rules->hash))
		return error_set(err,
			"the plugin %s knows other rules than this command; build both together",
			p->e->plugin);
	return 0;
}

static int compile_probe(struct context *ctx, struct engine *e,
			 const char *cc, const char *source,
			 const char *facts, const char *errors)
{
	struct proc p = { .err_path = errors };
	struct strings argv;
	int status;

	strings_init(&argv, ctx->arena);
	strings_add(&argv, cc);
	strings_add(&argv, "-S");
	strings_add(&argv, "-o");
	strings_add(&argv, "/dev/null");
	engine_args(e, facts, &argv);
	strings_add(&argv, source);
	strings_add(&argv, NULL);
	p.argv = argv.item;
	unlink(facts);
	if (proc_run(&p, NULL, NULL, &status, ctx->err))
		return -1;
	if ((status || !file_exists(facts)) && disk_full(errors))
		return error_set(ctx->err, "no space left to write %s", facts);
	if (status || !file_exists(facts))
		return error_set(ctx->err,
			"%s does not work with the plugin %s: %s", cc,
			e->plugin, engine_complaint(ctx->arena, errors, ""));
	return 0;
}

int engine_probe(struct context *ctx, struct engine *e, const char *cc,
		 const struct rules *rules, const char *tmp)
{
	static const char text[] = "void probe(void);\nvoid probe(void) { }\n";
	const char *source = path_join(ctx->arena, tmp, "probe.c");
	const char *facts = path_join(ctx->arena, tmp, "probe.jsonl");
	const char *errors = path_join(ctx->arena, tmp, "probe.err");
	const char *version = ask(ctx, cc, "-dumpfullversion", ctx->err);
	struct probed p = { .ctx = ctx, .e = e, .rules = rules };

	if (!version)
		return -1;
	if (strcmp(version, dmacheck_gcc_version))
		return error_set(ctx->err,
			"%s is version %s, but the plugin %s was built for %s; build dmacheck with that compiler: make CC=%s",
			cc, version, e->plugin, dmacheck_gcc_version, cc);
	if (file_update(source, text, strlen(text), ctx->err) ||
	    compile_probe(ctx, e, cc, source, facts, errors))
		return -1;
	return facts_read_head(facts, read_probe, &p, ctx->err);
}

/* What makes a line of a compiler the one to show, best first. */
static const char *const telling[] = {
	"No space left on device", " error: ", "fatal error:",
	"internal compiler error", "Killed", "error",
};

const char *engine_complaint(struct arena *arena, const char *path,
			     const char *root)
{
	struct error ignored;
	char *text = file_read(arena, path, NULL, &ignored), *at = NULL;
	size_t i, len = strlen(root);

	if (!text || !text[strspn(text, " \n")])
		return "the compiler left neither facts nor a message";
	for (i = 0; !at && i < sizeof(telling) / sizeof(telling[0]); i++)
		at = strstr(text, telling[i]);
	if (!at)
		at = text + strspn(text, " \n");
	while (at > text && at[-1] != '\n')
		at--;
	at[strcspn(at, "\n")] = '\0';
	if (len && starts_with(at, root) && at[len] == '/')
		at += len + 1;
	return at;
}
