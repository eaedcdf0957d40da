/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a failing function leaves may have been left on purpose: the device has
 * it still, or somebody comes back to it.
 */
#include "leave.h"

bool is_own_memory(const struct checker *c, const struct term *obj)
{
	const struct api *api = obj->kind == TERM_FRESH && obj->name ?
				rules_api(c->r, obj->name) : NULL;

	return api && api->kind == API_ALLOC;
}

/*
 * Did the path find a place that keeps it empty? Who asks that first comes
 * again, finds it there, and goes on with it.
 */
static bool was_empty(const struct world *w, const struct owned *o)
{
	unsigned int i, h;

	for (i = 0; i < w->nfacts; i++) {
		const struct fact *f = &w->fact[i];

		if (f->x->kind != TERM_LOAD || f->low || f->high)
			continue;
		for (h = 0; h < o->nholders; h++)
			if (place_same_shape(o->holder[h], f->x->arg[0]))
				return true;
	}
	return false;
}

static bool is_freed(const struct world *w, const struct term *obj)
{
	unsigned int i;

	for (i = 0; i < w->nfreed; i++)
		if (w->freed[i] == obj)
			return true;
	return false;
}

/* Does a struct of the driver's lead to the object? */
static bool is_drivers_own(const struct checker *c, const struct world *w,
			   const struct term *obj)
{
	unsigned int i;

	for (i = 0; i < w->ncells; i++) {
		const struct cell *cell = &w->cell[i];
		const struct term *m = place_member(cell->addr);

		if (place_object(cell->value) == obj && m && m->type &&
		    place_object(cell->addr) != obj &&
		    unit_has_struct(c->u, m->type))
			return true;
	}
	return false;
}

/*
 * Is it kept in memory that was allocated for it and is the kernel's now, as
 * the driver's only by its name?
 */
static bool is_handed_on(const struct checker *c, const struct world *w,
			 const struct owned *o)
{
	unsigned int h;

	for (h = 0; h < o->nholders; h++) {
		const struct term *obj = place_object(o->holder[h]);

		if (is_own_memory(c, obj) && world_escaped(w, obj) &&
		    !is_freed(w, obj) && !is_drivers_own(c, w, obj))
			return true;
	}
	return false;
}

/*
 * Is it in a list whose head is kept by others: does it link to what the place
 * that keeps it held before?
 */
static bool is_pushed(const struct world *w, const struct owned *o)
{
	const struct term *cpu = o->m->role[ROLE_CPU];
	unsigned int i, h;

	for (i = 0; cpu && i < w->ncells; i++) {
		const struct cell *cell = &w->cell[i];

		if (place_object(cell->addr) != cpu ||
		    cell->value->kind != TERM_LOAD)
			continue;
		for (h = 0; h < o->nholders; h++)
			if (o->holder[h] == cell->value->arg[0])
				return true;
	}
	return false;
}

bool is_meant(const struct checker *c, const struct world *w,
	      const struct owned *o)
{
	return was_declined(c, w, o) || w->timed_out;
}

unsigned int who_knows(const struct checker *c, const struct world *w,
		       const struct owned *o)
{
	if (was_empty(w, o) || is_pushed(w, o))
		return ENTRY_OUTER;
	return is_handed_on(c, w, o) ? ENTRY_INNER : 0;
}
