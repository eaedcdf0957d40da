/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A release: of a mapping that is known, of one that may be meant, or of what
 * another function acquired.
 */
#include <string.h>
#include "agree.h"

/*
 * Releases that go through a table (a ring, a fifo) release whatever was
 * entered there, under whatever name.
 */
static bool by_table(const struct owned *o, const struct roles *r,
		     const struct term *addr)
{
	return o->nholders && o->m->api->family->streaming &&
	       r->api->family->streaming && place_has_element(addr);
}

/* Is one of the places that keep the mapping like this one? */
static bool may_be_held(const struct owned *o, const struct term *addr)
{
	unsigned int h;

	for (h = 0; h < o->nholders; h++)
		if (place_same_shape(o->holder[h], addr) ||
		    place_same_member(o->holder[h], addr) ||
		    (place_has_element(addr) &&
		     place_object(addr) == place_object(o->holder[h])))
			return true;
	return false;
}

/* Is @obj another element of the list that the mapping is in? */
static bool is_element(const struct checker *c, const struct owned *o,
		       const struct term *obj)
{
	const struct term *cpu = o->m->role[ROLE_CPU];
	unsigned int h;

	if (cpu && obj->kind == TERM_FRESH && cpu->kind == TERM_FRESH &&
	    obj->name == cpu->name)
		return true;
	for (h = 0; h < o->nholders; h++)
		if (place_object(o->holder[h]) == obj &&
		    is_link(c, o->holder[h]))
			return true;
	return false;
}

/*
 * Is it found only by what was linked to it: is it kept nowhere but in memory
 * of its own kind and in the links of a list? Where it is one of many it may
 * be kept in nothing at all.
 */
static bool is_linked(const struct checker *c, const struct owned *o, bool many)
{
	unsigned int h;
	bool linked = many;

	for (h = 0; h < o->nholders; h++) {
		const struct term *obj = place_object(o->holder[h]);

		if (obj == o->m->role[ROLE_CPU])
			continue;
		if (!is_element(c, o, obj))
			return false;
		linked = true;
	}
	return linked;
}

/* Was it acquired in a loop, of this function or of one that it called? */
static bool is_of_many(const struct checker *c, const struct owned *o)
{
	return o->m->in_loop || in_any_loop(c->fr, o->m->block);
}

/* A value that had a name once: merged, joined, counted, forgotten. */
bool is_lost_value(const struct term *x)
{
	static const char *const label[] = {
		"merged", "joined", "written", "loop", "out", "unlinked",
	};
	unsigned int i;

	for (i = 0; x->kind == TERM_OP && i < x->nargs; i++)
		if (is_lost_value(x->arg[i]))
			return true;
	for (i = 0; x->kind == TERM_FRESH && i < 6; i++)
		if (!strcmp(x->name, label[i]))
			return true;
	return x->kind == TERM_UNKNOWN;
}

bool other_pool(const struct mapping *m, const struct term *pool)
{
	const struct term *mine = m->role[ROLE_POOL];

	return mine && pool && mine->kind == TERM_LOAD &&
	       pool->kind == TERM_LOAD && place_member(mine->arg[0]) &&
	       place_member(pool->arg[0]) &&
	       !place_same_member(mine->arg[0], pool->arg[0]);
}

/* "*--addr", where nobody knows how far the loop before had come. */
static bool is_lost_place(const struct term *x)
{
	return x->kind == TERM_LOAD && !place_member(x->arg[0]) &&
	       is_lost_value(place_object(x->arg[0]));
}

/* What of its family is owned may be what is released by a lost name. */
static void release_lost(struct world *w, const struct roles *r)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		if (is_live(&w->owned[i]) &&
		    same_family(w->owned[i].m->api, r->api->family) &&
		    !other_pool(w->owned[i].m, r->role[ROLE_POOL]))
			w->owned[i].maybe_released = true;
}

