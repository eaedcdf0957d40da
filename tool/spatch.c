// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cmdline.h"
#include "proc.h"
#include "spatch.h"

/* What the largest driver may take, in bytes of address space. */
#define MEMORY (4ull << 30)

static const char *const mode_name[] = { "report", "patch" };

struct run {
	const struct spatch *s;
	struct spatch_file *file;
	size_t n;
	struct buffer *text;		/* of each file */
	struct buffer *current;		/* of the one being printed */
	bool began;			/* it came as far as a file */
	struct error *err;
};

const char *spatch_head(struct arena *arena, const char *text,
			const char *key)
{
	const char *mark = arena_printf(arena, "\n// %s:", key);
	const char *at = strstr(text, mark);

	if (!at)
		return NULL;
	at += strlen(mark);
	at += strspn(at, " \t");
	return arena_strndup(arena, at, strcspn(at, "\n"));
}

/* The number of the file that the @len first characters of @name are. */
static size_t file_of(const struct run *r, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (strlen(r->file[i].path) == len &&
		    !memcmp(r->file[i].path, name, len))
			break;
	return i;
}

/* The file that a line of stdout begins to tell of; r->n: none. */
static size_t begins(const struct run *r, const char *line)
{
	static const char diff[] = "diff -u -p a/";

	if (r->s->mode == SPATCH_REPORT)
		return file_of(r, line, strcspn(line, ":"));
	if (!starts_with(line, diff))
		return r->n;
	line += strlen(diff);
	return file_of(r, line, strcspn(line, " "));
}

static void out_line(void *data, char *line, size_t len)
{
	struct run *r = data;
	size_t i = begins(r, line);

	if (i < r->n)
		r->current = &r->text[i];
	if (!r->current)
		return;
	buffer_add(r->current, line, len);
	buffer_puts(r->current, "\n");
}

static void fail(const struct run *r, const char *path, const char *why)
{
	size_t i = file_of(r, path, strcspn(path, "\n"));

	if (i < r->n)
		r->file[i].failure = why;
}

static const char *exception(const struct run *r, const char *line)
{
	const char *name = line + strlen("EXN: ");
	const char *in = strstr(name, " in ");

	if (strstr(line, "Common.Timeout"))
		return arena_printf(r->s->arena, "took more than %u s",
				    r->s->limit);
	return arena_printf(r->s->arena, "spatch: %.*s",
			    in ? (int)(in - name) : 80, name);
}

/* One line that spatch says of its work. */
static void read_line(struct run *r, const char *line)
{
	static const char unreadable[] = "Skipping unreadable file: ";
	const char *in;

	if (starts_with(line, unreadable)) {
		fail(r, line + strlen(unreadable), "cannot be read");
	} else if (starts_with(line, "EXN: ")) {
		for (in = line; (in = strstr(in, " in ")); in++)
			fail(r, in + strlen(" in "), exception(r, line));
	} else if (!starts_with(line, "HANDLING: ") &&
		   !starts_with(line, "Skipping: ")) {
		return;
	}
	r->began = true;
}

/* Where spatch speaks of its end: the last of its lines. */
static const char *read_errors(struct run *r, const char *path)
{
	struct error ignored;
	char *text = file_read(r->s->arena, path, NULL, &ignored);
	const char *last = "it says nothing";
	char *line, *next;

	for (line = text; line && *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		read_line(r, line);
		if (*line)
			last = line;
	}
	return last;
}

static int write_groups(const struct run *r, const char *path)
{
	struct buffer b;
	size_t i;

	buffer_init(&b, r->s->arena);
	for (i = 0; i < r->n; i++)
		buffer_printf(&b, "%s\n\n", r->file[i].path);
	return file_write(path, b.data, b.len, r->err);
}

static void add_words(void *data, struct strings *words)
{
	size_t i;

	for (i = 0; i < words->n; i++)
		strings_add(data, words->item[i]);
}

static int make_args(const struct run *r, const char *groups,
		     struct strings *argv)
{
	struct arena *arena = r->s->arena;
	char *text = file_read(arena, r->s->script, NULL, r->err);
	const char *options;

	if (!text)
		return -1;
	options = spatch_head(arena, text, "Options");
	strings_init(argv, arena);
	strings_add(argv, "spatch");
	strings_add(argv, "-D");
	strings_add(argv, mode_name[r->s->mode]);
	strings_add(argv, "--quiet");
	if (r->s->mode == SPATCH_REPORT) {
		strings_add(argv, "--no-show-diff");
	} else {
		strings_add(argv, "--patch");
		strings_add(argv, ".");
	}
	if (options)
		cmdline_split(arena, options, add_words, argv);
	if (r->s->limit) {
		strings_add(argv, "--timeout");
		strings_add(argv, arena_printf(arena, "%u", r->s->limit));
	}
	if (r->s->cache) {
		strings_add(argv, "--cache-prefix");
		strings_add(argv, r->s->cache);
	}
	strings_add(argv, "--no-scanner");
	strings_add(argv, "--cocci-file");
	strings_add(argv, r->s->script);
	strings_add(argv, "--file-groups");
	strings_add(argv, groups);
	strings_add(argv, NULL);
	return 0;
}

static int run_once(struct run *r, int *status, const char **last)
{
	struct arena *arena = r->s->arena;
	const char *base = arena_printf(arena, "%s/spatch-%d", r->s->tmp,
					(int)getpid());
	const char *groups = arena_printf(arena, "%s.files", base);
	const char *env[] = { arena_printf(arena, "TMPDIR=%s", r->s->tmp),
			      "LC_ALL=C", NULL };
	struct proc p = { .cwd = r->s->tree, .env = env, .memory = MEMORY,
			  .err_path = arena_printf(arena, "%s.err", base) };
	struct strings argv;
	int ret;

	if (write_groups(r, groups) || make_args(r, groups, &argv))
		return -1;
	p.argv = argv.item;
	ret = proc_run(&p, out_line, r, status, r->err);
	if (!ret)
		*last = read_errors(r, p.err_path);
	unlink(groups);
	unlink(p.err_path);
	return ret ? error_prefix(r->err, "spatch(1) from package coccinelle") :
	       0;
}

static void take_texts(struct run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		r->file[i].text = r->text[i].len && !r->file[i].failure ?
				  r->text[i].data : "";
}

int spatch_run(const struct spatch *s, struct spatch_file *file, size_t n,
	       struct error *err)
{
	struct run r = { .s = s, .file = file, .n = n, .err = err };
	const char *last = NULL;
	size_t i;
	int status;

	if (!n)
		return 0;
	r.text = arena_alloc(s->arena, n * sizeof(*r.text));
	for (i = 0; i < n; i++) {
		buffer_init(&r.text[i], s->arena);
		file[i].failure = NULL;
	}
	if (run_once(&r, &status, &last))
		return -1;
	if (status && !r.began)
		return error_set(err, "%s: spatch ended with status %d: %s",
				 s->script, status, last);
	if (status && n == 1 && !file->failure)
		file->failure = arena_printf(s->arena,
			"spatch ended with status %d: %s", status, last);
	take_texts(&r);
	if (!status || n == 1)
		return 0;
	for (i = 0; i < n; i++)
		if (spatch_run(s, &file[i], 1, err))
			return -1;
	return 0;
}
