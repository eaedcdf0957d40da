// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <uthash.h>
#include "harvest.h"
#include "harvest_json.h"
#include "kbuild_dir.h"
#include "proc.h"

#define MEMORY_FORMAT "dmacheck-lines-4"

/* Objects named on one command line of make. */
#define MAKE_BATCH 4000

static const char unbuilt[] = "-DDMACHECK_UNBUILT";

/* What kbuild links the object into, and all that it links there. */
#define LINKED_INTO \
	" -DDMACHECK_PARTS=$(subst $(space),:,$(strip $(foreach m,$(__modname)," \
	"$($(m)-objs) $($(m)-y) $($(m)-m))))" \
	" -DDMACHECK_MODULE=$(subst $(space),:,$(modfile))"

/* Where kbuild descends into a folder, or links an object, by itself. */
static const char flags_kernel[] =
	"CFLAGS_KERNEL=$(if $(and $(filter $@,$(real-obj-y) $(lib-y)),"
	"$(need-builtin)$(need-modorder)),,-DDMACHECK_UNBUILT)"
	" -DDMACHECK_BUILTIN" LINKED_INTO;
static const char flags_module[] =
	"CFLAGS_MODULE=$(if $(need-builtin)$(need-modorder),,"
	"-DDMACHECK_UNBUILT)" LINKED_INTO;

static const char module_flag[] = "-DDMACHECK_MODULE=";
static const char parts_flag[] = "-DDMACHECK_PARTS=";
static const char builtin_flag[] = "-DDMACHECK_BUILTIN";

/* The fingerprint of the Makefiles from the top to one folder. */
struct dir_key {
	const char *dir;
	const char *builder;		/* a folder beside it, or NULL */
	struct kbuild_includes below;	/* of the folders in it */
	bool read;			/* it is known */
	uint64_t key;
	UT_hash_handle hh;
};

/* What is known of one source; command is "" if make has no line. */
struct known_line {
	const char *source, *command;
	uint64_t key;
	UT_hash_handle hh;
};

struct job {
	struct arena *arena;
	const struct tree *tree;
	const struct harvest_options *o;
	struct known_line *entries;
	struct dir_key *dirs;
	uint64_t key;			/* of what all lines depend on */
	struct buffer joined;		/* a line that goes on in the next */
	size_t found;
	struct error *err;
};

static uint64_t mix_file(const struct job *j, uint64_t key, const char *dir,
			 const char *name)
{
	const char *path = path_join(j->arena, path_join(j->arena,
				     j->tree->root, dir), name);
	int64_t time = file_time(path);

	return hash_bytes(key, &time, sizeof(time));
}

/* As part of which folder beside it is @d built, whose parent is @up? */
static void find_builder(const struct job *j, struct dir_key *d,
			 struct dir_key *up)
{
	const char *slash = strrchr(d->dir, '/'), *name;

	if (!slash)
		return;
	if (!up->read)
		kbuild_includes_read(&up->below, j->arena,
				     path_join(j->arena, j->tree->root,
					       up->dir));
	up->read = true;
	name = kbuild_included_by(&up->below, slash + 1);
	if (!name)
		return;
	d->builder = path_join(j->arena, up->dir, name);
	d->key = mix_file(j, d->key, d->builder, "Makefile");
}

static struct dir_key *dir_key(struct job *j, const char *dir)
{
	const char *slash = strrchr(dir, '/');
	struct dir_key *d, *up = NULL;

	HASH_FIND_STR(j->dirs, dir, d);
	if (d)
		return d;
	if (strcmp(dir, "."))
		up = dir_key(j, slash ? arena_strndup(j->arena, dir,
						      slash - dir) : ".");
	d = arena_alloc(j->arena, sizeof(*d));
	d->dir = dir;
	d->key = mix_file(j, up ? up->key : j->key, dir, "Makefile");
	d->key = mix_file(j, d->key, dir, "Kbuild");
	if (up)
		find_builder(j, d, up);
	HASH_ADD_KEYPTR(hh, j->dirs, d->dir, strlen(d->dir), d);
	return d;
}

