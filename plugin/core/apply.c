/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A summary at a call: the caller's world forks once for each outcome that
 * its knowledge allows, with the callee's terms translated to its own.
 */
#include <string.h>
#include "agree.h"
#include "leave.h"
#include "outcome.h"
#include "device_rules.h"

/* Outcomes speak of the same things: what was translated last, by its id. */
#define RECENT 256
struct recent {
	const struct term *from, *to;
};

struct translate {
	struct recent *recent;
	uint64_t known[RECENT / 64];	/* which of recent are set */
	struct checker *c;
	const struct world *before;	/* the world at the call */
	struct place_in_code at;
	const struct summary *s;
	const struct term **arg;
	uint32_t iteration;
	bool assumed;			/* the outcome rests on a guess */
	enum { FEASIBLE_UNASKED, FEASIBLE_NO, FEASIBLE_YES } *feasible;
					/* by outcome */
};

static const struct term *translate(struct translate *t, const struct term *x);

/* A number for the callee's fresh value that no other call shares. */
static int64_t new_site(const struct translate *t, const struct term *x)
{
	uint64_t h = 0xcbf29ce484222325ull;
	const struct function *f = t->s->function;
	uint64_t part[5] = { t->at.ev->id, f->loc.line + f->nevents * 65536ull,
			     (uint64_t)x->value, x->extra, t->iteration };
	unsigned int i;

	for (i = 0; i < 5; i++)
		h = (h ^ part[i]) * 0x100000001b3ull;
	return -(int64_t)(h >> 20) - 1000000;
}

static bool is_recent(const struct translate *t, const struct term *x)
{
	return t->known[x->id % RECENT / 64] >> x->id % 64 & 1 &&
	       t->recent[x->id % RECENT].from == x;
}

static const struct term *translate_one(void *data, const struct term *x)
{
	struct translate *t = data;
	struct checker *c = t->c;
	const struct term *addr;

	if (is_recent(t, x))
		return t->recent[x->id % RECENT].to;
	switch (x->kind) {
	case TERM_PARAM:
		if (x->value < t->at.ev->nargs)
			return t->arg[x->value];
		return term_unknown(c->t);
	case TERM_LOAD:
		addr = translate(t, x->arg[0]);
		if (addr->kind == TERM_UNKNOWN)
			return addr;
		if (!x->value)
			return world_load(c->t, t->before, addr);
		return term_load(c->t, addr, new_site(t, x));
	case TERM_FRESH:
		return term_fresh_like(c->t, x, new_site(t, x), 0);
	default:
		return x->nargs ? NULL : x;
	}
}

static const struct term *translate(struct translate *t, const struct term *x)
{
	const struct term *to = term_map(t->c->t, x, translate_one, t);

	t->recent[x->id % RECENT] = (struct recent){ x, to };
	t->known[x->id % RECENT / 64] |= 1ull << x->id % 64;
	return to;
}

/* Does the caller's knowledge already say so? */
static bool is_implied(const struct world *w, const struct fact *f,
		       const struct term *x)
{
	int64_t low, high;

	fact_range(w, x, &low, &high);
	if (f->not_zero && !fact_not_zero(w, x))
		return false;
	return low >= f->low && high <= f->high;
}

static bool apply_fact(struct translate *t, struct world *w,
		       const struct fact *f, const struct term *x)
{
	struct term_table *tt = t->c->t;
	struct arena *a = t->c->fr->scratch;

	if (x->kind == TERM_UNKNOWN)
		return true;
	if (f->not_zero && !fact_assume(tt, a, w, x, true))
		return false;
	if (f->low == f->high && f->low != INT64_MIN)
		return fact_assume(tt, a, w,
				   term_op(tt, OP_EQ, x,
					   term_const(tt, f->low), NULL),
				   true);
	if (f->low != INT64_MIN &&
	    !fact_assume(tt, a, w, term_op(tt, OP_GE, x,
					   term_const(tt, f->low), NULL), true))
		return false;
	if (f->high != INT64_MAX &&
	    !fact_assume(tt, a, w, term_op(tt, OP_LE, x,
					   term_const(tt, f->high), NULL),
			 true))
		return false;
	return !f->not_err ||
	       fact_assume(tt, a, w, term_op(tt, OP_GTU, x,
					     term_const(tt, -4096), NULL),
			   false);
}

