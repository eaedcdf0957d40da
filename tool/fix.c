// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include "changes.h"
#include "cocci.h"
#include "cocci_report.h"
#include "fix.h"
#include "proc.h"
#include "spatch.h"

/* What a semantic patch reports of a file. */
struct reports {
	struct cocci_report *item;
	size_t n;
};

/* What is known of the file that is being fixed. */
struct job {
	const struct fix *f;
	const struct patch *patch;
	const char *file, *text;
	struct reports before;
	struct changes changes;
	struct error *err;
};

static int run(const struct job *j, enum spatch_mode mode, const char *tree,
	       struct spatch_file *file)
{
	struct spatch s = { .arena = j->f->arena, .script = j->patch->path,
			    .mode = mode, .tree = tree, .tmp = j->f->tmp,
			    .limit = COCCI_LIMIT };

	file->path = j->file;
	if (spatch_run(&s, file, 1, j->err))
		return -1;
	return file->failure ? error_set(j->err, "%s: %s", j->file,
					 file->failure) : 0;
}

static int report(const struct job *j, const char *tree, struct reports *r)
{
	struct spatch_file file;
	struct arena *arena = j->f->arena;
	const char *s, *end, *line;
	size_t n = 1;

	if (run(j, SPATCH_REPORT, tree, &file))
		return -1;
	for (s = file.text; *s; s++)
		n += *s == '\n';
	r->item = arena_alloc(arena, n * sizeof(*r->item));
	r->n = 0;
	for (s = file.text; *s; s = end + (*end == '\n')) {
		end = s + strcspn(s, "\n");
		line = arena_strndup(arena, s, end - s);
		r->n += cocci_report_read(arena, line, &r->item[r->n]);
	}
	return 0;
}

/*
 * The report that speaks of the finding: engines differ in the line that they
 * name, but hardly in two reports of a rule in one function.
 */
static const struct cocci_report *find_report(const struct job *j,
					      const struct model_finding *f)
{
	const struct cocci_report *only = NULL;
	size_t i, same = 0;

	for (i = 0; i < j->before.n; i++) {
		const struct cocci_report *r = &j->before.item[i];

		if (strcmp(r->function, f->function))
			continue;
		if (r->line == f->line || r->line == f->acquire_line)
			return r;
		only = r;
		same++;
	}
	return same == 1 ? only : NULL;
}

/*
 * The lines of the function around @line: the kernel's style puts the braces
 * of a function, and of nothing within one, into the first column.
 */
static void body_around(const char *text, unsigned int line,
			unsigned int *first, unsigned int *last)
{
	unsigned int at = 1;
	const char *s;

	*first = *last = 0;
	for (s = text; *s && !*last; s += strcspn(s, "\n"), s += *s == '\n') {
		if (*s == '{' && at <= line)
			*first = at;
		if (*s == '}' && at >= line)
			*last = at;
		at++;
	}
}

/* The changes in the function around @line, @n of them; NULL: none. */
static struct change *changes_around(const struct job *j, unsigned int line,
				     size_t *n)
{
	const struct changes *c = &j->changes;
	unsigned int first, last;
	size_t from = 0, to;

	body_around(j->text, line, &first, &last);
	while (from < c->n && c->item[from].line < first)
		from++;
	for (to = from; to < c->n && c->item[to].line <= last; )
		to++;
	*n = to - from;
	return *n ? c->item + from : NULL;
}

/* Takes them, or leaves them. */
static void take(const struct job *j, unsigned int line, bool yes)
{
	struct change *c;
	size_t i, n;

	c = changes_around(j, line, &n);
	for (i = 0; i < n; i++)
		c[i].take = yes;
}

/* The text with what is taken of the changes, in a folder of its own. */
static int write_fixed(const struct job *j, const char *tree)
{
	struct arena *arena = j->f->arena;
	char *text = changes_apply(&j->changes, j->text);
	char *path = path_join(arena, tree, j->file);
	char *dir = arena_strdup(arena, path);

	*strrchr(dir, '/') = '\0';
	if (make_dirs(dir, j->err))
		return -1;
	return file_write(path, text, strlen(text), j->err);
}