static const struct dir_key *key_of(struct job *j, const char *source)
{
	const char *slash = strrchr(source, '/');

	return dir_key(j, slash ? arena_strndup(j->arena, source,
						slash - source) : ".");
}

/* What make is asked for: the object as the folder that builds it calls it. */
static const char *object_of(struct job *j, const char *source)
{
	const char *builder = key_of(j, source)->builder;
	const char *name = strrchr(source, '/');
	int len = (int)strlen(source) - 2;

	if (!builder)
		return arena_printf(j->arena, "%.*s.o", len, source);
	while (name > source && name[-1] != '/')
		name--;
	return arena_printf(j->arena, "%s/../%.*s.o", builder,
			    len - (int)(name - source), name);
}

static void start_key(struct job *j)
{
	static const char *const common[] = {
		"Makefile.build", "Makefile.lib", "Makefile.compiler",
		"Makefile.extrawarn", "Makefile.gcc-plugins", "Kbuild.include",
		"Makefile.kasan", "Makefile.ubsan", "Makefile.kcov",
	};
	const char *arch = arena_printf(j->arena, "arch/%s", j->tree->arch);
	size_t i;

	j->key = hash_string(j->tree->config, MEMORY_FORMAT);
	for (i = 0; i < j->o->make_args->n; i++)
		j->key = hash_string(j->key, j->o->make_args->item[i]);
	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		j->key = mix_file(j, j->key, "scripts", common[i]);
	j->key = mix_file(j, j->key, arch, "Makefile");
}

static struct known_line *entry_of(struct job *j, const char *source, bool make)
{
	struct known_line *e;

	HASH_FIND_STR(j->entries, source, e);
	if (!e && make) {
		e = arena_alloc(j->arena, sizeof(*e));
		e->source = arena_strdup(j->arena, source);
		HASH_ADD_KEYPTR(hh, j->entries, e->source, strlen(e->source),
				e);
	}
	return e;
}

/* "key<tab>source<tab>command" a line. */
static void load_memory(struct job *j)
{
	struct error ignored;
	char *text = file_read(j->arena, j->o->memory, NULL, &ignored), *line;

	if (j->o->fresh || !text || !starts_with(text, MEMORY_FORMAT "\n"))
		return;
	for (line = strchr(text, '\n') + 1; *line;) {
		char *end = strchr(line, '\n'), *source = strchr(line, '\t');
		char *command = source ? strchr(source + 1, '\t') : NULL;
		struct known_line *e;

		if (!end || !command || command > end)
			return;
		*end = *source++ = *command++ = '\0';
		e = entry_of(j, source, true);
		e->key = strtoull(line, NULL, 16);
		e->command = command;
		line = end + 1;
	}
}

static int save_memory(struct job *j)
{
	struct known_line *e, *next;
	struct buffer b;

	buffer_init(&b, j->arena);
	buffer_puts(&b, MEMORY_FORMAT "\n");
	HASH_ITER(hh, j->entries, e, next)
		buffer_printf(&b, "%016llx\t%s\t%s\n",
			      (unsigned long long)e->key, e->source,
			      e->command);
	return file_write(j->o->memory, b.data, b.len, j->err);
}

/* Keeps the command @words if it compiles a file of the tree. */
static void keep_command(void *data, struct strings *words)
{
	struct job *j = data;
	struct cmdline c;
	struct buffer b;
	struct known_line *e;
	size_t i;

	if (!cmdline_compiles(j->arena, words, &c))
		return;
	e = entry_of(j, c.source, false);
	if (!e)
		return;
	buffer_init(&b, j->arena);
	for (i = 0; i < c.word.n; i++) {
		if (i)
			buffer_puts(&b, " ");
		cmdline_quote(&b, c.word.item[i]);
	}
	e->command = b.data;
	j->found++;
}