/* Did the callee read what it releases from a member, or was it given it? */
static bool released_from(const struct mapping *m)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(m, k);

		if (key && key->kind == TERM_LOAD && place_member(key->arg[0]))
			return true;
	}
	return false;
}

/*
 * A loop that releases reads what it releases from a table. If that says here
 * that there is nothing, the table is known by another name.
 */
static const struct term *released_value(struct translate *t,
					 const struct owned *o,
					 const struct term *x)
{
	const struct term *to = term_strip(translate(t, x));

	if (o->maybe_released && o->m->api->family->streaming &&
	    x->kind == TERM_LOAD && to->kind == TERM_CONST)
		return term_unknown(t->c->t);
	return to;
}

static struct roles translate_release(struct translate *t,
				      const struct owned *o)
{
	struct roles r = { .api = o->m->api, .maybe = o->maybe_released,
			   .in_loop = o->m->in_loop ||
				      in_any_loop(t->c->fr, t->at.block) };
	unsigned int i;

	for (i = 0; i < ROLE_MAX; i++)
		if (o->m->role[i])
			r.role[i] = released_value(t, o, o->m->role[i]);
	r.literal = o->m->literal;
	r.returned = o->m->returned;
	r.block = t->at.block;
	r.assumed = t->assumed;
	r.by_place = released_from(o->m);
	r.loc = o->released ? o->released->loc : t->at.ev->loc;
	r.function = o->in ? o->in : t->s->function;
	r.call = t->at.ev->loc;
	return r;
}

static void import_release(struct translate *t, struct world *w,
			   const struct owned *o)
{
	struct roles r = translate_release(t, o);

	do_release(t->c, w, &r);
}

/* Can the outcome be, as far as the caller knows before the call? */
static bool is_feasible(struct translate *t, const struct outcome *o)
{
	int64_t low, high;
	unsigned int i;

	for (i = 0; i < o->nfacts; i++) {
		const struct fact *f = &o->fact[i];
		const struct term *x = translate(t, f->x);

		if (x->vague)
			continue;
		fact_range(t->before, x, &low, &high);
		if (term_is_bool(x) &&
		    fact_truth(t->c->t, t->before, x) >= 0)
			low = high = fact_truth(t->c->t, t->before, x);
		if (high < f->low || low > f->high ||
		    (f->not_zero && low == 0 && high == 0) ||
		    (f->low == 0 && f->high == 0 &&
		     fact_not_zero(t->before, x)))
			return false;
	}
	return true;
}

static bool may_be_instead(struct translate *t, unsigned int i)
{
	if (t->feasible[i] == FEASIBLE_UNASKED)
		t->feasible[i] = is_feasible(t, &t->s->outcome[i]) ?
				 FEASIBLE_YES : FEASIBLE_NO;
	return t->feasible[i] == FEASIBLE_YES;
}

static void decline_release(struct translate *t, struct world *w,
			    const struct owned *released)
{
	struct roles r = translate_release(t, released);

	decline(t->c, w, &r);
}

/*
 * Another outcome with the same result, which nothing refutes, releases what
 * this one does not: "if (test_bit(MAPPED, &p->flags)) unmap(p)". Then this
 * one is a guess, and what is left may have been released. Where nobody
 * listens to the result, a clean-up is taken to work.
 */
static void doubt_release(struct translate *t, struct world *w,
			  const struct owned *released)
{
	struct roles r = translate_release(t, released);
	struct owned *mine;
	bool exact;

	release_maybe(t->c, w, &r);
	mine = find_owned(w, &r, &exact);
	if (mine && is_live(mine))
		mine->maybe_released = true;
}

/* Where something refutes the other one, it was meant all the same. */
static void doubt_releases(struct translate *t, struct world *w,
			   const struct outcome *chosen)
{
	int reg = t->at.ev->reg;
	bool heard = reg >= 0 && t->c->fr->fl->uses[reg];
	unsigned int i, k;

	for (i = 0; w->nowned && i < t->s->noutcomes; i++) {
		const struct outcome *o = &t->s->outcome[i];

		if (o == chosen || (heard && outcomes_apart(o, chosen)))
			continue;
		for (k = 0; k < o->nowned; k++) {
			if (o->owned[k].m->origin ||
			    outcome_moves(chosen, o->owned[k].m))
				continue;
			if (may_be_instead(t, i))
				doubt_release(t, w, &o->owned[k]);
			else
				decline_release(t, w, &o->owned[k]);
		}
	}
}

