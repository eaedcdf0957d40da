// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cmdline.h"
#include "ninja.h"
#include "proc.h"

/* What ninja prints before each status line, so that we know them. */
#define MARK "@dmacheck "

/* A path or a value in build.ninja; @path: blanks and colons mean something. */
static void put_escaped(struct buffer *b, const char *s, bool path)
{
	for (; *s; s++) {
		if (*s == '$' || (path && (*s == ' ' || *s == ':')))
			buffer_puts(b, "$");
		buffer_add(b, s, 1);
	}
}

static void put_paths(struct buffer *b, const struct strings *paths)
{
	size_t i;

	for (i = 0; i < paths->n; i++) {
		buffer_puts(b, " ");
		put_escaped(b, paths->item[i], true);
	}
}

/* Words as the shell reads them, as the value of a variable of ninja. */
static void put_words(struct buffer *b, const struct ninja *n,
		      const char *variable, const char *const *word, size_t k)
{
	struct buffer cmd;
	size_t i;

	buffer_init(&cmd, n->arena);
	for (i = 0; i < k; i++) {
		if (i)
			buffer_puts(&cmd, " ");
		cmdline_quote(&cmd, word[i]);
	}
	buffer_printf(b, "\n  %s = ", variable);
	put_escaped(b, cmd.data, false);
}

static void put_edge(struct buffer *b, const struct ninja *n,
		     const struct edge *e)
{
	const char *fail = arena_printf(n->arena, "%s.fail", e->out.item[0]);

	buffer_puts(b, "build");
	put_paths(b, &e->out);
	buffer_puts(b, ": run");
	put_paths(b, &e->in);
	buffer_puts(b, " | ");
	put_escaped(b, path_join(n->arena, n->work, "stamp"), true);
	put_words(b, n, "cmd", e->words.item, e->words.n);
	put_words(b, n, "fail", &fail, 1);
	put_words(b, n, "files", e->out.item, e->out.n);
	buffer_puts(b, "\n");
	if (n->depfile) {
		buffer_puts(b, "  depfile = ");
		put_escaped(b, e->out.item[0], false);
		buffer_puts(b, ".d\n  deps = gcc\n");
	}
}

static int by_size(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? 1 : -1;
	return strcmp(x->name, y->name);
}

static const char *ninja_file(const struct ninja *n)
{
	return path_join(n->arena, n->work,
			 arena_printf(n->arena, "%s.ninja", n->name));
}

static int write_files(struct ninja *n, struct error *err)
{
	const char *stamp = path_join(n->arena, n->work, "stamp");
	struct buffer b;
	size_t i;

	qsort(n->edge, n->n, sizeof(*n->edge), by_size);
	buffer_init(&b, n->arena);
	buffer_puts(&b, "# Written by dmacheck audit.\n"
		    "ninja_required_version = 1.7\nbuilddir = ");
	put_escaped(&b, path_join(n->arena, n->work, n->name), true);
	/*
	 * Outputs of an edge that fails now go: were they left, and the cause
	 * of the failure taken back, ninja would find nothing to do.
	 */
	buffer_puts(&b, "\nrule run\n"
		    "  command = $cmd 2>$fail && rm $fail || "
		    "{ rm -f $files; false; }\n"
		    "  restat = 1\n  description = $out\n");
	for (i = 0; i < n->n; i++)
		put_edge(&b, n, &n->edge[i]);
	if (file_update(stamp, n->stamp, strlen(n->stamp), err))
		return -1;
	return file_update(ninja_file(n), b.data, b.len, err);
}

struct watch {
	struct ninja *n;
};

static void ninja_line(void *data, char *line, size_t len)
{
	struct watch *w = data;
	char *end;

	(void)len;
	if (starts_with(line, MARK)) {
		w->n->ran = strtoul(line + strlen(MARK), &end, 10);
		progress_show(w->n->progress, w->n->what, w->n->ran,
			      *end == '/' ? strtoul(end + 1, NULL, 10) : 0,
			      w->n->failed);
	} else if (starts_with(line, "FAILED: ")) {
		w->n->failed++;
	}
}

/* The first line by which ninja says that it could not work itself. */
static const char *trouble(struct ninja *n, const char *errors)
{
	struct error ignored;
	char *text = file_read(n->arena, errors, NULL, &ignored), *at;

	if (!text)
		return NULL;
	at = strstr(text, "ninja: error: ");
	if (!at)
		at = strstr(text, "ninja: fatal: ");
	if (!at)
		return NULL;
	at += strlen("ninja: error: ");
	at[strcspn(at, "\n")] = '\0';
	return at;
}

int ninja_run(struct ninja *n, struct error *err)
{
	static const char *const env[] = { "NINJA_STATUS=" MARK "%f/%t ",
		"LC_ALL=C", "MAKEFLAGS", "GCC_COLORS", NULL };
	const char *errors = path_join(n->arena, n->work, "ninja.err");
	const char *why;
	struct watch w = { .n = n };
	struct proc p = { .cwd = n->tree, .err_path = errors, .env = env,
			  .memory = NINJA_MEMORY, .cpu = NINJA_CPU };
	struct strings argv;
	int status;

	n->ran = n->failed = 0;
	if (!n->n)
		return 0;
	if (write_files(n, err))
		return -1;
	strings_init(&argv, n->arena);
	strings_add(&argv, "ninja");
	strings_add(&argv, "-f");
	strings_add(&argv, ninja_file(n));
	strings_add(&argv, "-k0");
	if (n->jobs)
		strings_add(&argv, arena_printf(n->arena, "-j%u", n->jobs));
	strings_add(&argv, NULL);
	p.argv = argv.item;
	if (proc_run(&p, ninja_line, &w, &status, err))
		return error_prefix(err, "ninja(1) from package ninja-build");
	why = status ? trouble(n, errors) : NULL;
	if (why)
		return error_set(err, "ninja: %s", why);
	/* On a full disk ninja cannot even write why it ends. */
	if (status && disk_full(n->work))
		return error_set(err,
			"no space left in %s; the database is as it was",
			n->work);
	if (status && !n->failed && status != 2 && status < 128)
		return error_set(err, "ninja ended with exit status %d",
				 status);
	if (status == 2 || status > 128)
		return error_set(err,
			"interrupted; the same command goes on from here");
	return 0;
}
