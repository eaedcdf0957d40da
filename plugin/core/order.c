/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which agents are stopped before, and which after, something is released?
 *
 * For each function, callees first: its releases, each with the sets of agents
 * that may have been stopped before it and after it on some way through the
 * function. A release in a callee is one of its callers as well, so that at
 * the functions nobody calls all that precedes and follows is known.
 */
#include "order.h"

/* Releases of one function, callees included; those beyond are left out. */
#define RELEASES 128

static int member_index(struct order *o, const struct term *value)
{
	const struct term *m;
	unsigned int k;

	if (value->kind != TERM_LOAD)
		return -1;
	m = place_member(value->arg[0]);
	if (!m)
		return -1;
	for (k = 0; k < o->nmembers; k++)
		if (place_same_member(o->member[k], m))
			return k;
	if (k == MEMBERS)
		return -1;
	o->member = arena_grow(o->c->a, o->member, k, sizeof(*o->member));
	o->member[o->nmembers++] = m;
	return k;
}

static bool is_other(const struct release *a, const struct release *b)
{
	return a->path->kind == TERM_LOAD && b->path->kind == TERM_LOAD &&
	       other_instance(a->path->arg[0], b->path->arg[0]);
}

static void add_release(struct order *o, struct order_sum *s,
			const struct release *r)
{
	unsigned int i;

	for (i = 0; i < s->nreleases; i++) {
		struct release *x = &s->release[i];

		if (x->in != r->in || x->loc.line != r->loc.line ||
		    x->loc.col != r->loc.col || x->member != r->member ||
		    (r->member < 0 && x->value != r->value) ||
		    is_other(x, r))
			continue;
		x->before |= r->before;
		x->after |= r->after;
		x->begun |= r->begun;
		return;
	}
	if (s->nreleases == RELEASES)
		return;
	s->release = arena_grow(o->c->a, s->release, s->nreleases,
				sizeof(*r));
	s->release[s->nreleases++] = *r;
}

/* The pointer says more than the handle does. */
static const enum role release_role[] = {
	ROLE_CPU, ROLE_OBJECT, ROLE_SGT, ROLE_PAGE, ROLE_HANDLE, ROLE_SGL,
};

static void own_release(struct order *o, unsigned int index,
			struct order_sum *s, const struct event *ev,
			struct release r)
{
	unsigned int i;
	int n;

	r.in = o->c->u->function[index];
	r.loc = ev->loc;
	for (i = 0; i < 6; i++) {
		n = api_arg(r.api, release_role[i]);
		if (n < 0 || (unsigned int)n >= ev->nargs)
			continue;
		r.value = term_strip(order_value(o, index, ev->arg[n]));
		r.member = member_index(o, r.value);
		r.place = r.value;
		r.path = term_strip(order_path(o, index, ev->arg[n]));
		if (r.member >= 0 || r.value->kind == TERM_PARAM)
			add_release(o, s, &r);
	}
}

const struct trail *order_step(struct checker *c, const struct trail *t,
			       const struct function *f, struct loc loc,
			       const char *text)
{
	struct trail *n = arena_alloc(c->a, sizeof(*n));

	n->before = t;
	n->kind = TRAIL_CALL;
	n->function = f;
	n->loc = loc;
	n->format = text;
	return n;
}

/* The releases of a callee are those of the call. */
static void callee_releases(struct order *o, unsigned int index,
			    struct order_sum *s, const struct event *ev,
			    const struct order_sum *sub, struct release at)
{
	unsigned int i;

	for (i = 0; i < sub->nreleases; i++) {
		struct release r = sub->release[i];

		if (r.member < 0) {
			r.value = term_strip(order_bound(o, index, ev, r.value,
							 order_value));
			r.member = member_index(o, r.value);
			if (r.member < 0 && r.value->kind != TERM_PARAM)
				continue;
		}
		r.path = term_strip(order_bound(o, index, ev, r.path,
						order_path));
		r.before |= at.before;
		r.begun |= at.begun;
		r.after |= at.after;
		r.calls = order_step(o->c, r.calls, o->c->u->function[index],
				   ev->loc, arena_printf(o->c->a,
				   "calling %s()", ev->callee));
		add_release(o, s, &r);
	}
}

/* Who is unregistered is closed first: its callbacks end what they end, and
 * tell the device. */
