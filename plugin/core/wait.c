/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A driver sets the device to work, waits for it, and releases the memory it
 * was given. A wait with a timeout may end before the device does; then
 * something has to stop the device first.
 *
 * Whatever may tell the device something counts as setting it to work where
 * it stands before the wait, and as stopping it where it stands after it.
 */
#include "order.h"

enum { UNKNOWN, NO, YES };

static bool is_wait(enum quiet q)
{
	return q == QUIET_WAIT_ZERO || q == QUIET_WAIT_NONZERO ||
	       q == QUIET_WAIT_POSITIVE;
}

static bool works(struct checker *c, unsigned int index);

/* May the call tell the device something? */
bool call_works(struct checker *c, const struct callee *k)
{
	if (!k || k->quiet == QUIET_START || k->quiet == QUIET_STOP)
		return true;
	if (k->api)
		return k->api->kind == API_DEVICE || k->api->kind == API_TAKE;
	return k->index < 0 || works(c, k->index);
}

static bool is_intrinsic(const struct callee *k)
{
	return k && k->api && k->api->kind == API_PURE;
}

/* The same of a function; one that calls itself is cut where it closes. */
static bool works(struct checker *c, unsigned int index)
{
	struct scan scan = { .f = c->u->function[index] };
	const struct event *ev;

	if (!c->works)
		c->works = arena_alloc(c->a, c->u->nfunctions + 1);
	if (c->works[index])
		return c->works[index] == YES;
	c->works[index] = NO;
	while ((ev = scan_next(&scan))) {
		const struct callee *k = ev->callee ?
					 callee_of(c, ev->callee) : NULL;

		if (ev->kind != EV_CALL || is_intrinsic(k) ||
		    !call_works(c, k))
			continue;
		c->works[index] = YES;
		return true;
	}
	return false;
}

static bool waits(struct checker *c, unsigned int index)
{
	struct scan scan = { .f = c->u->function[index] };
	const struct event *ev;

	if (c->waits[index])
		return c->waits[index] == YES;
	c->waits[index] = NO;
	while ((ev = scan_next(&scan))) {
		const struct callee *k = ev->kind == EV_CALL && ev->callee ?
					 callee_of(c, ev->callee) : NULL;

		if (!k || (!is_wait(k->quiet) &&
			   (k->index < 0 || !waits(c, k->index))))
			continue;
		c->waits[index] = YES;
		return true;
	}
	return false;
}

bool wait_in(struct checker *c)
{
	if (!c->waits)
		c->waits = arena_alloc(c->a, c->u->nfunctions + 1);
	return waits(c, c->fr->index);
}

static void end_wait(struct world *w)
{
	unsigned int i;

	w->wait = NULL;
	w->timed_out = false;
	for (i = 0; i < w->nowned; i++)
		w->owned[i].waited = false;
}

/* The device is told something. */
static void set_to_work(struct world *w)
{
	unsigned int i;

	end_wait(w);
	for (i = 0; i < w->nowned; i++)
		w->owned[i].started |= is_live(&w->owned[i]);
}

static const struct wait *wait_make(struct checker *c, struct wait x)
{
	struct wait *copy;
	unsigned int i;

	for (i = 0; i < c->nwaits; i++) {
		const struct wait *o = c->wait[i];

		if (o->result == x.result && o->function == x.function &&
		    o->loc.line == x.loc.line && o->loc.col == x.loc.col)
			return o;
	}
	copy = arena_alloc(c->a, sizeof(*copy));
	*copy = x;
	c->wait = arena_grow(c->a, c->wait, c->nwaits, sizeof(*c->wait));
	c->wait[c->nwaits++] = copy;
	return copy;
}

static void begin_wait(struct world *w, const struct wait *x, bool timed_out)
{
	unsigned int i;

	end_wait(w);
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		o->waited = o->started && is_live(o);
	}
	w->wait = x;
	w->timed_out = timed_out;
}

void wait_call(struct checker *c, struct world *w, struct place_in_code at,
	       const struct callee *k)
{
	struct wait x = { .function = c->fr->f, .loc = at.ev->loc };

	if (!c->fr->waits || is_intrinsic(k))
		return;
	if (k && is_wait(k->quiet)) {
		x.quiet = k->quiet;
		x.api = k->name;
		if (at.ev->reg >= 0)
			x.result = w->reg[at.ev->reg];
		trail_add(c, w, TRAIL_CALL, at.ev->loc,
			  "%s() waits for the device", k->name, NULL);
		begin_wait(w, wait_make(c, x), false);
	} else if (call_works(c, k)) {
		set_to_work(w);
	}
}

