// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include "changes.h"

static struct change *add(struct changes *c, unsigned int line)
{
	struct change *item;

	c->item = arena_grow(c->arena, c->item, c->n, sizeof(*item));
	item = &c->item[c->n++];
	*item = (struct change){ .line = line };
	return item;
}

static const char *after_line(const char *s)
{
	const char *end = strchr(s, '\n');

	return end ? end + 1 : s + strlen(s);
}

/* Where a hunk is read: its lines that are still to come, on both sides. */
struct hunk {
	unsigned int line, old, new;
	struct change *open;		/* the change that goes on here */
	struct buffer text;		/* what comes in its place */
};

static void close_change(struct hunk *h)
{
	if (h->open) {
		h->open->text = h->text.data;
		h->open->len = h->text.len;
	}
	h->open = NULL;
}

/* One line of a hunk; false: it does not belong there. */
static bool hunk_line(struct changes *c, struct hunk *h, const char *s,
		      const char *end)
{
	if (*s == '\\')			/* no newline at the end of the file */
		return true;
	if (*s == ' ' || *s == '\n') {
		close_change(h);
		h->line++;
		h->old--;
		h->new--;
		return true;
	}
	if (*s != '-' && *s != '+')
		return false;
	if (!h->open) {
		h->open = add(c, h->line);
		buffer_init(&h->text, c->arena);
	}
	if (*s == '-') {
		h->open->gone++;
		h->line++;
		h->old--;
	} else {
		buffer_add(&h->text, s + 1, (size_t)(end - s - 1));
		h->open->come++;
		h->new--;
	}
	return true;
}

/* "@@ -12,7 +12,8 @@": a number that is missing is 1. */
static bool hunk_head(struct hunk *h, const char *s)
{
	unsigned int to;
	int end = 0;

	memset(h, 0, sizeof(*h));
	h->old = h->new = 1;
	if (sscanf(s, "@@ -%u%n", &h->line, &end) != 1)
		return false;
	s += end;
	if (*s == ',' && sscanf(s, ",%u%n", &h->old, &end) == 1)
		s += end;
	if (sscanf(s, " +%u%n", &to, &end) != 1)
		return false;
	s += end;
	if (*s == ',' && sscanf(s, ",%u", &h->new) != 1)
		return false;
	/* Nothing of the original in it: it comes after that line */
	if (!h->old)
		h->line++;
	return true;
}

int changes_parse(struct changes *c, struct arena *arena, const char *diff,
		  struct error *err)
{
	const char *s, *end;
	struct hunk h;

	*c = (struct changes){ .arena = arena };
	for (s = diff; *s; s = end) {
		end = after_line(s);
		if (strncmp(s, "@@ ", 3))
			continue;
		if (!hunk_head(&h, s))
			return error_set(err, "no unified diff: %.*s",
					 (int)(end - s), s);
		while (h.old || h.new) {
			s = end;
			end = after_line(s);
			if (!*s || !hunk_line(c, &h, s, end))
				return error_set(err, "a hunk of a unified diff "
						 "ends too early");
		}
		close_change(&h);
	}
	return 0;
}

char *changes_apply(const struct changes *c, const char *text)
{
	const char *s = text, *end;
	unsigned int line = 1, stop;
	struct buffer out;
	size_t i;

	buffer_init(&out, c->arena);
	for (i = 0; i <= c->n; i++) {
		stop = i < c->n ? c->item[i].line : 0;
		for (; *s && line != stop; s = end, line++) {
			end = after_line(s);
			buffer_add(&out, s, (size_t)(end - s));
		}
		if (i == c->n || !c->item[i].take)
			continue;
		buffer_add(&out, c->item[i].text, c->item[i].len);
		for (; *s && line < stop + c->item[i].gone; line++)
			s = after_line(s);
	}
	return out.data;
}

unsigned int changes_origin(const struct changes *c, unsigned int line)
{
	unsigned int more = 0, less = 0;
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct change *at = &c->item[i];

		if (!at->take)
			continue;
		if (at->line + more - less > line)
			break;
		/* Within what came: the first line that went */
		if (line < at->line + more - less + at->come)
			return at->line;
		more += at->come;
		less += at->gone;
	}
	return line - more + less;
}
