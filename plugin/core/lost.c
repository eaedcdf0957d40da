/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a return leaves behind is lost if nobody releases it. Who could?
 *
 *	only locals knew it		nobody
 *	an object that dies with it	nobody
 *	an object of the caller		the callers, where the unit has them:
 *					what is left is in the outcome they
 *					see, and they are asked in turn
 *	... of a callback after whose failure nothing else is called: nobody
 *	... of another function without callers here: somebody may, unless it
 *	is released at another exit of the same function, which forgot it here
 *
 * What a function leaves when it fails is reported where it failed, however
 * far up it turns out that nobody releases it. A caller that releases it at
 * another exit, and passes it on here, forgot it, too: whether that is right
 * is asked of its own callers, as other callers may do better.
 */
#include <string.h>
#include "leave.h"

/* The same thing is one thing, whatever it is called on another path. */
static const char *lost_place(struct checker *c, const struct leak *l)
{
	struct owned o = { .m = l->m };
	const char *place;

	if (l->origin->lost_place)
		return l->origin->lost_place;
	if (l->left)
		place = l->left->place;
	else if (l->holder && l->holder->kind != TERM_PARAM)
		place = place_name(c->a, c->fr->f, l->holder);
	else
		place = owned_place(c, &o, NULL);
	/* Only what the function that acquired it says is the same to all. */
	if (l->function == l->origin->function)
		((struct origin *)l->origin)->lost_place = place;
	return place;
}

static void defer_report(struct checker *c, const struct report *rep,
			 const struct leak *l)
{
	struct deferred *d;

	c->deferred = arena_grow(c->a, c->deferred, c->ndeferred,
				 sizeof(*c->deferred));
	d = &c->deferred[c->ndeferred++];
	d->report = arena_alloc(c->a, sizeof(*d->report));
	*d->report = *rep;
	d->report->trail = trail_save(c, rep->trail, SAVED);
	d->left = l->mine;
}

void judge_deferred(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->ndeferred; i++) {
		const struct leftover *l = leftover_seen(c->deferred[i].left);

		if (l->seen && !l->released)
			report(c, c->deferred[i].report);
	}
}

static void report_leak(struct checker *c, const struct leak *l,
			enum confidence conf, bool defer)
{
	struct report rep = {
		.rule = "dma-leak-error-path", .confidence = conf,
		.function = l->function, .loc = l->loc,
		.api = l->m->api->name, .noun = family_noun(l->m->api),
		.origin = l->origin, .trail = l->trail,
		.last = l->quiet ? "returns here without releasing it" :
			"returns an error here without releasing it",
	};

	if (l->left) {
		rep.function = l->left->function;
		rep.loc = l->left->loc;
		rep.end = l->function;
		rep.end_loc = l->loc;
		rep.last = arena_printf(c->a, "%s() returns here, and nobody "
					"has released it", l->function->name);
	}
	rep.place = lost_place(c, l);
	if (defer)
		defer_report(c, &rep, l);
	else
		report(c, &rep);
}

static enum confidence at_most(enum confidence a, enum confidence b)
{
	return a < b ? a : b;
}

/*
 * Is it released at another exit of the function? On success somebody else
 * may go on with it, unless it is released there on success too.
 */
static bool has_exemplar(const struct frame *fr, const struct leak *l)
{
	unsigned int i;

	for (i = 0; i < fr->nexits; i++)
		if (fr->exits[i].origin == l->origin)
			return l->quiet ?
				fr->exits[i].released_quiet & l->quiet :
				fr->exits[i].released;
	return false;
}

/* What stays on success is released where the function undoes what it did. */
static bool is_unwinding(const struct origin *o)
{
	return o && o->stays;
}

/* Is @callee the function itself, or called by it? */
static bool is_near(const struct function *f, const struct function *callee)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_CALL && ev->callee &&
			    !strcmp(ev->callee, callee->name))
				return true;
		}
	return f == callee;
}

