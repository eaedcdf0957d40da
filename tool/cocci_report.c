// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include "cocci_report.h"

/* A number and the character behind it. */
static bool number(const char **at, char behind, unsigned int *n)
{
	char *end;

	if (**at < '0' || **at > '9')
		return false;
	*n = (unsigned int)strtoul(*at, &end, 10);
	*at = end + 1;
	return *end == behind;
}

/* "FILE:LINE:COLUMN-COLUMN: " */
static const char *read_place(struct arena *arena, const char *line,
			      struct cocci_report *r)
{
	const char *at = line + strcspn(line, ":");
	unsigned int begin, end;

	r->file = arena_strndup(arena, line, at - line);
	if (!*at++ || !number(&at, ':', &r->line) ||
	    !number(&at, '-', &begin) || !number(&at, ':', &end))
		return NULL;
	r->col = begin + 1;
	r->width = end > begin ? end - begin : 0;
	return at + (*at == ' ');
}

/* "[CLASS] FUNCTION(): " */
static const char *read_class(struct arena *arena, const char *at,
			      struct cocci_report *r)
{
	const char *end;

	r->class = r->function = "";
	end = *at == '[' ? strstr(at, "] ") : NULL;
	if (!end)
		return at;
	r->class = arena_strndup(arena, at + 1, end - at - 1);
	at = end + strlen("] ");
	end = strstr(at, "(): ");
	if (!end || memchr(at, ' ', end - at))
		return at;
	r->function = arena_strndup(arena, at, end - at);
	return end + strlen("(): ");
}

bool cocci_report_read(struct arena *arena, const char *line,
		       struct cocci_report *r)
{
	static const char on[] = "on line ";
	const char *at = read_place(arena, line, r);

	if (!at)
		return false;
	r->sentence = read_class(arena, at, r);
	at = strstr(r->sentence, on);
	r->on_line = at ? (unsigned int)strtoul(at + strlen(on), NULL, 10) : 0;
	return true;
}
