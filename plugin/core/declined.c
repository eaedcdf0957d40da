/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a path declined: it came by a release of what it leaves behind and did
 * not take it, because of a test or of what a callee found.
 *
 *	if (len)
 *		dma_unmap_single(dev, dma, len, dir);
 *	free_queue(q);			releases, unless the flag says not to
 *
 * Whoever wrote that meant to release here, and said when. That the condition
 * fails although something is owned is seldom so, and no single path shows it.
 */
#include <string.h>
#include "agree.h"
#include "leave.h"

/* The blocks that a test may skip; longer ones are no clean-up. */
#define SKIP 8

/* Elements of lists have no names; the first of an empty one is NULL. */
static bool is_nameless(const struct term *obj)
{
	return obj->kind == TERM_FRESH || obj->kind == TERM_CONST;
}

static bool is_kept_at(const struct owned *o, const struct term *addr)
{
	unsigned int h;

	for (h = 0; h < o->nholders; h++)
		if (place_same_shape(o->holder[h], addr) ||
		    (place_same_member(o->holder[h], addr) &&
		     is_nameless(place_object(addr))))
			return true;
	return false;
}

/* Is the mapping, as far as values tell, what @r releases? */
static bool names_it(const struct owned *o, const struct roles *r)
{
	unsigned int k;

	if (!same_family(o->m->api, r->api->family))
		return false;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		if (!x || x->kind == TERM_CONST || x->vague)
			continue;
		if (mapping_has(o->m, x) || (x->kind == TERM_LOAD &&
					     is_kept_at(o, x->arg[0])))
			return true;
	}
	return false;
}

void decline(struct checker *c, struct world *w, const struct roles *r)
{
	struct trail *t;
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (!o->m->origin || !is_live(o) || !names_it(o, r))
			continue;
		t = trail_add(c, w, TRAIL_DECLINED, r->loc, NULL, NULL, NULL);
		t->mapping = o->m;
		t->block = r->block;
	}
}

static bool releases(const struct summary *s)
{
	unsigned int i, k;

	for (i = 0; s && i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++)
			if (!s->outcome[i].owned[k].m->origin)
				return true;
	return false;
}

static const struct summary *summary_at(struct checker *c,
					const struct event *ev)
{
	const struct callee *k = ev->kind == EV_CALL && ev->callee ?
				 callee_of(c, ev->callee) : NULL;

	return k && !k->api && k->index >= 0 ? c->summary[k->index] : NULL;
}

static const struct api *release_at(struct checker *c, const struct event *ev)
{
	const struct api *api = ev->kind == EV_CALL && ev->callee ?
				callee_of(c, ev->callee)->api : NULL;

	return api && api->kind == API_RELEASE ? api : NULL;
}

/* The block after @b if one way leads to @to: "if (a && b) release". */
static unsigned int next_skipped(const struct block *b, unsigned int to)
{
	if (b->nsucc == 1)
		return b->succ[0];
	if (b->nsucc == 2 && b->succ[0] == to)
		return b->succ[1];
	if (b->nsucc == 2 && b->succ[1] == to)
		return b->succ[0];
	return UINT32_MAX;
}

/*
 * Fills in the blocks from @from to @to, without @to. 0: they release nothing,
 * or do not lead there.
 */
static unsigned int find_skipped(struct checker *c, unsigned int from,
				 unsigned int to, unsigned int block[SKIP])
{
	const struct function *f = c->fr->f;
	unsigned int n = 0, e;
	bool any = false;

	while (from != to) {
		const struct block *b;

		if (from == UINT32_MAX || n == SKIP)
			return 0;
		b = &f->block[from];
		for (e = 0; e < b->nevents; e++)
			any |= release_at(c, &b->event[e]) ||
			       releases(summary_at(c, &b->event[e]));
		block[n++] = from;
		from = next_skipped(b, to);
	}
	return any ? n : 0;
}

/* Runs the event as far as values go; what it releases is declined in @w. */
static void skip_event(struct checker *c, struct world *w,
		       struct world *there, struct place_in_code at)
{
	const struct event *ev = at.ev;
	const struct api *api = release_at(c, ev);
	const struct summary *s = summary_at(c, ev);
	const struct term *arg[ev->nargs + 1];
	struct roles r = { .api = api, .loc = ev->loc, .block = at.block };
	unsigned int i;

	for (i = 0; i < ev->nargs; i++)
		arg[i] = world_eval(c->t, there, ev->arg[i]);
	if (ev->kind == EV_SET)
		there->reg[ev->reg] = world_eval(c->t, there, ev->value);
	else if (ev->kind == EV_LOAD)
		there->reg[ev->reg] = world_load(c->t, there,
				world_eval(c->t, there, ev->addr));
	else if (ev->reg >= 0)
		there->reg[ev->reg] = term_unknown(c->t);
	for (i = 0; api && i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] != ROLE_NONE)
			r.role[api->arg[i]] = term_strip(arg[i]);
	if (api)
		decline(c, w, &r);
	else if (s)
		decline_call(c, w, at, s, arg);
}

void decline_branch(struct checker *c, struct world *w, unsigned int taken,
		    unsigned int other)
{
	unsigned int block[SKIP], n, i, e;
	struct world *there;

	for (i = 0; i < w->nowned && !is_live(&w->owned[i]); i++)
		;
	n = i < w->nowned ? find_skipped(c, other, taken, block) : 0;
	if (!n)
		return;
	there = world_copy(c->fr->scratch, w, c->fr->fl);
	for (i = 0; i < n; i++)
		for (e = 0; e < c->fr->f->block[block[i]].nevents; e++)
			skip_event(c, w, there, (struct place_in_code){
				block[i],
				&c->fr->f->block[block[i]].event[e] });
}

/* Is the term about what a call yielded after block @from? */
static bool is_news(const struct checker *c, const struct term *x,
		    unsigned int from)
{
	const struct function *f = c->fr->f;
	unsigned int b, e, i;

	for (i = 0; i < x->nargs; i++)
		if (is_news(c, x->arg[i], from))
			return true;
	if (x->kind != TERM_FRESH || x->value < 0)
		return false;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].id == x->value)
				return c->fr->fl->order[b] >
				       c->fr->fl->order[from];
	return false;
}

/* Did the path do more than clean up after block @from? */
static bool goes_on(const struct checker *c, const struct trail *t,
		    unsigned int from)
{
	switch (t->kind) {
	case TRAIL_ACQUIRE:
	case TRAIL_FAIL:
		return true;
	case TRAIL_CALL:
		return t->truth;
	case TRAIL_BRANCH:
		return is_news(c, t->term, from);
	default:
		return false;
	}
}

/*
 * "err = start(p); if (err) release(p);" says nothing of what fails later: the
 * path must have been about to end.
 */
bool was_declined(const struct checker *c, const struct world *w,
		  const struct owned *o)
{
	const struct trail *t, *s;

	for (t = w->trail; t; t = t->before) {
		if (t->kind != TRAIL_DECLINED || t->mapping != o->m)
			continue;
		for (s = w->trail; s != t && !goes_on(c, s, t->block);
		     s = s->before)
			;
		return s == t;
	}
	return false;
}
