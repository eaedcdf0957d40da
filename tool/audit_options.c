// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include "audit.h"
#include "cache.h"
#include "cocci.h"

enum { OPT_TREE = 1, OPT_DB, OPT_FORCE, OPT_CACHE, OPT_RULES, OPT_PLUGIN,
       OPT_COMMANDS, OPT_HARVEST, OPT_MAKE, OPT_UNBUILT, OPT_ALONE,
       OPT_ARCH, OPT_ALL_ARCHES, OPT_ENGINE, OPT_LIMIT };

static const struct argp_option options[] = {
	{ "tree", OPT_TREE, "DIR", 0,
	  "the kernel tree, configured and prepared", 0 },
	{ "db", OPT_DB, "FILE", 0, "the database; made if it is not there",
	  0 },
	{ "engine", OPT_ENGINE, "ENGINE", 0,
	  "gcc (default): the plugin, over what an architecture builds; cocci: "
	  "semantic patches, over all files; both: as long again, and what "
	  "both find is one finding", 0 },
	{ "limit", OPT_LIMIT, "SECONDS", 0,
	  "what one semantic patch may take for one file (120)", 0 },
	{ "jobs", 'j', "N", 0, "compilers at a time; one a processor", 0 },
	{ "force", OPT_FORCE, NULL, 0,
	  "do all units again, not just what changed", 0 },
	{ "harvest", OPT_HARVEST, NULL, 0,
	  "ask make again how files are compiled", 0 },
	{ "compile-commands", OPT_COMMANDS, "FILE", 0,
	  "take the compile lines from a compile_commands.json", 0 },
	{ "make", OPT_MAKE, "VAR=VALUE", 0,
	  "also give this to make, such as ARCH=arm64", 0 },
	{ "arch", OPT_ARCH, "ARCH[,ARCH]", 0,
	  "the architectures, instead of the one that the tree is configured "
	  "for; each file is audited for the first one that builds it", 0 },
	{ "all-arches", OPT_ALL_ARCHES, NULL, 0,
	  "audit each file for all architectures that build it", 0 },
	{ "unbuilt", OPT_UNBUILT, NULL, 0,
	  "try files that the configuration leaves out, too", 0 },
	{ "alone", OPT_ALONE, NULL, 0,
	  "check each file by itself, without the rest of its module", 0 },
	{ "rules", OPT_RULES, "FILE", 0, "rules instead of dmacheck's", 0 },
	{ "plugin", OPT_PLUGIN, "FILE", 0,
	  "the plugin, instead of the one beside the command", 0 },
	{ "cache", OPT_CACHE, "DIR", 0, "the folder to cache in", 0 },
	{ "quiet", 'q', NULL, 0, "no progress on stderr", 0 },
	{ 0 }
};

struct parsing {
	struct context *ctx;
	struct audit_options *o;
	const char *arches;
};

/* An absolute path: compilers run in the tree. */
static const char *absolute(struct context *ctx, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? arena_strdup(ctx->arena, real) : path;

	free(real);
	return copy;
}

static unsigned int number(struct argp_state *state, const char *what,
			   const char *arg)
{
	char *end;
	unsigned long n = strtoul(arg, &end, 10);

	if (*end || !n || n > 4096)
		argp_error(state, "%s %s: give a number", what, arg);
	return (unsigned int)n;
}

static void set_engine(struct argp_state *state, struct audit_options *o,
		       const char *arg)
{
	o->gcc = !strcmp(arg, "gcc") || !strcmp(arg, "both");
	o->cocci = !strcmp(arg, "cocci") || !strcmp(arg, "both");
	if (!o->gcc && !o->cocci)
		argp_error(state, "there is no engine %s", arg);
}

static void add_make_arg(struct argp_state *state, struct audit_options *o,
			 const char *arg)
{
	if (!strchr(arg, '='))
		argp_error(state, "--make %s: give VAR=VALUE", arg);
	strings_add(&o->make_args, arg);
}

static void set_flag(struct audit_options *o, int key)
{
	o->all_arches |= key == OPT_ALL_ARCHES;
	o->alone |= key == OPT_ALONE;
	o->unbuilt |= key == OPT_UNBUILT;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct parsing *p = state->input;
	struct audit_options *o = p->o;

	switch (key) {
	case OPT_TREE:
		o->tree = arg;
		return 0;
	case OPT_DB:
		o->db = arg;
		return 0;
	case 'j':
		o->jobs = number(state, "-j", arg);
		return 0;
	case OPT_ENGINE:
		set_engine(state, o, arg);
		return 0;
	case OPT_LIMIT:
		o->limit = number(state, "--limit", arg);
		return 0;
	case OPT_FORCE:
		o->force = true;
		return 0;
	case OPT_HARVEST:
		o->harvest = true;
		return 0;
	case OPT_COMMANDS:
		o->commands = arg;
		return 0;
	case OPT_MAKE:
		add_make_arg(state, o, arg);
		return 0;
	case OPT_ARCH:
		p->arches = arg;
		return 0;
	case OPT_ALL_ARCHES:
	case OPT_ALONE:
	case OPT_UNBUILT:
		set_flag(o, key);
		return 0;
	case OPT_RULES:
		o->rules = arg;
		return 0;
	case OPT_PLUGIN:
		o->plugin = arg;
		return 0;
	case OPT_CACHE:
		o->cache = arg;
		return 0;
	case 'q':
		o->quiet = true;
		return 0;
	case ARGP_KEY_ARG:
		strings_add(&o->paths, arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The layout of the cache comes after the options. */
static char *help_filter(int key, const char *text, void *input)
{
	(void)input;
	if (key == ARGP_KEY_HELP_POST_DOC)
		return strdup(cache_layout);
	return (char *)text;
}

static const struct argp argp = {
	options, parse, "[PATH...]",
	"Checks C files of a kernel tree and stores what was found. A PATH is "
	"relative to the tree; of a folder, and of the whole tree if there is "
	"no PATH, the files that call the DMA API are taken. Only what changed "
	"since the last audit is done again; an interrupted audit goes on "
	"where it was. Nothing is written into the tree.\v ",
	NULL, help_filter, NULL
};

int audit_options(struct context *ctx, int argc, char **argv,
		  struct audit_options *o)
{
	struct parsing p = { .ctx = ctx, .o = o };

	o->cache = ctx->cache;
	o->jobs = ctx->processors;
	o->limit = COCCI_LIMIT;
	o->gcc = true;
	arches_read(ctx->arena, &o->known);
	strings_init(&o->paths, ctx->arena);
	strings_init(&o->make_args, ctx->arena);
	argp_parse(&argp, argc, argv, 0, NULL, &p);
	if (!o->tree)
		return error_set(ctx->err, "give the kernel tree: --tree DIR");
	if (!o->db)
		return error_set(ctx->err, "give the database: --db FILE");
	if (p.arches && arches_select(ctx->arena, &o->known, p.arches,
				      &o->arches, ctx->err))
		return -1;
	if (o->arches.n > 1 && (o->plugin || o->commands))
		return error_set(ctx->err,
			"--plugin and --compile-commands are of one architecture; give --arch only one");
	if (o->cache && make_dirs(o->cache, ctx->err))
		return -1;
	if (o->cache)
		o->cache = absolute(ctx, o->cache);
	o->rules_path = o->rules ? o->rules : command_rules_path(ctx);
	if (o->rules_path)
		o->rules_path = absolute(ctx, o->rules_path);
	return 0;
}
