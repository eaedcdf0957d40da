/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first rounds of a function's loops, one by one.
 *
 * A walk takes what holds for one round of a loop to hold for all later ones,
 * and so cannot say which elements an unwinding loop releases. Here the
 * function is walked once more, with each index a number: elements are told
 * apart, and an unwinding that forgets the first, the last or the half-made one
 * leaves something behind. A loop that has not ended after a few rounds is
 * given up. Nothing but such leaks is taken from this walk.
 */
#include <string.h>
#include "leave.h"

static bool in_loop(const struct flow *fl, unsigned int block)
{
	unsigned int l;

	for (l = 0; l < fl->nloops; l++)
		if (fl->in[l][block])
			return true;
	return false;
}

/* Does the function acquire in one loop, and release in one? */
static bool has_rounds(const struct frame *fr)
{
	unsigned int i, l;

	for (l = 0; l < fr->fl->nloops && !fr->releases[l].any; l++)
		;
	if (l == fr->fl->nloops)
		return false;
	for (i = 0; i < fr->nmappings; i++)
		if (fr->mapping[i]->origin &&
		    in_loop(fr->fl, fr->mapping[i]->block))
			return true;
	return false;
}

/* What a walk notes of the origins, for the unit. */
static struct origin *save_origins(const struct checker *c, struct arena *a)
{
	struct origin *o = arena_alloc(a, (c->norigins + 1) * sizeof(*o));
	unsigned int i;

	for (i = 0; i < c->norigins; i++)
		o[i] = *c->origin[i];
	return o;
}

static void restore_origins(struct checker *c, const struct origin *saved)
{
	unsigned int i;

	for (i = 0; i < c->norigins; i++)
		*c->origin[i] = saved[i];
}

void judge_rounds(struct checker *c)
{
	const struct frame *fr = c->fr;
	struct frame exact = { .f = fr->f, .fl = fr->fl, .index = fr->index,
			       .site = fr->site, .exact = true };
	struct checker again = *c;
	const struct origin *saved;
	unsigned int i;

	if (fr->reason || fr->f->is_imported || !has_rounds(fr))
		return;
	exact.keep = arena_new_like(c->a);
	exact.scratch = arena_new_like(c->a);
	saved = save_origins(c, exact.keep);
	again.fr = &exact;
	again.silent = true;
	walk_function(&again);
	restore_origins(c, saved);
	/* Where paths were joined, rounds are no longer told apart. */
	for (i = 0; !exact.reason && !exact.joined && i < exact.nleaks; i++)
		judge_forgotten(c, &exact.leak[i]);
	arena_free(exact.scratch);
	arena_free(exact.keep);
}
