// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "link_private.h"

bool link_is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

/* Where the line at @line names a function, if it does. */
static const char *named_function(const char *line)
{
	static const char head[] = "function ", call[] = "\tcall ";

	if (!strncmp(line, head, sizeof(head) - 1))
		return line + sizeof(head) - 1;
	if (strncmp(line, call, sizeof(call) - 1))
		return NULL;
	line += sizeof(call) - 1;
	line += strcspn(line, " \n");
	return line + (*line == ' ');
}

/* The name that is to stand for the @len bytes at @name. */
static const char *new_name(const struct input *in, const char *name,
			    size_t len)
{
	unsigned int i;

	for (i = 0; i < in->nrenamings; i++)
		if (strlen(in->renaming[i].from) == len &&
		    !strncmp(in->renaming[i].from, name, len))
			return in->renaming[i].to;
	return NULL;
}

const char *link_rename(struct linker *k, const struct input *in,
			const char *text)
{
	const char *at, *here = named_function(text), *to;
	char *out, *end;
	size_t len, room = 1;

	if (!in->nrenamings)
		return text;
	for (at = text; *at; at++)
		room += *at == '\n' || *at == '@' ? 16 : 1;
	out = end = arena_alloc(k->a, room);
	for (at = text; *at; at += len) {
		bool name = at == here || (at > text && at[-1] == '@');

		for (len = 0; name && link_is_word(at[len]); len++)
			;
		to = len ? new_name(in, at, len) : NULL;
		len += !len;
		if (to)
			end = stpcpy(end, to);
		else
			end = mempcpy(end, at, len);
		if (*at == '\n')
			here = named_function(at + 1);
	}
	return out;
}

static const char *show(struct arena *a, const char *text)
{
	char *copy, *to;
	const char *at;

	if (!text || !strchr(text, LINK_MARK))
		return text;
	copy = to = arena_strdup(a, text);
	for (at = text; *at; at++) {
		if (*at == LINK_MARK)
			while (isdigit((unsigned char)at[1]))
				at++;
		else
			*to++ = *at;
	}
	*to = '\0';
	return copy;
}

void link_show(struct arena *a, const struct unit *u, struct result *res)
{
	unsigned int i, k;

	for (i = 0; i < res->nfindings; i++) {
		struct finding *f = &res->finding[i];

		f->function = show(a, f->function);
		f->place = show(a, f->place);
		f->message = show(a, f->message);
		f->acquire_function = show(a, f->acquire_function);
		for (k = 0; k < f->nsteps; k++) {
			f->step[k].function = show(a, f->step[k].function);
			f->step[k].text = show(a, f->step[k].text);
		}
	}
	for (i = 0; i < res->nsites; i++) {
		res->site[i].function = show(a, res->site[i].function);
		res->site[i].place = show(a, res->site[i].place);
	}
	for (i = 0; i < res->nunresolved; i++)
		res->unresolved[i].function =
			show(a, res->unresolved[i].function);
	for (i = 0; i < res->nverdicts; i++)
		res->verdict[i].summary = show(a, res->verdict[i].summary);
	for (i = 0; i < u->nfunctions; i++)
		u->function[i]->name = show(a, u->function[i]->name);
	for (i = 0; i < u->nops; i++)
		u->ops[i].function = show(a, u->ops[i].function);
}