void release_maybe(const struct checker *c, struct world *w,
		   const struct roles *r)
{
	unsigned int i, k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];
		const struct term *addr;

		if (!x || x->kind == TERM_CONST)
			continue;
		addr = x->kind == TERM_LOAD ? x->arg[0] : x;
		if (is_lost_value(x) || is_lost_place(x) || c->fr->exact)
			release_lost(w, r);
		for (i = 0; i < w->nowned; i++) {
			struct owned *o = &w->owned[i];

			if (other_pool(o->m, r->role[ROLE_POOL]))
				continue;
			if (may_be_held(o, addr))
				o->maybe_released = true;
			if (is_live(o) && (r->in_loop || r->maybe) &&
			    (is_linked(c, o, is_of_many(c, o)) ||
			     by_table(o, r, addr)))
				o->maybe_released = true;
		}
	}
}

/* Is what is released found by arithmetic on a link, as container_of() does? */
static bool is_of_list(const struct roles *r)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		if (x && term_has_op(x))
			return true;
	}
	return false;
}

static void report_again(struct checker *c, struct world *w,
			 const struct owned *o, const struct roles *r)
{
	struct report rep = {
		.rule = "dma-double-free", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .confidence = CONF_HIGH,
		.place = owned_place(c, o, r),
	};

	if (o->maybe_released || r->maybe || o->m->in_loop || o->uncertain ||
	    r->assumed)
		return;
	/*
	 * What was acquired elsewhere may have been renewed elsewhere; the
	 * first of a list is another one when the first has been taken off.
	 * "if (p->buf) free(p->buf); p->buf = NULL;" is meant to be called
	 * twice: where it seems to release twice, its guard was lost.
	 */
	if (!o->m->origin)
		rep.confidence = is_of_list(r) || is_renewed(c, w, o, r) ||
				 clears_guard(c, r->function) ?
				 CONF_LOW : CONF_MEDIUM;
	rep.other = o->released_by ? o->released_by->name : "-";
	rep.last = "released again here";
	report(c, &rep);
}

/* Does the condition read a member of the object that @base is? */
static bool reads_object(const struct term *x, const struct term *base)
{
	unsigned int i;

	if (x->kind == TERM_LOAD && x->arg[0]->base == base)
		return true;
	for (i = 0; i < x->nargs; i++)
		if (reads_object(x->arg[i], base))
			return true;
	return false;
}

static bool reads_memory(const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_LOAD)
		return true;
	for (i = 0; i < x->nargs; i++)
		if (reads_memory(x->arg[i]))
			return true;
	return false;
}

/* What has been asked since it failed, that may tell that it did. */
enum asked { ASKED_NOTHING, ASKED_MEMORY, ASKED_ELEMENT };

static enum asked asked_since(const struct world *w, const struct owned *o,
			      const struct roles *r)
{
	const struct term *h = r->role[ROLE_HANDLE];
	enum asked asked = ASKED_NOTHING;
	const struct trail *t;

	for (t = w->trail; t && t->kind != TRAIL_FAIL; t = t->before) {
		if (t->kind != TRAIL_BRANCH)
			continue;
		if (o->nholders && reads_object(t->term, o->holder[0]->base))
			return ASKED_ELEMENT;
		/* That a handle is not 0 says nothing. */
		if (reads_memory(t->term) && !(h && term_contains(t->term, h)))
			asked = ASKED_MEMORY;
	}
	return asked;
}

static void report_failed(struct checker *c, struct world *w,
			  const struct owned *o, const struct roles *r)
{
	struct report rep = {
		.rule = "dma-release-of-failed", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .confidence = CONF_HIGH,
		.place = owned_place(c, o, r),
		.last = "released here, although there is nothing to release",
	};
	enum asked asked;

	if (o->m->api->family->null_ok || r->maybe || o->uncertain ||
	    r->assumed)
		return;
	/* In a loop it may be that of another element. */
	asked = asked_since(w, o, r);
	if (o->m->imported || r->in_loop || asked == ASKED_MEMORY)
		rep.confidence = CONF_MEDIUM;
	if (r->in_loop && asked == ASKED_ELEMENT)
		rep.confidence = CONF_LOW;
	if (r->function != c->fr->f && o->nholders &&
	    place_has_element(o->holder[0]))
		rep.confidence = CONF_LOW;
	report(c, &rep);
}