/* One line of what make prints; it is long, and few lines are of interest. */
static void make_line(void *data, char *line, size_t len)
{
	struct job *j = data;

	if (len && line[len - 1] == '\\') {
		buffer_add(&j->joined, line, len - 1);
		return;
	}
	buffer_add(&j->joined, line, len);
	if (strstr(j->joined.data, " -c ") && strstr(j->joined.data, ".c"))
		cmdline_split(j->arena, j->joined.data, keep_command, j);
	j->joined.len = 0;
	j->joined.data[0] = '\0';
}

/* ARCH and CROSS_COMPILE as .config was made with, unless the user says. */
static void default_args(struct job *j, struct strings *argv)
{
	const struct strings *user = j->o->make_args;
	size_t len = strcspn(j->tree->compiler, " ");
	bool arch = false, cross = false;
	size_t i;

	for (i = 0; i < user->n; i++) {
		arch |= starts_with(user->item[i], "ARCH=");
		cross |= starts_with(user->item[i], "CROSS_COMPILE=") ||
			 starts_with(user->item[i], "CC=");
	}
	if (!arch && j->tree->arch[0])
		strings_add(argv, arena_printf(j->arena, "ARCH=%s",
					       j->tree->arch));
	if (!cross && len > 4 &&
	    !strncmp(j->tree->compiler + len - 4, "-gcc", 4))
		strings_add(argv, arena_printf(j->arena, "CROSS_COMPILE=%.*s",
				(int)(len - 3), j->tree->compiler));
	for (i = 0; i < user->n; i++)
		strings_add(argv, user->item[i]);
}

static const char *first_line(struct job *j, const char *path)
{
	struct error ignored;
	char *text = file_read(j->arena, path, NULL, &ignored);

	if (!text || !*text)
		return "it printed no message";
	text[strcspn(text, "\n")] = '\0';
	return text;
}

static int run_make(struct job *j, const struct strings *objects, size_t from,
		    size_t to)
{
	static const char *const env[] = { "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
		"MAKEOVERRIDES", "KBUILD_OUTPUT", "O", "LC_ALL=C", NULL };
	const char *errors = path_join(j->arena, j->o->tmp, "make.err");
	struct proc p = { .cwd = j->tree->root, .err_path = errors,
			  .env = env };
	struct strings argv;
	int status;
	size_t i;

	strings_init(&argv, j->arena);
	strings_add(&argv, "make");
	strings_add(&argv, "-nk");
	strings_add(&argv, "V=1");
	/* A tree is not changed; but what cc-option asks, 6.12 asks only
	 * where it might be. */
	strings_add(&argv, "may-sync-config=");
	strings_add(&argv, "need-compiler=1");
	strings_add(&argv, arena_printf(j->arena, "TMPOUT=%s/.tmp_$$$$",
					j->o->tmp));
	strings_add(&argv, flags_kernel);
	strings_add(&argv, flags_module);
	default_args(j, &argv);
	for (i = from; i < to; i++)
		strings_add(&argv, objects->item[i]);
	strings_add(&argv, NULL);
	p.argv = argv.item;
	j->found = 0;
	if (proc_run(&p, make_line, j, &status, j->err))
		return -1;
	if (status && !j->found && to - from > 1)
		return error_set(j->err,
			"make -n in %s prints no compile line: %s",
			j->tree->root, first_line(j, errors));
	return 0;
}

/* Asks make for the sources that are not remembered. */
static int ask_make(struct job *j, const struct strings *sources,
		    struct harvest *h)
{
	struct strings objects;
	size_t i, to;

