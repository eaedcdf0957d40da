/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trails: the steps that a path took, kept as long as its worlds.
 */
#include "checker.h"

struct trail *trail_add(struct checker *c, struct world *w,
			enum trail_kind kind, struct loc loc,
			const char *format, const char *a, const char *b)
{
	struct trail *t = arena_alloc(c->fr->keep, sizeof(*t));

	t->before = w->trail;
	t->kind = kind;
	t->function = c->fr->f;
	t->loc = loc;
	t->format = format;
	t->word[0] = a;
	t->word[1] = b;
	w->trail = t;
	return t;
}

const struct trail *trail_save(struct checker *c, const struct trail *t,
			       unsigned int most)
{
	struct trail *first = NULL, **to = &first;
	unsigned int n;

	for (n = 0; t && n < most; n++, t = t->before) {
		struct trail *copy = arena_alloc(c->a, sizeof(*copy));

		*copy = *t;
		*to = copy;
		to = (struct trail **)&copy->before;
	}
	*to = NULL;
	return first;
}
