/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who writes to the cache lines of a member that is mapped, and can that be
 * while it is mapped?
 *
 * A core that waits for the end of the transfer maps for the time of one call:
 * only somebody who runs beside it can write then. What is mapped for longer
 * meets everybody but those who set up or tear down, the code ahead of the
 * mapping, and the callback that says it has ended.
 */
#include <string.h>
#include "agree.h"
#include "beside.h"

/* Bytes; machines with longer lines share more, never less. */
#define LINE 64

struct beside {
	struct checker *c;
	struct arena *a;
	struct targets *t;
	struct callbacks *cb;
	const bool **leads;		/* by function: to it; made if asked */
	bool *beside, *last;		/* by function: called by an interrupt,
					 * a timer, a work item, ...; called
					 * when an object goes */
};

/* The bytes of a member, and of the lines it lies in, from its object on. */
struct span {
	int64_t first, end, line, line_end;
};

/* What is looked for, and what was found. */
struct search {
	struct beside *b;
	const struct member_site *site;
	const struct function *in;	/* where it is mapped, */
	unsigned int index;		/* and its number */
	int done;			/* callback that says it is over, -1 */
	const bool *later;		/* events of @in while it is mapped */
	const bool *called;		/* functions that these call */
	const struct term *level;	/* the member, or one it is in */
	struct span span;
	struct neighbour found;
};

/* Is what @o says the way in which something that runs by itself is made? */
static bool runs_by_itself(const struct rules *r, const struct ops *o)
{
	unsigned int i;

	if (!strcmp(o->field, "-"))
		for (i = 0; i < r->ncallbacks; i++)
			if (r->callback[i].call.name &&
			    !strcmp(r->callback[i].call.name, o->type))
				return true;
	for (i = 0; i < r->ncallbacks; i++)
		if (r->callback[i].field &&
		    !strcmp(r->callback[i].type, o->type) &&
		    !strcmp(r->callback[i].field, o->field))
			return true;
	for (i = 0; i < r->nrunners; i++)
		if (r->runner[i].type && !strcmp(r->runner[i].type, o->type) &&
		    !strcmp(r->runner[i].field, o->field))
			return true;
	return !strcmp(o->field, "-") && rules_runner(r, o->type, false, &i);
}

static void sort_callbacks(struct beside *b)
{
	const struct checker *c = b->c;
	unsigned int i;

	for (i = 0; i < c->u->nops; i++) {
		const struct ops *o = &c->u->ops[i];
		int k = callee_of(b->c, arena_intern(c->a, o->function))->index;

		if (k < 0)
			continue;
		b->beside[k] |= runs_by_itself(c->r, o);
		b->last[k] |= rules_teardown(c->r, o->type,
					      o->field);
	}
}

struct beside *beside_new(struct checker *c)
{
	struct arena *a = arena_new_like(c->a);
	struct beside *b = arena_alloc(a, sizeof(*b));

	b->c = c;
	b->a = a;
	b->t = targets_new(c, a);
	b->cb = callbacks_find(c, a, b->t);
	b->leads = arena_alloc(a, (c->u->nfunctions + 1) * sizeof(*b->leads));
	b->beside = arena_alloc(a, c->u->nfunctions + 1);
	b->last = arena_alloc(a, c->u->nfunctions + 1);
	sort_callbacks(b);
	return b;
}

void beside_free(struct beside *b)
{
	targets_release(b->t);
	arena_free(b->a);
}

/* Is the member a buffer itself? Two that are mapped do not hurt each other. */
static bool is_mapped(const struct checker *c, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < c->nembedded; i++) {
		const struct member *m = c->embedded[i].member;

		if (m->type == x->type && m->name == x->name &&
		    m->offset == x->value)
			return true;
	}
	return false;
}

/* The member of the level's struct that @addr is in, if that is beside what
 * is looked for and in the same lines; else NULL. */
static const struct term *beside(const struct search *s,
				 const struct term *addr)
{
	const struct term *level = s->level, *x = addr;
	int64_t at = level->at - level->value;

	while (x->kind == TERM_FIELD || x->kind == TERM_ELEM) {
		if (x->kind == TERM_FIELD && x->type == level->type)
			break;
		x = x->arg[0];
	}
	if (x->kind != TERM_FIELD || x->type != level->type)
		return NULL;
	at += x->value;
	if (addr->base == x->base)
		at += addr->at - x->at;
	if (at < s->span.line || at >= s->span.line_end ||
	    (at >= s->span.first && at < s->span.end) ||
	    is_mapped(s->b->c, x))
		return NULL;
	return x;
}

