// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "source_line.h"

static const char *text_of(struct source_lines *s, const struct arena *arena,
			   const char *path)
{
	struct error ignored;

	if (s->path && !strcmp(s->path, path))
		return s->text;
	source_lines_free(s);
	s->file = arena_new_like(arena);
	s->path = arena_strdup(s->file, path);
	s->text = file_read(s->file, path_join(s->file, s->root, path), NULL,
			    &ignored);
	return s->text;
}

/* Where the line begins; NULL: there is none, or @line is 0. */
static const char *find(struct source_lines *s, const struct arena *arena,
			const char *path, unsigned int line)
{
	const char *at = line ? text_of(s, arena, path) : NULL;

	while (at && line-- > 1) {
		at = strchr(at, '\n');
		at += at != NULL;
	}
	return at;
}

const char *source_line(struct source_lines *s, struct arena *arena,
			const char *path, unsigned int line)
{
	const char *at = find(s, arena, path, line);
	struct buffer b;

	buffer_init(&b, arena);
	for (; at && *at && *at != '\n'; at++) {
		if (!isspace((unsigned char)*at))
			buffer_add(&b, at, 1);
		else if (b.len && b.data[b.len - 1] != ' ')
			buffer_puts(&b, " ");
	}
	if (b.len && b.data[b.len - 1] == ' ')
		b.data[--b.len] = '\0';
	return b.data;
}

const char *source_word(struct source_lines *s, struct arena *arena,
			const char *path, unsigned int line, unsigned int col,
			unsigned int width)
{
	const char *at = find(s, arena, path, line);

	if (!at || !col || strcspn(at, "\n") < col - 1 + width)
		return "";
	return arena_strndup(arena, at + col - 1, width);
}

void source_lines_free(struct source_lines *s)
{
	if (s->file)
		arena_free(s->file);
	s->file = NULL;
	s->path = s->text = NULL;
}