/* The calls that led to an acquire further down, outermost first. */
static void add_callee_steps(struct translate *t, struct world *w,
			     const struct trail *acquire)
{
	const struct trail *step[4], *s = acquire ? acquire->before : NULL;
	const char *name = acquire ? acquire->function->name : NULL;
	unsigned int n = 0;

	for (; s && s->kind == TRAIL_CALL && n < 4; s = s->before) {
		if (strcmp(s->word[0], name))
			continue;
		step[n++] = s;
		name = s->function->name;
	}
	while (n--)
		trail_add(t->c, w, TRAIL_CALL, step[n]->loc, step[n]->format,
			  step[n]->word[0], NULL)->function =
			step[n]->function;
}

/* Why the callee failed, and where it forgot what it had. */
static void add_left_steps(struct translate *t, struct world *w,
			   const struct leftover *l)
{
	const struct trail *why = l->why;

	if (why)
		trail_add(t->c, w, TRAIL_FAIL, why->loc, why->format,
			  why->word[0], why->word[1])->function =
			why->function;
	trail_add(t->c, w, TRAIL_LEFT, l->loc,
		  "%s() returns an error here without releasing it",
		  l->function->name, NULL)->function = l->function;
}

static const struct term *translate_load(void *data, const struct term *x)
{
	struct translate *t = data;

	if (x->kind == TERM_LOAD)
		return term_load(t->c->t, translate(t, x->arg[0]), 0);
	return x->kind == TERM_OP ? NULL : translate(t, x);
}

static void import_owned(struct translate *t, struct world *w,
			 const struct owned *o)
{
	struct mapping m = *o->m;
	struct owned *mine;
	struct trail *step;
	unsigned int i;

	if (!o->m->origin) {
		import_release(t, w, o);
		return;
	}
	for (i = 0; i < ROLE_MAX; i++)
		if (m.role[i])
			m.role[i] = translate(t, m.role[i]);
	for (i = 0; i < FORMS; i++)
		if (m.form[i])
			m.form[i] = term_map(t->c->t, m.form[i],
					     translate_load, t);
	add_callee_steps(t, w, o->m->trail);
	m.imported = true;
	m.block = t->at.block;
	step = trail_add(t->c, w, TRAIL_ACQUIRE, m.origin->event->loc,
			 "the %s is %s here", family_noun(m.api),
			 m.api->family->streaming ? "mapped" : "allocated");
	step->function = m.origin->function;
	m.trail = w->trail;
	if (o->m->role[ROLE_DEV] && o->m->role[ROLE_DEV]->kind == TERM_PARAM)
		judge_device_of(t->c, w, m.api, m.role[ROLE_DEV], m.origin,
				t->at.ev->loc);
	if (o->left)
		add_left_steps(t, w, o->left);
	mine = world_own(t->c->fr->scratch, w, mapping_make(t->c, m),
			 o->state);
	mine->maybe_released = o->maybe_released;
	mine->escaped = o->escaped;
	mine->uncertain = o->uncertain;
	mine->left = o->left;
	mine->unasked = o->left && (t->at.ev->reg < 0 ||
				    !t->c->fr->fl->uses[t->at.ev->reg]);
	for (i = 0; i < o->nholders; i++) {
		const struct term *h = translate(t, o->holder[i]);

		/* Kept in a place that has no name here. */
		if (h->kind == TERM_UNKNOWN)
			mine->escaped = true;
		else
			mine->holder[mine->nholders++] = h;
	}
}

