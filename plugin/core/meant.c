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

/* What the place @addr holds now, NULL: what it held before. */
static const struct term *held_at(const struct world *w,
				  const struct term *addr)
{
	unsigned int i;

	for (i = 0; i < w->ncells; i++)
		if (!w->cell[i].region && w->cell[i].addr == addr)
			return term_strip(w->cell[i].value);
	return NULL;
}

/* Is the flag in @addr set, or one of its bits in @mask? */
static bool is_raised(const struct world *w, const struct term *addr,
		      int64_t mask)
{
	const struct term *now = held_at(w, addr);

	if (!now || now->kind == TERM_CONST)
		return now && now->value == 1;
	return now->kind == TERM_OP && now->op == OP_OR &&
	       now->arg[1]->kind == TERM_CONST && now->arg[1]->value & mask;
}

/*
 * Did the path find a flag clear, in the object that keeps it, and set it? It
 * says that this was done, and need not be done again.
 */
static bool is_done_once(const struct world *w, const struct owned *o)
{
	unsigned int i, h;

	for (i = 0; i < w->nfacts; i++) {
		const struct term *x = w->fact[i].x;
		int64_t mask = -1;

		if (w->fact[i].low || w->fact[i].high)
			continue;
		if (x->kind == TERM_OP && x->op == OP_AND &&
		    x->arg[1]->kind == TERM_CONST) {
			mask = x->arg[1]->value;
			x = term_strip(x->arg[0]);
		}
		if (x->kind != TERM_LOAD || !is_raised(w, x->arg[0], mask))
			continue;
		for (h = 0; h < o->nholders; h++)
			if (place_root(o->holder[h]) == place_root(x->arg[0]))
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
	if (was_empty(w, o) || is_pushed(w, o) || is_done_once(w, o))
		return ENTRY_OUTER;
	return is_handed_on(c, w, o) ? ENTRY_INNER : 0;
}