/*
 * Does the function undo what it did, but for this? Only where its callers are
 * known can they be asked whether they do the rest.
 */
static bool is_forgotten(const struct checker *c, const struct leak *l)
{
	return !l->quiet && l->mine && c->called[c->fr->index] &&
	       !c->entry[c->fr->index] &&
	       l->holder && place_member(l->holder) &&
	       is_near(c->fr->f, l->origin->function) &&
	       ((l->undone && !l->m->in_loop) || is_unwinding(l->unwound));
}

/* An object of the caller's keeps it: is it lost, and how sure is that? */
static bool judge_kept(const struct checker *c, const struct leak *l,
		       bool exemplar, enum confidence *conf)
{
	unsigned int self = c->fr->index;

	if (c->entry[self])
		return true;
	if (c->called[self])
		return false;
	if (exemplar || (l->left && l->left->exemplar))
		return true;
	*conf = CONF_LOW;
	return l->sibling || (l->left && l->left->sibling);
}

/*
 * Do locals alone know it, by a value that the acquire made? Then only the
 * condition that was seen here can explain that it is left.
 */
static bool is_nameless(const struct leak *l)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(l->m, k);

		if (key && key->kind == TERM_FRESH)
			return !l->holder;
	}
	return false;
}

/* One of its kind, not one of those that a loop may release. */
static bool is_one(const struct leak *l)
{
	return !l->m->in_loop && l->holder && !place_has_element(l->holder);
}

static void judge_leak(struct checker *c, const struct leak *l)
{
	const struct frame *fr = c->fr;
	enum confidence conf = CONF_HIGH;
	bool exemplar = has_exemplar(fr, l) || is_forgotten(c, l);

	if (fr->reason || l->m->in_loop || l->quiet || l->left)
		conf = CONF_MEDIUM;
	if (l->quiet && !exemplar)
		return;
	/* Who can reach the holder may release it under a condition that
	 * cannot be seen here. */
	if (l->holder)
		conf = CONF_MEDIUM;
	if (l->meant)
		conf = is_nameless(l) ? at_most(conf, CONF_MEDIUM) : CONF_LOW;
	if (l->m->imported && !exemplar && !c->entry[fr->index])
		conf = at_most(conf, CONF_MEDIUM);
	if (!l->holder || l->object || judge_kept(c, l, exemplar, &conf))
		report_leak(c, l, conf, false);
	else if (exemplar && l->mine && c->called[fr->index] &&
		 (!l->left || is_one(l)))
		report_leak(c, l, conf, true);
}

static bool is_said(const struct checker *c, const struct leak *l)
{
	unsigned int i;

	for (i = 0; i < c->res->nfindings; i++) {
		const struct finding *f = &c->res->finding[i];

		if (!strcmp(f->rule->id, "dma-leak-error-path") &&
		    !strcmp(f->function, l->function->name) &&
		    f->acquire_line == l->origin->event->loc.line)
			return true;
	}
	return false;
}

void judge_forgotten(struct checker *c, const struct leak *l)
{
	if (l->quiet || l->left || !l->partly || is_said(c, l))
		return;
	report_leak(c, l, l->meant ? CONF_LOW : CONF_MEDIUM, false);
}

/* What the callers are told of what is left to them. */
static void finish_leftovers(struct checker *c)
{
	struct frame *fr = c->fr;
	unsigned int i, k, n;

	for (i = 0; i < fr->nreturned; i++) {
		struct world *w = fr->returned[i].w;

		for (k = 0; k < w->nowned; k++) {
			struct leftover *l = w->owned[k].left;

			if (!l || l->function != fr->f)
				continue;
			for (n = 0; n < fr->nexits; n++)
				l->exemplar |= fr->exits[n].released &&
					fr->exits[n].origin ==
					w->owned[k].m->origin;
		}
	}
}

void judge_leaks(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->fr->nleaks; i++)
		judge_leak(c, &c->fr->leak[i]);
	finish_leftovers(c);
}
