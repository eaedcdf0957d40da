// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include "cocci_plan.h"

/* The words of a line, which is cut up; how many. */
static size_t cut(char *line, char **word, size_t room)
{
	size_t n = 0;

	while (line && n < room) {
		word[n++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return n;
}

static void add_script(struct arena *arena, struct cocci_plan *p, char **word)
{
	struct cocci_script *s;

	p->script = arena_grow(arena, p->script, p->n, sizeof(*p->script));
	s = &p->script[p->n++];
	s->name = word[1];
	s->path = word[2];
	s->hash = NULL;
	strings_init(&s->files, arena);
}

static void add_file(struct arena *arena, struct cocci_script *s, char **word)
{
	s->hash = arena_grow(arena, s->hash, s->files.n, sizeof(*s->hash));
	s->hash[s->files.n] = word[1];
	strings_add(&s->files, word[2]);
}

static int read_line(struct arena *arena, char *line, struct cocci_plan *p)
{
	const struct { const char *name, **value; } single[] = {
		{ "tree", &p->tree }, { "tmp", &p->tmp },
		{ "part", &p->part }, { "done", &p->done },
	};
	char *word[3];
	size_t i, n = cut(line, word, 3);

	for (i = 0; n == 2 && i < sizeof(single) / sizeof(single[0]); i++) {
		if (strcmp(word[0], single[i].name))
			continue;
		*single[i].value = word[1];
		return 0;
	}
	if (n == 2 && !strcmp(word[0], "limit"))
		p->limit = (unsigned int)strtoul(word[1], NULL, 10);
	else if (n == 3 && !strcmp(word[0], "script"))
		add_script(arena, p, word);
	else if (n == 3 && p->n && !strcmp(word[0], "file"))
		add_file(arena, &p->script[p->n - 1], word);
	else
		return -1;
	return 0;
}

int cocci_plan_read(struct arena *arena, const char *path,
		    struct cocci_plan *p, struct error *err)
{
	char *text = file_read(arena, path, NULL, err), *line, *end;

	*p = (struct cocci_plan){ 0 };
	if (!text)
		return -1;
	for (line = text; *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		if (read_line(arena, line, p))
			return error_set(err, "%s is no plan: %s", path, line);
	}
	if (!p->tree || !p->tmp || !p->part || !p->done)
		return error_set(err, "%s is no plan: it names too little",
				 path);
	return 0;
}
