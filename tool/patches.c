// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include "patches.h"
#include "proc.h"
#include "spatch.h"

static const char suffix[] = ".cocci";

/* Of what is right but old-fashioned: no rule is broken. */
static const char deprecated[] = "deprecated";

static enum confidence confidence_of(struct arena *arena, const char *text)
{
	const char *word = spatch_head(arena, text, "Confidence");

	return word && !strcmp(word, "High") ? CONF_HIGH :
	       word && !strcmp(word, "Moderate") ? CONF_MEDIUM : CONF_LOW;
}

/* The lines that begin with three slashes, as one. */
static const char *about_of(struct arena *arena, const char *text)
{
	struct buffer b;
	size_t len;

	buffer_init(&b, arena);
	while ((text = strstr(text, "\n///"))) {
		text += strlen("\n///");
		text += *text == ' ';
		len = strcspn(text, "\n");
		if (b.len && len)
			buffer_puts(&b, " ");
		buffer_add(&b, text, len);
	}
	return b.data;
}

/* Its messages begin with "[CLASS]". */
static const char *class_of(struct arena *arena, const char *text)
{
	const char *at = strstr(text, "\"[");

	return at ? arena_strndup(arena, at + 2, strcspn(at + 2, "]")) : "";
}

static int read_patch(struct arena *arena, struct patch *p, struct error *err)
{
	size_t len;
	char *text = file_read(arena, p->path, &len, err);

	if (!text)
		return -1;
	p->hash = hash_bytes(0, text, len);
	p->about = about_of(arena, text);
	p->class = class_of(arena, text);
	p->confidence = !strcmp(p->class, deprecated) ? CONF_LOW :
			confidence_of(arena, text);
	p->fixes = strstr(text, "\nvirtual patch\n");
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct patch *)a)->name,
		      ((const struct patch *)b)->name);
}

static int list(struct arena *arena, const char *dir, struct patches *p,
		struct error *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	struct patch *one;
	int ret = 0;

	while (d && !ret && (e = readdir(d))) {
		if (e->d_name[0] == '.' || !ends_with(e->d_name, suffix))
			continue;
		p->item = arena_grow(arena, p->item, p->n, sizeof(*p->item));
		one = &p->item[p->n++];
		one->name = arena_strndup(arena, e->d_name, strlen(e->d_name) -
					  strlen(suffix));
		one->path = path_join(arena, dir,
				      arena_strdup(arena, e->d_name));
		ret = read_patch(arena, one, err);
	}
	if (d)
		closedir(d);
	if (!ret && !p->n)
		return error_set(err, "there are no semantic patches in %s",
				 dir);
	return ret;
}

struct asked {
	struct arena *arena;
	const char *version;
};

/* "spatch version 1.1.1 compiled with OCaml version 4.13.1" */
static void version_line(void *data, char *line, size_t len)
{
	static const char begin[] = "spatch version ";
	struct asked *a = data;

	(void)len;
	if (!a->version && starts_with(line, begin))
		a->version = arena_strndup(a->arena, line + strlen(begin),
					   strcspn(line + strlen(begin), " "));
}

static int ask_version(struct arena *arena, struct patches *p,
		       struct error *err)
{
	static const char *const argv[] = { "spatch", "--version", NULL };
	struct proc proc = { .argv = argv, .err_path = "/dev/null" };
	struct asked a = { .arena = arena };
	int status;

	if (proc_run(&proc, version_line, &a, &status, err))
		return error_prefix(err, "spatch(1) from package coccinelle");
	if (status || !a.version)
		return error_set(err, "spatch(1) does not tell its version");
	p->version = a.version;
	return 0;
}

int patches_load(struct context *ctx, struct patches *p)
{
	const char *dir = command_scripts(ctx);
	size_t i;

	*p = (struct patches){ 0 };
	if (!dir || list(ctx->arena, dir, p, ctx->err) ||
	    ask_version(ctx->arena, p, ctx->err))
		return -1;
	qsort(p->item, p->n, sizeof(*p->item), by_name);
	p->hash = hash_string(0, p->version);
	for (i = 0; i < p->n; i++)
		p->hash = hash_bytes(p->hash, &p->item[i].hash,
				     sizeof(p->item[i].hash));
	return 0;
}

const struct patch *patches_find(const struct patches *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (!strcmp(p->item[i].name, name))
			return &p->item[i];
	return NULL;
}