static void foreign_release(struct checker *c, struct world *w,
			    const struct roles *r)
{
	struct mapping m = { .api = r->api, .in_loop = r->in_loop };
	struct owned *o;
	unsigned int k;
	bool named = false;

	release_maybe(c, w, r);
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		named |= x && x->kind != TERM_CONST && !x->vague;
	}
	if (!named)
		return;
	memcpy(m.role, r->role, sizeof(m.role));
	m.literal = r->literal;
	m.returned = r->returned;
	m.imported = r->function != c->fr->f;
	m.block = r->block;
	if (!r->by_place && !r->maybe)
		note_loose(c, w, r);
	o = world_own(c->fr->scratch, w, mapping_make(c, m), STATE_RELEASED);
	o->released = w->trail;
	o->in = r->function;
	o->released_by = r->api;
	o->maybe_released = r->maybe;
}

/* A value that is certainly NULL has nothing to release. */
static bool nothing_there(struct checker *c, struct world *w,
			  const struct roles *r)
{
	unsigned int k;

	if (!r->api->family->null_ok)
		return false;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		if (x && key_role[k] != ROLE_HANDLE && !fact_truth(c->t, w, x))
			return true;
	}
	return false;
}

/*
 * Managed memory is released by the wrong function whatever became of it
 * before: the value is still that of the acquire.
 */
static bool mixes_managed(const struct owned *o, const struct roles *r)
{
	return o->m->api->family->managed != r->api->family->managed;
}

/* Do the same members of other objects keep the one and the other? */
static bool kept_alike(const struct owned *a, const struct owned *b)
{
	unsigned int i, k;

	for (i = 0; i < a->nholders; i++)
		for (k = 0; k < b->nholders; k++)
			if (place_same_member(a->holder[i], b->holder[k]))
				return true;
	return false;
}

/*
 * A loop that releases one element may release those of other rounds, and what
 * the same member of other objects keeps.
 */
static void release_siblings(struct world *w, const struct owned *one,
			     const struct roles *r)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (!is_live(o))
			continue;
		if ((one->m->in_loop && o->m->origin == one->m->origin) ||
		    (r->in_loop && kept_alike(o, one) &&
		     same_family(o->m->api, one->m->api->family)))
			o->maybe_released = true;
	}
}

void do_release(struct checker *c, struct world *w, const struct roles *r)
{
	bool exact;
	struct owned *o;
	struct move m;

	if (nothing_there(c, w, r)) {
		/* In other rounds of the loop there may be something. */
		if (r->maybe && r->in_loop)
			release_maybe(c, w, r);
		return;
	}
	judge_handle(c, w, r);
	o = find_owned(w, r, &exact);
	trail_add(c, w, TRAIL_RELEASE, r->loc, "released by %s() here",
		  r->api->name, NULL)->function = r->function;
	if (!o) {
		foreign_release(c, w, r);
		return;
	}
	if (!exact) {
		o->maybe_released = true;
		release_maybe(c, w, r);
		return;
	}
	wait_release(c, w, o, r);
	if (o->m->origin)
		o->m->origin->released = true;
	m = state_move(o->state, ACT_RELEASE, o->m->api->family->streaming);
	if (m.wrong == WRONG_DOUBLE_FREE)
		report_again(c, w, o, r);
	else if (m.wrong == WRONG_RELEASE_OF_FAILED)
		report_failed(c, w, o, r);
	else if (o->m->origin && !r->maybe && !o->uncertain && !r->assumed &&
		 (!o->maybe_released || mixes_managed(o, r)))
		compare_release(c, w, o, r);
	if (o->state == STATE_FAILED)
		return;
	o->state = m.next;
	o->released = w->trail;
	o->released_by = r->api;
	o->in = r->function;
	o->assumed = r->assumed;
	/* Whoever else might have released it before did not. */
	o->maybe_released = r->maybe;
	if (!c->fr->exact || r->in_loop || r->maybe)
		release_maybe(c, w, r);
	if (r->in_loop || r->maybe)
		release_siblings(w, o, r);
}
