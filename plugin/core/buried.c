/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that is given an object, releases the mapping that the object
 * keeps and frees the object: at another exit it frees the object alone. Then
 * nobody knows of the mapping any more.
 *
 * That the object has no mapping there could be known from the object, or by
 * the caller, so an exit that these tell apart proves nothing.
 */
#include "checker.h"
#include "unitwide.h"

static bool has_freed(const struct world *w, const struct term *obj)
{
	unsigned int i;

	for (i = 0; i < w->nfreed; i++)
		if (w->freed[i] == obj)
			return true;
	return false;
}

/*
 * Is the value a member of the object? Of an element the index decides, and a
 * loop that ran no time has released none.
 */
static bool is_of(const struct term *x, const struct term *obj)
{
	return x->kind == TERM_LOAD && !x->value &&
	       x->arg[0]->kind == TERM_FIELD && x->arg[0]->base == obj;
}

/* The mapping that the object at @obj kept, which @f itself has released in
 * @w, or NULL. */
static const struct owned *released_of(const struct function *f,
				       const struct world *w,
				       const struct term *obj)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];
		const struct term *h = o->m->role[ROLE_HANDLE];

		if (!o->m->origin && o->state == STATE_RELEASED &&
		    o->in == f && !o->maybe_released && !o->uncertain && h &&
		    is_of(h, obj))
			return o;
	}
	return NULL;
}

/* A comparison of what the caller says. */
static bool is_told(const struct term *x)
{
	unsigned int i;

	for (i = 0; x->kind == TERM_OP && i < x->nargs; i++)
		if (is_told(x->arg[i]))
			return true;
	return x->kind == TERM_PARAM;
}

/* May anything of the object have been released, or is it known from the
 * object, or from the caller, that nothing is there to release? */
static bool touches(const struct world *w, const struct term *obj)
{
	unsigned int i, r;

	for (i = 0; i < w->nfacts; i++)
		if (is_told(w->fact[i].x) ||
		    term_contains(w->fact[i].x, obj))
			return true;
	for (i = 0; i < w->nowned; i++)
		for (r = 0; r < ROLE_MAX; r++)
			if (w->owned[i].m->role[r] &&
			    term_contains(w->owned[i].m->role[r], obj))
				return true;
	for (i = 0; i < w->nescaped; i++)
		if (term_contains(w->escaped[i], obj))
			return true;
	return false;
}

static void report_buried(struct checker *c, unsigned int exit,
			  const struct owned *o)
{
	const struct frame *fr = c->fr;

	report(c, &(struct report){
		.rule = "dma-leak-error-path", .confidence = CONF_MEDIUM,
		.function = fr->f, .loc = fr->returned[exit].where,
		.api = o->m->api->name, .noun = family_noun(o->m->api),
		.trail = fr->returned[exit].w->trail,
		.place = owned_place(c, o, NULL),
		.last = "returns here, and what it is kept in has been freed; "
			"other exits release it first" });
}

/* What is buried with object @obj at exit @exit, or NULL. */
static const struct owned *buried_with(const struct frame *fr,
				       unsigned int exit,
				       const struct term *obj)
{
	const struct owned *o = NULL;
	unsigned int i;

	if (place_root(obj)->kind != TERM_PARAM ||
	    touches(fr->returned[exit].w, obj))
		return NULL;
	for (i = 0; i < fr->nreturned && !o; i++)
		if (has_freed(fr->returned[i].w, obj))
			o = released_of(fr->f, fr->returned[i].w, obj);
	return o;
}

void judge_buried(struct checker *c)
{
	const struct frame *fr = c->fr;
	unsigned int a, i;

	for (a = 0; !fr->reason && !fr->joined && a < fr->nreturned; a++)
		for (i = 0; i < fr->returned[a].w->nfreed; i++) {
			const struct owned *o =
				buried_with(fr, a, fr->returned[a].w->freed[i]);

			if (o)
				report_buried(c, a, o);
		}
}
