// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dmacheck as a plugin of GCC.
 *
 *	gcc -fplugin=dmacheck [-fplugin-arg-dmacheck-KEY[=VALUE]]... -c x.c
 *
 * The arguments are in the table below. All state of the plugin is here.
 */
#include "compat.h"
#include "deps.h"
#include "lower.h"
#include "warn.h"

extern "C" const char dmacheck_version[];

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

struct options {
	const char *name;		/* the plugin's, in its arguments */
	const char *rules, *facts;
	const char *dump;		/* function */
	bool dump_all, collect, stop, quiet, error, verbose;
	enum core::confidence level;
	auto_vec<const char *> disabled;
};

struct argument {
	const char *key;
	const char *value;		/* its name, NULL: takes none */
	bool optional;			/* the value is */
	const char *help;
};

static const struct argument arguments[] = {
	{ "rules", "FILE", false, "read the rules from FILE" },
	{ "facts", "FILE", false, "write facts to FILE, an absolute path, and "
				  "dependencies to FILE.d" },
	{ "level", "high|medium|low", false,
	  "lowest confidence to warn of (medium)" },
	{ "disable", "RULE[,RULE]", false, "do not warn of these rules" },
	{ "dump", "FUNCTION", true, "print the event form to stderr" },
	{ "collect", NULL, false, "check nothing; the facts are what "
				  "\"dmacheck link\" reads" },
	{ "stop", NULL, false, "end the compiler after the analysis" },
	{ "quiet", NULL, false, "print no warnings" },
	{ "error", NULL, false, "make warnings of this plugin errors" },
	{ "verbose", NULL, false, "print what each function took" },
};

static struct options options;
static core::rules *rules;
static const char *current_rule;
static char *(*next_option_name)(diagnostic_context *, int, diagnostic_t,
				 diagnostic_t);

/* The tag in brackets behind a warning, not behind the notes to it. */
static char *option_name(diagnostic_context *dc, int option,
			 diagnostic_t was, diagnostic_t is)
{
	if (!current_rule || is == DK_NOTE)
		return next_option_name ?
		       next_option_name(dc, option, was, is) : NULL;
	return concat(was == DK_WARNING && is == DK_ERROR ? "-Werror=" : "-W",
		      current_rule, NULL);
}

static void set_tag(const char *id)
{
	current_rule = id;
}

static void out_of_memory(void)
{
	fatal_error(UNKNOWN_LOCATION, "%s: no memory left", options.name);
}

static double seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void dump(const core::unit *u)
{
	unsigned int i;

	if (options.dump_all) {
		core::unit_print(stderr, u);
		return;
	}
	for (i = 0; i < u->nfunctions; i++)
		if (!strcmp(u->function[i]->name, options.dump))
			core::function_print(stderr, u->function[i]);
}

static void print_times(const core::result *res, unsigned int nfunctions,
			double lowering)
{
	unsigned int i;

	fprintf(stderr, "%s: %s: lowering %u functions: %.3f ms\n",
		options.name, main_input_filename, nfunctions,
		lowering * 1e3);
	for (i = 0; i < res->nverdicts; i++) {
		const core::verdict *v = &res->verdict[i];

		fprintf(stderr, "%s: %s: %.3f ms, %u worlds%s%s\n",
			options.name, v->function->name, v->seconds * 1e3,
			v->worlds, v->complete ? "" : ", incomplete: ",
			v->complete || !v->reason ? "" : v->reason);
	}
}

/* "x86_64-linux-gnu", out of how this compiler was configured. */
static char *target_machine(void)
{
	static const char key[] = "--target=";
	const char *at = strstr(gcc_version.configuration_arguments, key);

	if (!at)
		return xstrdup("unknown");
	at += sizeof(key) - 1;
	return xstrndup(at, strcspn(at, " "));
}

/* Without a result: what was collected. */
static void write_facts(const core::unit *u, const core::result *res)
{
	char *target = target_machine();
	core::facts_head head = { main_input_filename, target,
				  gcc_version.basever };
	core::error err;

	if (deps_write(options.facts, options.rules, &err) ||
	    (res ? core::facts_write(options.facts, &head, u, res, rules,
				     &err) :
		   core::facts_collect(options.facts, &head, u, rules, &err)))
		error_at(UNKNOWN_LOCATION, "%s: %s", options.name, err.text);
	free(target);
}