void wait_enter(struct checker *c, struct world *w, const struct callee *k)
{
	if (c->fr->waits && works(c, k->index))
		set_to_work(w);
}

void wait_apply(struct checker *c, struct world *w, const struct callee *k,
		const struct outcome *o, const struct term *result)
{
	struct wait x;

	if (!c->fr->waits)
		return;
	if (works(c, k->index))
		set_to_work(w);
	if (!o->wait)
		return;
	x = *o->wait;
	x.result = result;
	trail_add(c, w, TRAIL_CALL, x.loc, "%s() waits for the device", x.api,
		  NULL)->function = x.function;
	begin_wait(w, wait_make(c, x), o->timed_out);
}

/* 1: what is waited for happened, 0: it did not, -1: not known. */
static int happened(struct checker *c, const struct world *w, enum quiet q,
		    const struct term *result)
{
	int truth = fact_truth(c->t, w, result);
	int64_t low, high;

	if (q == QUIET_WAIT_NONZERO)
		return truth < 0 ? -1 : !truth;
	fact_range(w, result, &low, &high);
	/* That it was not interrupted is asked less often. */
	if (q == QUIET_WAIT_POSITIVE && high <= 0)
		return 0;
	return truth;
}

void wait_settle(struct checker *c, struct world *w)
{
	const struct wait *x = w->wait;
	int yes;

	if (!x || !x->result || w->timed_out)
		return;
	yes = happened(c, w, x->quiet, x->result);
	/* An unsigned long that is kept in an int. */
	if (yes < 0)
		yes = happened(c, w, x->quiet,
			       term_op(c->t, OP_TRUNC, x->result,
				       term_const(c->t, 32), NULL));
	if (yes > 0)
		end_wait(w);
	w->timed_out = !yes;
}

/* Was anything asked since the wait that may have told how it ended? */
static bool asked_since(const struct world *w, const struct wait *x)
{
	const struct trail *t;

	for (t = w->trail; t; t = t->before) {
		if (t->kind == TRAIL_CALL && t->loc.line == x->loc.line &&
		    t->function == x->function)
			return false;
		/* Or what a function answered. */
		if (t->kind == TRAIL_BRANCH ||
		    (t->kind == TRAIL_CALL && t->truth))
			return true;
	}
	return true;
}

/* Keeps @rep unless a finding about the same wait is surer. */
static void keep_report(struct checker *c, const struct wait *x,
			const struct report *rep)
{
	struct gave_up *g = NULL;
	unsigned int i;

	for (i = 0; i < c->ngaveup && !g; i++)
		if (c->gaveup[i].wait.function == x->function &&
		    c->gaveup[i].wait.loc.line == x->loc.line)
			g = &c->gaveup[i];
	if (g && g->rep.confidence >= rep->confidence)
		return;
	if (!g) {
		c->gaveup = arena_grow(c->a, c->gaveup, c->ngaveup,
				       sizeof(*g));
		g = &c->gaveup[c->ngaveup++];
	}
	g->wait = *x;
	g->rep = *rep;
	g->rep.trail = trail_save(c, rep->trail, SAVED);
}

void wait_release(struct checker *c, struct world *w, const struct owned *o,
		  const struct roles *r)
{
	const struct wait *x = w->wait;
	struct report rep = {
		.rule = "dma-teardown-order", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .confidence = CONF_HIGH,
	};

	if (!x || !o->waited || !o->m->origin || !is_live(o) ||
	    o->uncertain || o->maybe_released || r->maybe)
		return;
	/* The result may still be asked, for what follows. */
	if (!w->timed_out && asked_since(w, x))
		rep.confidence = CONF_MEDIUM;
	if (!o->m->api->family->streaming)
		rep.confidence = CONF_MEDIUM;
	rep.place = owned_place(c, o, r);
	rep.value = arena_printf(c->a, "the device may still use it: %s() "
				 "may have given up waiting", x->api);
	rep.last = arena_printf(c->a, "released here%s", w->timed_out ?
				", although time was up" :
				", whether or not time was up");
	keep_report(c, x, &rep);
}

/*
 * One finding a wait, the surest: whoever stops the device when time is up
 * does it once, whatever it was given.
 */
void judge_waits(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->ngaveup; i++)
		report(c, &c->gaveup[i].rep);
}
