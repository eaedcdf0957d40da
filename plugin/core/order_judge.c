/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is released where nothing follows any more, while an agent that uses
 * it is stopped only afterwards, or never?
 */
#include "agree.h"
#include "order.h"

/* Is a callback stored in a member that says it is the last one? */
static void note_last(struct order *o, const struct event *ev, bool *last)
{
	int k;

	if (ev->kind != EV_STORE || ev->value->kind != TERM_GLOBAL ||
	    ev->addr->kind != TERM_FIELD || !ev->addr->name ||
	    !rules_teardown(o->c->r, ev->addr->type, ev->addr->name))
		return;
	k = order_function(o, ev->value->name);
	if (k >= 0)
		last[k] = true;
}

/* Functions that somebody here calls, and those that end an object's life. */
static void find_roots(struct order *o, bool *called, bool *last)
{
	const struct unit *u = o->c->u;
	unsigned int i;
	int k;

	for (i = 0; i < u->nops; i++) {
		k = order_function(o, u->ops[i].function);
		if (k >= 0 && u->ops[i].field &&
		    rules_teardown(o->c->r, u->ops[i].type, u->ops[i].field))
			last[k] = true;
	}
	for (i = 0; i < u->nfunctions; i++) {
		struct scan scan = { .f = u->function[i] };
		const struct event *ev;

		last[i] |= scan.f->is_exit;
		while ((ev = scan_next(&scan))) {
			k = called_by(o, ev);
			if (k >= 0)
				called[k] = true;
			note_last(o, ev, last);
		}
	}
}

static bool owns_family(const struct runner *r, const struct family *f)
{
	unsigned int i;

	for (i = 0; i < r->nfamilies; i++)
		if (r->family[i] == f->name)
			return true;
	return false;
}

/* Which handler of the agent uses what is released? -1: none. */
static int user(struct order *o, const struct agent *a,
		const struct release *r)
{
	unsigned int i;

	for (i = 0; r->member >= 0 && i < a->nhandlers; i++)
		if (uses_member(o, a->handler[i], r->member) &&
		    uses_instance(o, a->handler[i], r))
			return a->handler[i];
	return -1;
}

struct judged {
	const struct release *r;
	unsigned int agent;
	int handler;			/* -1: none is needed */
	bool late;			/* it is stopped, but afterwards */
	bool last;			/* nothing else is called then */
	enum confidence confidence;
};

/* One finding a function that releases, the surest. */
struct verdicts {
	struct order *o;
	struct judged *j;
	unsigned int n;
};

static void keep(struct verdicts *v, struct judged j)
{
	unsigned int i;

	for (i = 0; i < v->n; i++) {
		struct judged *x = &v->j[i];

		if (x->r->in != j.r->in)
			continue;
		if (x->confidence < j.confidence)
			*x = j;
		return;
	}
	v->j = arena_grow(v->o->c->a, v->j, v->n, sizeof(j));
	v->j[v->n++] = j;
}

static void report_order(struct order *o, const struct judged *j)
{
	struct checker *c = o->c;
	const struct agent *a = &o->agent[j->agent];
	const struct runner *kind = &c->r->runner[a->kind];
	const struct function *h = j->handler < 0 ? NULL :
				   c->u->function[j->handler];
	const struct trail *t = NULL, *s;
	struct report rep = {
		.rule = "dma-teardown-order", .confidence = j->confidence,
		.function = j->r->in, .loc = j->r->loc,
		.api = j->r->api->name, .noun = family_noun(j->r->api),
		.place = value_name(c->a, j->r->in, j->r->place),
	};

	rep.value = !h ? arena_printf(c->a, "the %s is not stopped yet",
				      kind->noun) :
		    arena_printf(c->a, "%s(), which uses it, can still run: "
				 "its %s is %s", h->name, kind->noun,
				 j->late ? "stopped later" : "never stopped");
	if (a->begun)
		t = order_step(c, t, a->begun, a->loc,
			     arena_printf(c->a, "the %s is set up here",
					  kind->noun));
	if (h)
		t = order_step(c, t, h, h->loc, arena_printf(c->a,
			     "%s() uses what is released", h->name));
	for (s = j->r->calls; s; s = s->before)
		t = order_step(c, t, s->function, s->loc, s->format);
	rep.trail = t;
	rep.last = arena_printf(c->a, "released here, the %s is %s",
				kind->noun, j->late ? "stopped later" :
				"never stopped");
	report(c, &rep);
}

/* Can the agent be at work when the function @root releases @r? */
static bool may_run(const struct order *o, unsigned int root, unsigned int i,
		    const struct release *r)
{
	const struct agent *a = &o->agent[i];
	uint64_t bit = 1ull << i;
	unsigned int h;

	for (h = 0; h < a->nhandlers; h++)
		if (a->handler[h] == root)
			return false;
	if (r->before & bit)
		return false;
	return !(o->sum[root].begins & bit) || r->begun & bit;
}

/* A mapping of memory that is not its own: what is in flight, as a rule. */
static bool is_unmap(const struct api *api)
{
	return api->family->streaming && api_arg(api, ROLE_CPU) < 0 &&
	       api_arg(api, ROLE_PAGE) < 0;
}

static bool acquires(struct order *o, unsigned int index,
		     const struct family *family)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;
	const struct callee *k;

	while ((ev = scan_next(&scan))) {
		k = ev->kind == EV_CALL && ev->callee ?
		    callee_of(o->c, ev->callee) : NULL;
		if (k && k->api && k->api->kind == API_ACQUIRE &&
		    same_family(k->api, family))
			return true;
	}
	return false;
}

