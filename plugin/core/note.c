/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values move: they are stored, used, touched, given to others. What that
 * means for the mappings they name is noted here.
 */
#include "agree.h"

/*
 * A request on the stack that is handed over takes with it the objects that
 * it points to.
 */
static void give_content(struct checker *c, struct world *w,
			 const struct term *local)
{
	unsigned int i, k, h, n = w->ncells;

	for (i = 0; i < n; i++) {
		const struct term *value = w->cell[i].value;
		const struct term *obj = place_object(value);

		if (w->cell[i].region || (obj->kind != TERM_FRESH &&
					  obj->kind != TERM_PARAM) ||
		    place_object(w->cell[i].addr) != local)
			continue;
		for (k = 0; k < w->nowned; k++) {
			struct owned *o = &w->owned[k];

			o->escaped |= mapping_has(o->m, value);
			for (h = 0; h < o->nholders; h++)
				o->escaped |= place_object(o->holder[h]) == obj;
		}
		if (!is_key(w, obj))
			world_escape(c->fr->scratch, w, obj);
	}
}

void give_away(struct checker *c, struct world *w, const struct term *value,
	       struct loc loc, const char *how)
{
	const struct term *obj = place_object(value);
	const struct term *dropped = world_referred(value, REF_DROPPED);
	unsigned int i, h;

	if (value->kind == TERM_CONST || value->kind == TERM_UNKNOWN)
		return;
	if (dropped) {
		drop_reference(c, w, dropped, loc);
		return;
	}
	if (world_referred(value, REF_CONSUMED)) {
		world_escape(c->fr->scratch, w, value);
		return;
	}
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (mapping_has(o->m, value))
			o->escaped = true;
		for (h = 0; h < o->nholders; h++)
			if (place_object(o->holder[h]) == obj)
				o->escaped = true;
	}
	note_use(c, w, value, loc, how);
	world_escape(c->fr->scratch, w, obj);
	if (obj->kind == TERM_LOCAL)
		give_content(c, w, obj);
}

void note_use(struct checker *c, struct world *w, const struct term *value,
	      struct loc loc, const char *how)
{
	unsigned int i;

	if (value->kind == TERM_CONST)
		return;
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];
		struct origin *org = o->m->origin;

		if (!org || !mapping_has(o->m, value))
			continue;
		if (!org->used && o->state == STATE_UNCHECKED) {
			org->used = true;
			org->use_loc = loc;
			org->use_how = how;
			org->use_in = c->fr->f;
		org->use_trail = trail_save(c, w->trail, SAVED);
		}
	}
}

/* "*out = ...": whoever is given it can ask whether it failed. */
static void leave_by(struct world *w, const struct term *value)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].m->origin && value->kind != TERM_CONST &&
		    mapping_has(w->owned[i].m, value))
			w->owned[i].m->origin->leaves = true;
}

void note_store(struct checker *c, struct world *w, const struct term *addr,
		const struct term *value, struct loc loc)
{
	bool visible = world_escaped(w, addr);
	unsigned int i, h;

	store_companion(c, w, addr, value);
	note_change(c, w, addr, value, loc);
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (value->kind == TERM_CONST || !mapping_has(o->m, value))
			continue;
		note_kept(c, o->m, addr, value);
		for (h = 0; h < o->nholders; h++)
			if (o->holder[h] == addr)
				break;
		if (h < o->nholders)
			continue;
		if (o->nholders < HOLDERS)
			o->holder[o->nholders++] = addr;
		else if (visible)
			o->escaped = true;
		if (o->m->origin && !o->m->imported && !place_is_local(addr) &&
		    (!o->m->origin->holder || value == o->m->role[ROLE_CPU])) {
			o->m->origin->holder = addr;
			o->m->origin->place = place_name(c->a, c->fr->f, addr);
		}
	}
	if (visible && addr->kind == TERM_PARAM)
		leave_by(w, value);
	else if (visible)
		note_use(c, w, value, loc, "stored");
	/* An object that another keeps is reached through that one. */
	if (!place_is_local(addr) &&
	    (place_object(value)->kind == TERM_FRESH ||
	     is_companion(c, value)) &&
	    !is_key(w, value))
		world_escape(c->fr->scratch, w, place_object(value));
}

void note_touch(struct checker *c, struct world *w, const struct term *addr,
		struct loc loc, const char *how)
{
	struct owned *o = owned_memory(w, addr);
	struct origin *org = o ? o->m->origin : NULL;
	struct report rep = {
		.rule = "dma-use-after-free", .function = c->fr->f,
		.loc = loc, .trail = w->trail, .confidence = CONF_HIGH,
	};

	if (!o)
		return;
	rep.noun = family_noun(o->m->api);
	rep.place = owned_place(c, o, NULL);
	rep.api = o->released_by ? o->released_by->name : "-";
	rep.origin = org;
	if (o->state == STATE_RELEASED && !o->maybe_released && !o->uncertain &&
	    !o->m->in_loop && !o->assumed) {
		rep.last = arena_printf(c->a, "%s here, after it was released",
					how);
		if (!org)
			rep.confidence = CONF_MEDIUM;
		report(c, &rep);
	}
	if (org && o->state == STATE_UNCHECKED && !org->used) {
		org->used = true;
		org->use_loc = loc;
		org->use_how = how;
		org->use_in = c->fr->f;
		org->use_trail = trail_save(c, w->trail, SAVED);
	}
}