/* What the event writes to, as far as it says: a call to its first argument. */
static const struct term *written(const struct event *ev)
{
	if (ev->kind == EV_STORE)
		return ev->addr;
	return ev->kind == EV_CALL && ev->callee && ev->nargs ? ev->arg[0] :
	       NULL;
}

static const bool *leading_to(struct beside *b, unsigned int fn)
{
	if (!b->leads[fn])
		b->leads[fn] = callbacks_leading_to(b->cb, fn, -1);
	return b->leads[fn];
}

/* From where is @fn called, but for what @done, or one of @but, leads to? */
static struct roots roots_of(const struct search *s, unsigned int fn, int done,
			     const bool *but)
{
	const struct callbacks *cb = s->b->cb;
	const bool *leads = done < 0 ? leading_to(s->b, fn) :
			    callbacks_leading_to(cb, fn, done);
	struct roots r = { 0 };
	unsigned int i;

	for (i = 0; i < cb->nfunctions; i++) {
		struct roots own = cb->own[i];

		if (!leads[i] || (int)i == done || (but && but[i]))
			continue;
		if (s->b->last[i]) {
			own.other = false;
			own.end |= 1;
		}
		roots_merge(&r, &own);
	}
	return r;
}

/* The levels inside the outermost in which what is mapped at @r begins. */
static unsigned int inner_levels(const struct roots *r)
{
	unsigned int begin = r->begin ? r->begin : 1;

	return ~(begin ^ (begin - 1));
}

static bool runs(const struct roots *r, unsigned int levels)
{
	return r->during || r->other || ((r->begin | r->end) & levels);
}

/* Does something that runs by itself lead to @fn, and not to @other? */
static bool runs_beside(const struct search *s, unsigned int fn,
			unsigned int other)
{
	const bool *a = leading_to(s->b, fn), *b = leading_to(s->b, other);
	unsigned int i;

	for (i = 0; i < s->b->cb->nfunctions; i++)
		if (a[i] && !b[i] && s->b->beside[i])
			return true;
	return false;
}

/* Does the mapping last no longer than the call, or the function? */
static bool is_brief(const struct transfer *t)
{
	return t->waits || (t->origin && !t->origin->stays &&
			    !t->origin->leaves);
}

/* Is the value of the member an argument of the call that maps: the urb? */
static bool is_argument(const struct search *s, const struct term *x)
{
	const struct event *ev = s->site->transfer.event;
	unsigned int i;

	for (i = 0; i < ev->nargs; i++) {
		const struct term *v = term_strip(written_value(s->b->c,
							s->index, ev->arg[i]));

		if (v->kind == TERM_LOAD && place_same_member(v->arg[0], x))
			return true;
	}
	return false;
}

/* Does the function itself stop transfers, as usb_kill_urb() does? */
static bool stops(const struct search *s, unsigned int fn)
{
	const struct function *f = s->b->c->u->function[fn];
	const struct rules *r = s->b->c->r;
	unsigned int b, e, kind;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_CALL && ev->callee &&
			    rules_runner(r, ev->callee, true, &kind) &&
			    r->runner[kind].nfamilies)
				return true;
		}
	return false;
}

/* May function @fn run while it is mapped? */
static bool may_run(const struct search *s, unsigned int fn)
{
	const struct transfer *t = &s->site->transfer;
	struct roots mine = roots_of(s, s->index, -1, NULL);
	struct roots its = roots_of(s, fn, s->done, NULL);
	unsigned int inner = inner_levels(&mine);
	bool tears = its.end;

	/* What tears down is called where setting up fails, too. */
	if (tears)
		its = roots_of(s, fn, s->done, leading_to(s->b, s->index));
	if (s->called[fn] && !tears && !t->waits)
		return true;
	if (!is_brief(t))
		return runs(&its, inner);
	return runs(&mine, inner) && runs(&its, inner) &&
	       (runs_beside(s, fn, s->index) || runs_beside(s, s->index, fn));
}

/*
 * How sure is it that the event, of function @fn, writes to @x while the lines
 * are mapped? What a core keeps mapped ought to have its lines for itself in
 * any case.
 */
static enum confidence how_sure(const struct search *s, unsigned int fn,
				const struct event *ev, const struct term *x)
{
	const struct transfer *t = &s->site->transfer;
	enum confidence least = is_brief(t) || t->origin ? CONF_LOW :
				CONF_MEDIUM;

	if (t->way != WAY_IN)
		return CONF_LOW;
	if (fn == s->index)
		return s->later[ev->id] && t->origin ? CONF_HIGH : least;
	if (is_argument(s, x) || stops(s, fn) || !may_run(s, fn))
		return least;
	/* What the driver maps itself it maps anew for each request: others
	 * may write to it before and after. */
	return t->perhaps || t->waits || (t->origin && !s->called[fn]) ?
	       CONF_MEDIUM : CONF_HIGH;
}