static bool still_there(const struct job *j, const struct reports *after,
			const struct cocci_report *r)
{
	size_t i;

	for (i = 0; i < after->n; i++)
		if (!strcmp(after->item[i].function, r->function) &&
		    changes_origin(&j->changes, after->item[i].line) ==
		    r->line)
			return true;
	return false;
}

/*
 * Leaves the changes of functions in which something is still reported, or
 * something else instead.
 */
static int verify(const struct job *j, const char *tree, struct fix_item *item,
		  size_t n)
{
	struct reports after;
	const struct cocci_report *r;
	const struct change *c;
	size_t i, here;

	if (write_fixed(j, tree) || report(j, tree, &after))
		return -1;
	for (i = 0; i < n; i++) {
		r = find_report(j, item[i].finding);
		if (!item[i].why_not && (after.n >= j->before.n ||
					 still_there(j, &after, r)))
			take(j, r->line, false);
	}
	for (i = 0; i < n; i++) {
		if (item[i].why_not)
			continue;
		r = find_report(j, item[i].finding);
		c = changes_around(j, r->line, &here);
		if (!c->take)
			item[i].why_not = "after its fix, the semantic patch "
					  "still reports the function";
	}
	return write_fixed(j, tree);
}

static void line_of_diff(void *data, char *line, size_t len)
{
	buffer_add(data, line, len);
	buffer_puts(data, "\n");
}

/* diff(1) ends with status 1 where files differ. */
static int make_diff(const struct job *j, const char *tree, const char **diff)
{
	struct arena *arena = j->f->arena;
	const char *argv[] = {
		"diff", "-u", "-p",
		"--label", arena_printf(arena, "a/%s", j->file),
		"--label", arena_printf(arena, "b/%s", j->file),
		path_join(arena, j->f->tree, j->file),
		path_join(arena, tree, j->file), NULL
	};
	struct proc p = { .argv = argv };
	struct buffer b;
	int status;

	buffer_init(&b, arena);
	if (proc_run(&p, line_of_diff, &b, &status, j->err))
		return -1;
	if (status > 1)
		return error_set(j->err, "diff(1) ended with status %d on %s",
				 status, j->file);
	*diff = b.len ? b.data : "";
	return 0;
}

/* Which of the changes that the semantic patch makes are wanted. */
static int choose(struct job *j, struct fix_item *item, size_t n)
{
	struct spatch_file file;
	const struct cocci_report *r;
	size_t i, here, wanted = 0;

	if (report(j, j->f->tree, &j->before) ||
	    run(j, SPATCH_PATCH, j->f->tree, &file) ||
	    changes_parse(&j->changes, j->f->arena, file.text, j->err))
		return -1;
	for (i = 0; i < n; i++) {
		r = find_report(j, item[i].finding);
		if (!r)
			item[i].why_not = "the semantic patch does not see it";
		else if (!changes_around(j, r->line, &here))
			item[i].why_not = "the semantic patch has no fix for "
					  "this form of it";
		else
			take(j, r->line, true);
		wanted += !item[i].why_not;
	}
	return wanted > 0;
}

static void none(struct fix_item *item, size_t n, const char *why)
{
	size_t i;

	for (i = 0; i < n; i++)
		item[i].why_not = why;
}

int fix_file(const struct fix *f, struct fix_item *item, size_t n,
	     const char **diff, struct error *err)
{
	const struct model_finding *finding = item->finding;
	const char *tree = path_join(f->arena, f->tmp, "fixed");
	struct job j = { .f = f, .file = finding->file, .err = err };
	int some;

	*diff = "";
	none(item, n, NULL);
	j.patch = patches_find(f->patches, finding->rule);
	if (!j.patch || !j.patch->fixes) {
		none(item, n, "no fix of this rule is safe without knowing "
		     "the driver");
		return 0;
	}
	j.text = file_read(f->arena, path_join(f->arena, f->tree, j.file),
			   NULL, err);
	if (!j.text)
		return -1;
	some = choose(&j, item, n);
	if (some <= 0)
		return some;
	return verify(&j, tree, item, n) || make_diff(&j, tree, diff) ? -1 : 0;
}