static void analyse(void)
{
	struct warn_options warn = { options.level, options.disabled.address(),
				     options.disabled.length(), options.error,
				     set_tag };
	core::arena *arena = core::arena_new(out_of_memory);
	core::unit *u = core::unit_new(arena, main_input_filename);
	struct places places;
	double begin = seconds();
	unsigned int n = lower_unit(u, rules, &places, options.collect);
	double lowering = seconds() - begin;
	core::result *res;

	if (options.dump || options.dump_all)
		dump(u);
	if (options.collect) {
		if (options.facts)
			write_facts(u, NULL);
	} else if (options.facts || !options.quiet || options.verbose) {
		res = core::check_unit(u, rules);
		if (!options.quiet)
			warn_findings(res, u, &places, &warn);
		if (options.facts)
			write_facts(u, res);
		if (options.verbose)
			print_times(res, n, lowering);
	}
	core::arena_free(arena);
}

/* What the compiler would do at its end, as far as anyone sees it. */
static void stop(void)
{
	diagnostic_finish(global_dc);
	fflush(NULL);
	exit(seen_error() || werrorcount ? FATAL_EXIT_CODE :
					   SUCCESS_EXIT_CODE);
}

namespace {

const pass_data pass = {
	SIMPLE_IPA_PASS, "dmacheck", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

class dmacheck_pass : public simple_ipa_opt_pass {
public:
	dmacheck_pass() : simple_ipa_opt_pass(pass, g) {}

	unsigned int execute(function *) final override
	{
		if (in_lto_p || seen_error())
			return 0;
		analyse();
		if (options.stop)
			stop();
		return 0;
	}
};

}

/*
 * A compile that fails leaves no facts, old ones neither; but if a unit is
 * collected who runs the compiler sees to that: facts that turn out the same
 * are left as they are, so that what is made of them stays.
 */
static void start_unit(void *, void *)
{
	char *deps;

	if (!options.facts || options.collect)
		return;
	deps = concat(options.facts, ".d", NULL);
	unlink(options.facts);
	unlink(deps);
	free(deps);
}

static void finish(void *, void *)
{
	core::rules_free(rules);
	rules = NULL;
}

/* All arguments, one a line; freed by the caller. */
static char *help_text(void)
{
	char *text = xstrdup("Checks how drivers use the kernel's DMA API.\n"
			     "Arguments, each as -fplugin-arg-NAME-KEY:\n");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arguments); i++) {
		const struct argument *a = &arguments[i];
		char *key = xasprintf("%s%s%s%s%s", a->key,
				      a->optional ? "[" : "",
				      a->value ? "=" : "",
				      a->value ? a->value : "",
				      a->optional ? "]" : "");

		text = reconcat(text, text, "  ", key, "\n      ", a->help,
				"\n", NULL);
		free(key);
	}
	return text;
}

static const struct argument *find_argument(const char *key)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arguments); i++)
		if (!strcmp(arguments[i].key, key))
			return &arguments[i];
	return NULL;
}

static int unknown_argument(const char *key)
{
	char *keys = NULL;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arguments); i++)
		keys = reconcat(keys, keys ? keys : "", i ? ", " : "",
				arguments[i].key, NULL);
	error("unknown plugin argument %<-fplugin-arg-%s-%s%>: there are %s",
	      options.name, key, keys);
	free(keys);
	return -1;
}

static int bad_value(const char *key, const char *value, const char *why)
{
	error("bad plugin argument %<-fplugin-arg-%s-%s=%s%>: %s",
	      options.name, key, value, why);
	return -1;
}

static int set_level(const char *value)
{
	int level = core::confidence_from_name(value);

	if (level < 0)
		return bad_value("level", value,
				 "it is one of high, medium, low");
	options.level = (enum core::confidence)level;
	return 0;
}

/* The ids are checked when the rules are known. */
static void set_disabled(const char *value)
{
	char *rest = xstrdup(value), *id;

	while ((id = strsep(&rest, ",")))
		options.disabled.safe_push(id);
}