static void look_in(struct search *s, unsigned int index)
{
	const struct function *f = index == s->index ? s->in :
				   s->b->c->u->function[index];
	struct neighbour *n = &s->found;
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct term *addr = written(ev), *x;
			enum confidence sure;

			x = addr ? beside(s, addr) : NULL;
			if (!x)
				continue;
			sure = how_sure(s, index, ev, x);
			if (!n->function || sure > n->confidence)
				*n = (struct neighbour){ f, ev, x, sure };
		}
}

static bool ends(const struct search *s, const struct event *ev)
{
	const struct callee *k = ev->kind == EV_CALL && ev->callee ?
				 callee_of(s->b->c, ev->callee) : NULL;

	return k && k->api && k->api->kind == API_RELEASE &&
	       s->site->transfer.origin &&
	       same_family(s->site->transfer.origin->api, k->api->family);
}

/* Marks the events of block @b from @e on; true if it is mapped at the end. */
static bool mark_later(const struct search *s, bool *later, unsigned int b,
		       unsigned int e)
{
	const struct block *blk = &s->in->block[b];

	for (; e < blk->nevents; e++) {
		if (ends(s, &blk->event[e]))
			return false;
		later[blk->event[e].id] = true;
	}
	return true;
}

/* Blocks that may be run while it is mapped, from behind the event on. */
static void find_later(struct search *s)
{
	const struct event *at = s->site->transfer.event;
	const struct function *f = s->in;
	bool *later = arena_alloc(s->b->a, f->nevents + 1);
	bool *seen = arena_alloc(s->b->a, f->nblocks + 1), *more;
	unsigned int *todo = arena_alloc(s->b->a, (f->nblocks + 1) *
					 sizeof(*todo));
	unsigned int b, e, i, n = 0;

	s->later = later;
	more = arena_alloc(s->b->a, f->nblocks + 1);
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].id == at->id &&
			    f->block[b].event[e].kind == at->kind)
				more[b] = mark_later(s, later, b, e + 1);
	for (b = 0; b < f->nblocks; b++)
		if (more[b])
			todo[n++] = b;
	while (n) {
		b = todo[--n];
		for (i = 0; i < f->block[b].nsucc; i++) {
			unsigned int to = f->block[b].succ[i];

			if (!seen[to] && mark_later(s, later, to, 0))
				todo[n++] = to;
			seen[to] = true;
		}
	}
}

/* The functions that are called while it is mapped, and what they call. */
static void find_called(struct search *s)
{
	struct beside *b = s->b;
	bool *called = arena_alloc(b->a, b->cb->nfunctions + 1), more = true;
	const struct call_graph *g = &b->cb->calls;
	unsigned int i, k;

	for (i = 0; i < s->in->nblocks; i++)
		for (k = 0; k < s->in->block[i].nevents; k++) {
			const struct event *ev = &s->in->block[i].event[k];
			int to = ev->kind == EV_CALL && ev->callee ?
				 callee_of(b->c, ev->callee)->index : -1;

			if (to >= 0 && s->later[ev->id])
				called[to] = true;
		}
	while (more) {
		more = false;
		for (i = 0; i < g->n; i++)
			if (called[g->edge[i].from] && !called[g->edge[i].to])
				more = called[g->edge[i].to] = true;
	}
	s->called = called;
}

struct neighbour find_neighbour(struct beside *b, const struct member *m,
				const struct member_site *site)
{
	struct search s = { .b = b, .site = site, .in = site->in,
			    .level = site->addr, .done = -1 };
	const char *done = site->transfer.done;
	unsigned int i;

	s.index = (unsigned int)callee_of(b->c, site->in->name)->index;
	if (done)
		s.done = callee_of(b->c, done)->index;
	find_later(&s);
	find_called(&s);
	s.span.first = site->addr->at;
	s.span.end = site->addr->at + m->size;
	s.span.line = s.span.first - s.span.first % LINE;
	s.span.line_end = (s.span.end + LINE - 1) / LINE * LINE;
	for (; s.level->kind == TERM_FIELD; s.level = s.level->arg[0]) {
		look_in(&s, s.index);
		for (i = 0; i < b->c->u->nfunctions &&
			    s.found.confidence != CONF_HIGH; i++)
			look_in(&s, i);
	}
	return s.found;
}
