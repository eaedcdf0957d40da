// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "link_plan.h"

char *link_plan_text(struct arena *arena, const struct link_plan *p,
		     link_path *collected, link_path *facts, void *data)
{
	const struct module *m = p->module;
	struct buffer b;
	size_t i;

	buffer_init(&b, arena);
	if (m->whole)
		buffer_puts(&b, "whole\n");
	for (i = 0; i < m->unit.n; i++)
		buffer_printf(&b, "unit\t%s\t%s\n",
			      collected(data, m->unit.item[i]),
			      facts(data, m->unit.item[i]));
	for (i = 0; i < p->nimports; i++)
		buffer_printf(&b, "import\t%s\t%s\n",
			      collected(data, p->import[i].source),
			      strings_join(&p->import[i].names, "\t"));
	return b.data;
}

static void fields_of(struct arena *arena, char *line, struct strings *field)
{
	char *tab;

	strings_init(field, arena);
	for (; line; line = tab) {
		tab = strchr(line, '\t');
		if (tab)
			*tab++ = '\0';
		strings_add(field, line);
	}
}

static int read_line(struct arena *arena, char *line, struct link_lines *l)
{
	struct strings f, *names;
	size_t i;

	fields_of(arena, line, &f);
	if (f.n == 1 && !strcmp(f.item[0], "whole")) {
		l->whole = true;
	} else if (f.n == 3 && !strcmp(f.item[0], "unit")) {
		strings_add(&l->in, f.item[1]);
		strings_add(&l->out, f.item[2]);
	} else if (f.n >= 3 && !strcmp(f.item[0], "import")) {
		l->names = arena_grow(arena, l->names, l->import.n,
				      sizeof(*l->names));
		names = &l->names[l->import.n];
		strings_init(names, arena);
		for (i = 2; i < f.n; i++)
			strings_add(names, f.item[i]);
		strings_add(&l->import, f.item[1]);
	} else {
		return -1;
	}
	return 0;
}

int link_plan_read(struct arena *arena, const char *path,
		   struct link_lines *l, struct error *err)
{
	char *text = file_read(arena, path, NULL, err), *line, *end;

	memset(l, 0, sizeof(*l));
	strings_init(&l->in, arena);
	strings_init(&l->out, arena);
	strings_init(&l->import, arena);
	if (!text)
		return -1;
	for (line = text; *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		if (read_line(arena, line, l))
			return error_set(err, "%s is no plan of a module: %s",
					 path, line);
	}
	if (!l->in.n)
		return error_set(err, "%s names no unit", path);
	return 0;
}