	strings_init(&objects, j->arena);
	for (i = 0; i < sources->n; i++) {
		const char *s = sources->item[i];
		struct known_line *e = entry_of(j, s, true);
		uint64_t key = key_of(j, s)->key;

		if (e->command && e->key == key)
			continue;
		e->key = key;
		e->command = "";
		strings_add(&objects, object_of(j, s));
	}
	h->asked_make = objects.n != 0;
	for (i = 0; i < objects.n; i = to) {
		to = i + MAKE_BATCH < objects.n ? i + MAKE_BATCH : objects.n;
		if (run_make(j, &objects, i, to))
			return -1;
	}
	return h->asked_make ? save_memory(j) : 0;
}

struct one_line {
	struct arena *arena;
	struct cmdline cmd;
	bool is_one;
};

static void take_line(void *data, struct strings *words)
{
	struct one_line *one = data;

	one->is_one = cmdline_compiles(one->arena, words, &one->cmd);
}

/* What our own variables told of the file, or kbuild's without them. */
static bool take_flag(struct line *l, const char *word)
{
	static const char modname[] = "-DKBUILD_MODNAME=";

	if (starts_with(word, modname) && !l->module)
		l->modname = word + sizeof(modname) - 1;
	if (!strcmp(word, builtin_flag))
		l->builtin = true;
	else if (starts_with(word, module_flag))
		l->module = word + sizeof(module_flag) - 1;
	else if (starts_with(word, parts_flag))
		l->parts = word + sizeof(parts_flag) - 1;
	else
		return !strcmp(word, unbuilt);
	return true;
}

/* Makes a line of the remembered command. */
static int finish_line(struct job *j, struct line *l, struct error *err)
{
	struct known_line *e = entry_of(j, l->source, false);
	struct one_line one = { .arena = j->arena };
	struct strings words;
	size_t i;

	if (e && e->command)
		cmdline_split(j->arena, e->command, take_line, &one);
	if (!one.is_one) {
		l->skip = "make has no compile line for it";
		return 0;
	}
	if (strstr(one.cmd.word.item[0], "clang"))
		return error_set(err,
			"%s is compiled by %s; dmacheck is a plugin of GCC: configure the tree for GCC",
			j->tree->root, one.cmd.word.item[0]);
	if (strings_find(&one.cmd.word, unbuilt) && !j->o->unbuilt)
		l->skip = "not built by this configuration";
	strings_init(&words, j->arena);
	cmdline_clean(&one.cmd, &words);
	strings_init(&l->words, j->arena);
	for (i = 0; i < words.n; i++)
		if (!take_flag(l, words.item[i]))
			strings_add(&l->words, words.item[i]);
	if (j->o->alone)
		l->module = l->parts = l->modname = NULL;
	return 0;
}

/* Commands of a compile_commands.json go in as if make had said them. */
static int json_command(void *data, const char *source, struct strings *words)
{
	struct job *j = data;
	struct known_line *e = entry_of(j, source, true);

	keep_command(j, words);
	e->key = key_of(j, source)->key;
	return 0;
}

struct harvest *harvest_lines(const struct tree *tree,
			      const struct strings *sources,
			      const struct harvest_options *o,
			      struct error *err)
{
	struct job j = { .arena = tree->arena, .tree = tree, .o = o,
			 .err = err };
	struct harvest *h = arena_alloc(j.arena, sizeof(*h));
	int ret = 0;
	size_t i;

	buffer_init(&j.joined, j.arena);
	start_key(&j);
	if (o->commands) {
		ret = harvest_json(tree, o->commands, json_command, &j, err);
	} else {
		load_memory(&j);
		ret = make_dirs(o->tmp, err) ? -1 : ask_make(&j, sources, h);
	}
	h->line = arena_alloc(j.arena, (sources->n + 1) * sizeof(*h->line));
	h->n = sources->n;
	for (i = 0; i < h->n && !ret; i++) {
		h->line[i].source = sources->item[i];
		ret = finish_line(&j, &h->line[i], err);
		if (o->commands && h->line[i].skip)
			h->line[i].skip = "not in compile_commands.json";
	}
	HASH_CLEAR(hh, j.entries);
	HASH_CLEAR(hh, j.dirs);
	return ret ? NULL : h;
}
