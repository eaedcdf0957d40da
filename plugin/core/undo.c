/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Was a function that fails undoing what it had done? Then what it leaves was
 * forgotten, and not left to its caller.
 */
#include <string.h>
#include "leave.h"

/* Mappings are shared by paths: that of @later is one on which it came. */
static bool is_after(const struct mapping *later, const struct mapping *m)
{
	const struct trail *t;

	for (t = later->trail; t; t = t->before)
		if (t->kind == TRAIL_ACQUIRE &&
		    t->function == m->origin->function &&
		    t->loc.line == m->origin->event->loc.line &&
		    t->loc.col == m->origin->event->loc.col)
			return true;
	return false;
}

const struct origin *unwound_beside(const struct world *w,
				    const struct owned *o)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		const struct owned *x = &w->owned[i];

		if (x->m->origin && !x->uncertain &&
		    (x->maybe_released || x->state == STATE_RELEASED) &&
		    x->m->origin != o->m->origin && is_after(x->m, o->m))
			return x->m->origin;
	}
	return NULL;
}

/* Does the path go on with an acquire after @since? */
static bool acquires_again(const struct trail *t, const struct trail *since,
			   const struct origin *o)
{
	for (; t && t != since; t = t->before)
		if (t->kind == TRAIL_ACQUIRE &&
		    t->function == o->function &&
		    t->loc.line == o->event->loc.line)
			return true;
	return !t;
}

/* Has the function that acquires failed at last? */
static bool fails_at_last(const struct trail *t, const struct origin *o)
{
	for (; t; t = t->before)
		if (t->kind == TRAIL_CALL &&
		    !strcmp(t->word[0], o->function->name))
			return t->truth;
	return false;
}

bool is_partly(const struct world *w, const struct owned *o)
{
	unsigned int i, newest = 0;

	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].m->origin == o->m->origin)
			newest = i;
	if (fails_at_last(w->trail, o->m->origin))
		newest = w->nowned;
	for (i = 0; i < newest; i++) {
		const struct owned *x = &w->owned[i];

		if (x->m->origin == o->m->origin && !x->maybe_released &&
		    !x->uncertain && x->state == STATE_RELEASED &&
		    !acquires_again(w->trail, x->released, o->m->origin))
			return true;
	}
	return false;
}

bool has_undone(const struct checker *c, const struct world *w)
{
	unsigned int i, k;

	for (i = 0; i < w->nkept; i++)
		for (k = 0; k < w->nfreed; k++)
			if (w->kept[i] == w->freed[k] &&
			    is_own_memory(c, w->kept[i]))
				return true;
	return false;
}