static void apply_memory(struct translate *t, struct world *w,
			 const struct outcome *o)
{
	struct arena *a = t->c->fr->scratch;
	unsigned int i;

	for (i = 0; i < o->ncells; i++) {
		const struct term *addr = translate(t, o->cell[i].addr);
		const struct term *value = translate(t, o->cell[i].value);

		if (o->cell[i].region) {
			world_fill(a, w, addr, value);
			continue;
		}
		world_store(a, w, addr, value);
		note_store(t->c, w, addr, value, t->at.ev->loc);
	}
	for (i = 0; i < o->nescaped; i++)
		give_away(t->c, w, translate(t, o->escaped[i]), t->at.ev->loc,
			  "passed on");
	for (i = 0; i < o->nfreed; i++) {
		const struct term *obj = translate(t, o->freed[i]);

		judge_freed(t->c, w, obj, t->at);
		world_free(a, w, obj);
		if (o->failed && o->range.x && !o->error)
			world_refer(t->c->t, a, w, obj, REF_CONSUMED);
	}
}

/*
 * The caller asked the flag, too, and found it otherwise: who asks again, and
 * then fails with what it has acquired, knows that it may change meanwhile.
 */
static bool apply_again(struct translate *t, struct world *w,
			const struct outcome *o, const struct fact *f,
			const struct term *x)
{
	unsigned int i, n = 0;

	if (!is_switch(t->c, x) || !outcome_leaves(o))
		return false;
	for (i = 0; i < w->nfacts; i++)
		if (!term_contains(w->fact[i].x, x))
			w->fact[n++] = w->fact[i];
	w->nfacts = n;
	return apply_fact(t, w, f, x);
}

static bool apply_outcome(struct translate *t, struct world *w,
			  const struct outcome *o)
{
	const struct term *value = o->ret ? translate(t, o->ret) : NULL;
	unsigned int i;

	/* What splits outcomes that move ownership is worth remembering. */
	w->deciding = t->s->owns;
	t->assumed = false;
	for (i = 0; i < o->nfacts; i++) {
		const struct term *x = translate(t, o->fact[i].x);

		t->assumed |= t->s->noutcomes > 1 &&
			      !is_implied(w, &o->fact[i], x);
		if (!apply_fact(t, w, &o->fact[i], x) &&
		    !apply_again(t, w, o, &o->fact[i], x))
			return false;
	}
	w->deciding = false;
	if (!value && o->range.x) {
		value = term_fresh(t->c->t, t->s->function->name,
				   t->at.ev->id, t->iteration);
		if (!apply_fact(t, w, &o->range, value))
			return false;
	} else if (value && o->range.not_err &&
		   !apply_fact(t, w, &o->range, value)) {
		return false;
	}
	trail_add(t->c, w, TRAIL_CALL, t->at.ev->loc, o->error ?
		  "calling %s(), which fails" : "calling %s()",
		  t->s->function->name, NULL)->truth = o->error;
	w->failed |= o->failed;
	doubt_releases(t, w, o);
	for (i = 0; i < o->nowned; i++)
		import_owned(t, w, &o->owned[i]);
	apply_memory(t, w, o);
	if (t->at.ev->reg >= 0)
		w->reg[t->at.ev->reg] = value ? value : term_unknown(t->c->t);
	wait_apply(t->c, w, callee_of(t->c, t->at.ev->callee), o,
		   o->wait && o->wait->result == o->range.x ? value : NULL);
	return true;
}

void summary_apply(struct checker *c, struct world *w,
		   struct place_in_code at, const struct summary *s,
		   const struct term **arg, then_fn *then, void *data)
{
	struct recent recent[RECENT];
	struct translate t = {
		.recent = recent, .c = c, .before = w, .at = at, .s = s,
		.arg = arg,
		.iteration = iteration(c->fr, w, at.block),
		.feasible = arena_alloc(c->fr->scratch, s->noutcomes *
					sizeof(*t.feasible)),
	};
	unsigned int i;

	for (i = 0; i < s->noutcomes; i++) {
		struct world *fork = world_copy(c->fr->scratch, w, c->fr->fl);

		if (apply_outcome(&t, fork, &s->outcome[i]))
			then(data, fork);
	}
}

void decline_call(struct checker *c, struct world *w, struct place_in_code at,
		  const struct summary *s, const struct term **arg)
{
	struct recent recent[RECENT];
	struct translate t = { .recent = recent, .c = c, .before = w,
			       .at = at, .s = s, .arg = arg };
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++)
			if (!s->outcome[i].owned[k].m->origin)
				decline_release(&t, w, &s->outcome[i].owned[k]);
}