static uint64_t callbacks_end(struct order *o, uint64_t set,
			      unsigned int depth)
{
	uint64_t ends = 0;
	unsigned int i, h;

	for (i = 0; i < o->nagents; i++) {
		const struct agent *a = &o->agent[i];

		for (h = 0; (set >> i & 1) && o->c->r->runner[a->kind].ops &&
			    h < a->nhandlers; h++)
			ends |= sum_of(o, a->handler[h], depth + 1)->ends;
	}
	return ends & ~ORDER_OUTSIDE;
}

/* What a call does to agents; *@begins: those it sets up. */
static uint64_t call_effect(struct order *o, unsigned int index,
			    const struct event *ev, uint64_t *begins,
			    unsigned int depth)
{
	const struct callee *k = ev->callee ? callee_of(o->c, ev->callee) :
				 NULL;
	uint64_t set = 0;
	bool told;

	*begins = 0;
	if (k && k->index >= 0 && !k->api) {
		const struct order_sum *sub = sum_of(o, k->index, depth + 1);

		*begins = sub->begins;
		return sub->ends;
	}
	if (k) {
		*begins = agents_of_call(o, index, ev, false);
		set = agents_of_call(o, index, ev, true);
		set |= callbacks_end(o, set, depth);
	}
	told = !set;
	if (k && k->outside)
		set |= ORDER_OUTSIDE;
	if (told && (!k || !k->api || k->api->kind != API_PURE) &&
	    call_works(o->c, k))
		set |= ORDER_TOLD;
	return set;
}

/* work->func = handler */
static uint64_t store_begins(const struct order *o, unsigned int index,
			     const struct event *ev)
{
	uint64_t set = 0;
	unsigned int i;

	for (i = 0; i < o->nagents; i++)
		if (o->agent[i].begun == o->c->u->function[index] &&
		    o->agent[i].loc.line == ev->loc.line)
			set |= 1ull << i;
	return set;
}

/* By event: the sets before it, of what is ended and begun, and after it. */
struct sets {
	uint64_t *before, *begun, *after, *ends, *begins;
};

static bool releases(struct order *o, const struct event *ev)
{
	const struct callee *k = ev->callee ? callee_of(o->c, ev->callee) :
				 NULL;

	if (!k)
		return false;
	if (k->api)
		return k->api->kind == API_RELEASE;
	return k->index >= 0 && o->sum[k->index].nreleases;
}

/* Does anything happen that matters here? */
static bool effects(struct order *o, unsigned int index, struct sets *s,
		    unsigned int depth)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;
	bool any = false;

	while ((ev = scan_next(&scan))) {
		if (ev->kind == EV_CALL)
			s->ends[ev->id] = call_effect(o, index, ev,
				&s->begins[ev->id], depth);
		else if (ev->kind == EV_STORE)
			s->begins[ev->id] = store_begins(o, index, ev);
		any |= s->begins[ev->id] || s->ends[ev->id] & ~ORDER_TOLD ||
		       (ev->kind == EV_CALL && releases(o, ev));
	}
	return any;
}

/*
 * The edges that count. Not those back to the head of a loop: what is stopped
 * in one round is not that of the next. But what happens in the last round
 * precedes what follows the loop.
 */
struct edges {
	unsigned int n, *from, *to;
};

static void add_edge(struct arena *a, struct edges *e, unsigned int from,
		     unsigned int to)
{
	e->from = arena_grow(a, e->from, e->n, sizeof(*e->from));
	e->to = arena_grow(a, e->to, e->n, sizeof(*e->to));
	e->from[e->n] = from;
	e->to[e->n++] = to;
}

/* From the end of the last round to where the loop leads. */
static void leave_edges(struct arena *a, struct edges *e,
			const struct flow *fl, unsigned int loop,
			unsigned int from)
{
	unsigned int b, i;

	for (b = 0; b < fl->f->nblocks; b++) {
		const struct block *blk = &fl->f->block[b];

		for (i = 0; fl->in[loop][b] && i < blk->nsucc; i++)
			if (!fl->in[loop][blk->succ[i]])
				add_edge(a, e, from, blk->succ[i]);
	}
}

static struct edges edges_of(struct arena *a, const struct function *f)
{
	const struct flow *fl = flow_of(a, f);
	struct edges e = { 0 };
	unsigned int b, i;
	int l;