static int set_value(const char *key, const char *value)
{
	if (!strcmp(key, "rules"))
		options.rules = value;
	else if (!strcmp(key, "facts") && !IS_ABSOLUTE_PATH(value))
		return bad_value(key, value, "the path must be absolute");
	else if (!strcmp(key, "facts"))
		options.facts = value;
	else if (!strcmp(key, "level"))
		return set_level(value);
	else if (!strcmp(key, "disable"))
		set_disabled(value);
	else
		options.dump = value;
	return 0;
}

static void set_flag(const char *key)
{
	if (!strcmp(key, "dump"))
		options.dump_all = true;
	else if (!strcmp(key, "collect"))
		options.collect = true;
	else if (!strcmp(key, "stop"))
		options.stop = true;
	else if (!strcmp(key, "quiet"))
		options.quiet = true;
	else if (!strcmp(key, "error"))
		options.error = true;
	else
		options.verbose = true;
}

static int read_argument(const struct plugin_argument *given)
{
	const struct argument *a = find_argument(given->key);

	if (!a)
		return unknown_argument(given->key);
	if (given->value && !a->value)
		return bad_value(a->key, given->value, "it takes no value");
	if ((!given->value && a->value && !a->optional) ||
	    (given->value && !given->value[0])) {
		error("plugin argument %<-fplugin-arg-%s-%s%> lacks its value "
		      "%s", options.name, a->key, a->value);
		return -1;
	}
	if (given->value)
		return set_value(a->key, given->value);
	set_flag(a->key);
	return 0;
}

static int check_disabled(void)
{
	unsigned int i;

	for (i = 0; i < options.disabled.length(); i++)
		if (!core::rules_rule(rules, options.disabled[i]))
			return bad_value("disable", options.disabled[i],
					 "there is no such rule");
	return 0;
}

static int read_rules(void)
{
	core::error err;

	rules = core::rules_load(options.rules, &err);
	if (rules)
		return check_disabled();
	error("%s: %s", options.name, err.text);
	return -1;
}

/* Is the value of -fplugin= or -fplugin-arg- about this plugin? */
static bool is_own_option(const struct cl_decoded_option *o)
{
	size_t len = strlen(options.name);
	const char *name = o->arg;

	if (o->opt_index == OPT_fplugin_)
		name = lbasename(name);
	else if (o->opt_index != OPT_fplugin_arg_)
		return false;
	return !strncmp(name, options.name, len) && !ISIDNUM(name[len]);
}

/* Debug information lists the compiler's options, but must be the same with
 * and without the plugin. */
static void hide_options(void)
{
	unsigned int i;

	for (i = 0; i < save_decoded_options_count; i++)
		if (is_own_option(&save_decoded_options[i]))
			save_decoded_options[i].opt_index = OPT_SPECIAL_ignore;
}

static void hook(struct plugin_name_args *info)
{
	struct register_pass_info where;
	static struct plugin_info about;

	about.version = dmacheck_version;
	about.help = help_text();
	register_callback(info->base_name, PLUGIN_INFO, NULL, &about);
	where.pass = new dmacheck_pass();
	where.reference_pass_name = "build_ssa_passes";
	where.ref_pass_instance_number = 1;
	where.pos_op = PASS_POS_INSERT_AFTER;
	register_callback(info->base_name, PLUGIN_PASS_MANAGER_SETUP, NULL,
			  &where);
	register_callback(info->base_name, PLUGIN_START_UNIT, start_unit,
			  NULL);
	register_callback(info->base_name, PLUGIN_FINISH, finish, NULL);
	next_option_name = global_dc->option_name;
	global_dc->option_name = option_name;
}

__attribute__((visibility("default")))
int plugin_init(struct plugin_name_args *info,
		struct plugin_gcc_version *version)
{
	int i;

	/* nothing of another version can be relied on, not even error() */
	if (!plugin_default_version_check(version, &gcc_version)) {
		fprintf(stderr,
			"%s: this plugin was built for GCC %s (%s), not for "
			"the GCC %s (%s) that runs: build it with that one\n",
			info->full_name, gcc_version.basever,
			gcc_version.datestamp, version->basever,
			version->datestamp);
		return 1;
	}
	options.name = info->base_name;
	options.level = core::CONF_MEDIUM;
	for (i = 0; i < info->argc; i++)
		if (read_argument(&info->argv[i]))
			return 1;
	if (read_rules())
		return 1;
	hide_options();
	hook(info);
	return 0;
}
