/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where worlds were joined, a path is put together of several: it may go one
 * way where a value is asked first, and another way where it is asked again.
 */
#include <string.h>
#include "guess.h"
#include "agree.h"

static bool has_joined(const struct term *x)
{
	unsigned int i;

	for (i = 0; i < x->nargs; i++)
		if (has_joined(x->arg[i]))
			return true;
	return x->kind == TERM_FRESH && !strcmp(x->name, "joined");
}

static bool begins(const struct trail *t, const struct origin *o)
{
	return t->kind == TRAIL_ACQUIRE && o &&
	       t->loc.line == o->event->loc.line &&
	       t->loc.col == o->event->loc.col;
}

/*
 * What stands for several values may be asked twice: before the acquire, and
 * again where it is released. Then a path that goes this way here and that way
 * there may not exist.
 */
static bool asks_again(const struct report *r)
{
	const struct trail *t;
	bool guess = false;

	for (t = r->trail; t && !begins(t, r->origin); t = t->before)
		guess |= t->kind == TRAIL_BRANCH && t->term &&
			 has_joined(t->term);
	for (; guess && t; t = t->before)
		if (t->kind == TRAIL_BRANCH)
			return true;
	return false;
}

/* A value that is another one each time round a loop, or after a call. */
static bool is_fleeting(const struct term *x)
{
	unsigned int i;

	for (i = 0; i < x->nargs; i++)
		if (is_fleeting(x->arg[i]))
			return true;
	return x->vague || (x->kind == TERM_FRESH && is_lost_value(x));
}

static bool assume_all(struct checker *c, struct arena *a, struct world *w,
		       const struct trail *t, const struct function *f)
{
	if (!t)
		return true;
	if (!assume_all(c, a, w, t->before, f))
		return false;
	return t->kind != TRAIL_BRANCH || !t->term || t->function != f ||
	       is_fleeting(t->term) ||
	       fact_assume(c->t, a, w, t->term, t->truth);
}

/* The steps remember what the joined world forgot. */
static bool contradicts(struct checker *c, const struct report *r)
{
	struct arena *a = arena_new_like(c->a);
	struct world w = { 0 };
	bool possible = !r->trail ||
			assume_all(c, a, &w, r->trail, r->trail->function);

	arena_free(a);
	return !possible;
}

bool path_is_guessed(struct checker *c, const struct report *r)
{
	return asks_again(r) || contradicts(c, r);
}