	for (b = 0; b < f->nblocks; b++)
		for (i = 0; i < f->block[b].nsucc; i++) {
			l = flow_back_edge(fl, b, f->block[b].succ[i]);
			if (l < 0)
				add_edge(a, &e, b, f->block[b].succ[i]);
			else
				leave_edges(a, &e, fl, l, b);
		}
	return e;
}

#define PASSES 8

/* What happens in each block, spread along the edges until nothing changes. */
static void spread(const struct edges *e, const uint64_t *here, uint64_t *in,
		   bool forward)
{
	bool changed = true;
	unsigned int i, pass;

	for (pass = 0; changed && pass < PASSES; pass++) {
		changed = false;
		for (i = 0; i < e->n; i++) {
			unsigned int k = forward ? i : e->n - 1 - i;
			unsigned int x = forward ? e->from[k] : e->to[k];
			unsigned int y = forward ? e->to[k] : e->from[k];
			uint64_t set = in[y] | in[x] | here[x];

			changed |= set != in[y];
			in[y] = set;
		}
	}
}

/* By block: what happens before it, or behind it. */
static uint64_t *block_sets(struct arena *a, const struct function *f,
			    const struct edges *edges, const uint64_t *effect,
			    bool forward)
{
	uint64_t *here = arena_alloc(a, (f->nblocks + 1) * sizeof(*here));
	uint64_t *in = arena_alloc(a, (f->nblocks + 1) * sizeof(*in));
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			here[b] |= effect[f->block[b].event[e].id];
	spread(edges, here, in, forward);
	return in;
}

static void forward(struct arena *a, const struct function *f,
		    const struct edges *edges, const uint64_t *effect,
		    uint64_t *before)
{
	uint64_t *in = block_sets(a, f, edges, effect, true);
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			before[f->block[b].event[e].id] = in[b];
			in[b] |= effect[f->block[b].event[e].id];
		}
}

static void backward(struct arena *a, const struct function *f,
		     const struct edges *edges, const uint64_t *effect,
		     uint64_t *after)
{
	uint64_t *in = block_sets(a, f, edges, effect, false);
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = f->block[b].nevents; e-- > 0;) {
			after[f->block[b].event[e].id] = in[b];
			in[b] |= effect[f->block[b].event[e].id];
		}
}

static void collect(struct order *o, unsigned int index, struct order_sum *sum,
		    const struct sets *s, unsigned int depth)
{
	struct scan scan = { .f = o->c->u->function[index] };
	const struct event *ev;

	while ((ev = scan_next(&scan))) {
		struct release r = { .before = s->before[ev->id],
				     .begun = s->begun[ev->id],
				     .after = s->after[ev->id] };
		const struct callee *k;

		sum->ends |= s->ends[ev->id];
		sum->begins |= s->begins[ev->id];
		if (ev->kind != EV_CALL || !ev->callee)
			continue;
		k = callee_of(o->c, ev->callee);
		r.api = k->api;
		if (r.api && r.api->kind == API_RELEASE)
			own_release(o, index, sum, ev, r);
		else if (!r.api && k->index >= 0)
			callee_releases(o, index, sum, ev,
					sum_of(o, k->index, depth + 1), r);
	}
}

const struct order_sum *sum_of(struct order *o, unsigned int index,
			       unsigned int depth)
{
	const struct function *f = o->c->u->function[index];
	struct order_sum *sum = &o->sum[index];
	size_t n = f->nevents + 1;
	struct edges edges;
	struct sets s;
	size_t i;

	if (sum->done || depth > 100)
		return sum;
	sum->done = true;
	s.before = arena_alloc(o->c->a, 5 * n * sizeof(uint64_t));
	s.begun = s.before + n;
	s.after = s.begun + n;
	s.ends = s.after + n;
	s.begins = s.ends + n;
	if (!effects(o, index, &s, depth)) {
		for (i = 0; i < f->nevents; i++)
			sum->ends |= s.ends[i];
		return sum;
	}
	edges = edges_of(o->c->a, f);
	forward(o->c->a, f, &edges, s.ends, s.before);
	forward(o->c->a, f, &edges, s.begins, s.begun);
	backward(o->c->a, f, &edges, s.ends, s.after);
	collect(o, index, sum, &s, depth);
	return sum;
}