/* Does the function that releases acquire such things itself, for a while? */
static bool borrows(struct order *o, const struct release *r)
{
	int k = order_function(o, r->in->name);

	return k >= 0 && acquires(o, k, r->api->family);
}

/* Is it released where what was just set up is undone, before anybody ran? */
static bool unwinds(struct order *o, const struct release *r)
{
	const struct family *family = r->api->family;
	const struct trail *t;
	unsigned int i;
	int k;

	/* The first of them is the root. */
	for (t = r->calls ? r->calls->before : NULL; t; t = t->before) {
		k = order_function(o, t->function->name);
		for (i = 0; k >= 0 && i < o->c->u->nfunctions; i++)
			if (reaches(o, k, i) && acquires(o, i, family))
				return true;
	}
	return false;
}

static enum confidence confidence_of(struct order *o, unsigned int root,
				     const struct judged *j)
{
	const struct agent *a = &o->agent[j->agent];
	const struct runner *kind = &o->c->r->runner[a->kind];
	int in = order_function(o, j->r->in->name);

	if (!j->last)
		return CONF_LOW;
	/* Requests may be given back one by one, at any time. */
	if (is_unmap(j->r->api) && (kind->ops || !j->late))
		return CONF_LOW;
	/* What has been taken off its list no callback finds any more. */
	if (kind->ops && is_listed(j->r->path))
		return CONF_LOW;
	/* Set up by the same function: nobody may have started it yet. */
	if (!kind->told && (o->sum[root].begins >> j->agent & 1))
		return CONF_LOW;
	/* It releases the same way itself: a restart, and locked. */
	if (j->handler >= 0 && in >= 0 && reaches(o, j->handler, in))
		return CONF_LOW;
	if (kind->told && (j->r->before & ORDER_TOLD))
		return CONF_LOW;
	if (!j->late && a->managed)
		return CONF_LOW;
	if (unwinds(o, j->r))
		return CONF_LOW;
	if (j->handler >= 0 && is_gated(o, j->handler, j->r))
		return CONF_LOW;
	return j->late && kind->ops ? CONF_HIGH : CONF_MEDIUM;
}

static void judge_release(struct verdicts *v, unsigned int root, bool last,
			  const struct release *r)
{
	struct order *o = v->o;
	unsigned int i;

	for (i = 0; i < o->nagents; i++) {
		const struct agent *a = &o->agent[i];
		const struct runner *kind = &o->c->r->runner[a->kind];
		struct judged j = { .r = r, .agent = i, .last = last };

		if (!may_run(o, root, i, r) || borrows(o, r))
			continue;
		j.late = r->after >> i & 1;
		if (!j.late && (a->ended || !a->begun ||
				(r->before & ORDER_OUTSIDE)))
			continue;
		j.handler = user(o, a, r);
		if (j.handler < 0 &&
		    !(j.late && owns_family(kind, r->api->family)))
			continue;
		j.confidence = confidence_of(o, root, &j);
		keep(v, j);
	}
}

static void mark_ended(struct order *o)
{
	unsigned int i, k;

	for (i = 0; i < o->nagents; i++)
		for (k = 0; k < o->c->u->nfunctions; k++)
			if (o->sum[k].ends >> i & 1)
				o->agent[i].ended = true;
}

static bool acquires_anything(struct order *o, unsigned int index)
{
	const struct summary *s = o->c->summary[index];
	unsigned int i, k;

	for (i = 0; s && i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++)
			if (is_live(&s->outcome[i].owned[k]))
				return true;
	return false;
}

/*
 * What is released by a callback after which nothing is called is gone; so is
 * what a function releases that others may call and that acquires nothing.
 */
static bool is_root(struct order *o, unsigned int i, const bool *called,
		    const bool *last)
{
	const struct function *f = o->c->u->function[i];

	return last[i] || (!called[i] && !f->is_static && !f->is_aside &&
			   !acquires_anything(o, i));
}

void judge_teardown(struct checker *c)
{
	unsigned int n = c->u->nfunctions, i, k;
	struct order o = { .c = c };
	struct verdicts v = { .o = &o };
	bool *called, *last;

	o.value = arena_alloc(c->a, (n + 1) * sizeof(*o.value));
	o.path = arena_alloc(c->a, (n + 1) * sizeof(*o.path));
	find_agents(&o);
	if (!o.nagents)
		return;
	o.sum = arena_alloc(c->a, (n + 1) * sizeof(*o.sum));
	o.uses = arena_alloc(c->a, (n + 1) * sizeof(*o.uses));
	o.used = arena_alloc(c->a, n + 1);
	o.reach = arena_alloc(c->a, (n + 1) * sizeof(*o.reach));
	called = arena_alloc(c->a, n + 1);
	last = arena_alloc(c->a, n + 1);
	find_roots(&o, called, last);
	for (i = 0; i < n; i++)
		sum_of(&o, i, 0);
	mark_ended(&o);
	for (i = 0; i < n; i++)
		for (k = 0; is_root(&o, i, called, last) &&
			    k < o.sum[i].nreleases; k++)
			judge_release(&v, i, last[i],
				      &o.sum[i].release[k]);
	for (i = 0; i < v.n; i++)
		report_order(&o, &v.j[i]);
}
