/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a return leaves behind: is it an error exit, and what is still owned?
 */
#include <string.h>
#include "checker.h"

/* include/uapi/asm-generic/errno*.h */
#define EBUSY 16
#define EINPROGRESS 115
#define EIOCBQUEUED 529

/* "Started, will complete later" is written as an error number. */
static bool is_pending(const struct checker *c, int64_t value)
{
	return value == -EINPROGRESS || value == -EIOCBQUEUED ||
	       (value == -EBUSY && c->fr->async);
}

static bool is_failed_test(const struct term *x)
{
	x = term_strip(x);
	return x->kind == TERM_CALL && !strcmp(x->name, "dma_mapping_error");
}

bool is_error(const struct checker *c, const struct world *w,
	      const struct term *value)
{
	int64_t low, high;

	if (!value)
		return false;
	fact_range(w, value, &low, &high);
	if (is_failed_test(value) && fact_not_zero(w, value))
		return true;
	switch (c->fr->f->ret) {
	case RET_POINTER:
		return (low == 0 && high == 0) || (low >= -4095 && high < 0);
	case RET_INT:
		/* "if (ret) return ret": not 0 says that it failed. */
		if (high > 0 && low < 0 && fact_not_zero(w, value))
			return true;
		/* fall through */
	case RET_HANDLE:
		return high < 0 && !(low == high && is_pending(c, low));
	default:
		return false;
	}
}

static struct exits *exits_of(struct frame *fr, struct checker *c,
			      const struct origin *o)
{
	unsigned int i;

	for (i = 0; i < fr->nexits; i++)
		if (fr->exits[i].origin == o)
			return &fr->exits[i];
	fr->exits = arena_grow(c->a, fr->exits, fr->nexits,
			       sizeof(*fr->exits));
	fr->exits[fr->nexits].origin = o;
	return &fr->exits[fr->nexits++];
}

/* Exits that are no errors are alike if they return the same sort of value:
 * nothing or anything, 0, a positive number such as a busy code. */
enum { EXIT_ANY = 1, EXIT_ZERO = 2, EXIT_POSITIVE = 4 };

static unsigned int exit_class(const struct world *w, const struct term *value)
{
	int64_t low = 0, high = 1;

	if (value)
		fact_range(w, value, &low, &high);
	return low == 0 && high == 0 ? EXIT_ZERO :
	       low > 0 ? EXIT_POSITIVE : EXIT_ANY;
}

static void note_released(struct exits *e, unsigned int quiet)
{
	e->released = true;
	e->released_quiet |= quiet;
}

static void add_leak(struct checker *c, struct leak l)
{
	struct frame *fr = c->fr;

	fr->leak = arena_grow(c->a, fr->leak, fr->nleaks, sizeof(*fr->leak));
	fr->leak[fr->nleaks++] = l;
}

/* The caller's object that is the mapping's only name: cmd, sgl, sgt. */
static const struct term *callers_key(const struct world *w,
				      const struct mapping *m)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(m, k);

		if (key && key->kind != TERM_FRESH && key->kind != TERM_CONST &&
		    world_escaped(w, key))
			return key;
	}
	return NULL;
}

static bool is_returned(const struct owned *o, const struct term *value)
{
	const struct mapping *m = o->m;

	if (!value || value->kind == TERM_CONST)
		return false;
	return mapping_has(m, value) || (m->api->ret != ROLE_NONE &&
		m->role[m->api->ret] &&
		term_contains(value, m->role[m->api->ret]));
}

static void left_behind(struct checker *c, const struct world *w,
			const struct owned *o, struct loc loc,
			unsigned int quiet)
{
	struct leak l = {
		.origin = o->m->origin, .m = o->m, .loc = loc,
		.trail = w->trail, .function = c->fr->f,
	};
	unsigned int h;

	for (h = 0; h < o->nholders; h++)
		if (world_escaped(w, o->holder[h]))
			l.holder = o->holder[h];
	if (quiet && (l.holder || o->escaped))
		return;
	l.quiet = quiet;
	for (h = 0; h < w->nowned && !o->m->api->family->streaming; h++)
		l.sibling |= w->owned[h].state == STATE_FAILED &&
			     w->owned[h].m->origin != o->m->origin &&
			     w->owned[h].m->origin->function == c->fr->f &&
			     o->m->origin->function == c->fr->f;
	if (!l.holder)
		l.holder = callers_key(w, o->m);
	if (!l.holder && o->escaped)
		return;
	/* Nothing tells the ends of a void function apart. */
	if (quiet == EXIT_ANY && l.holder)
		return;
	for (h = 0; h < o->nholders && !l.holder; h++)
		if (place_object(o->holder[h])->kind == TERM_FRESH) {
			l.holder = o->holder[h];
			l.object = true;
		}
	/* A wrong test is a finding of its own; what follows it is noise. */
	if (o->state == STATE_UNCHECKED && l.origin->wrongly_tested)
		return;
	add_leak(c, l);
}

static void leave_by(struct checker *c, struct world *w,
		     const struct term *value, struct loc loc)
{
	struct frame *fr = c->fr;
	unsigned int quiet = is_error(c, w, value) ? 0 : exit_class(w, value);
	unsigned int i;

	fr->returned = arena_grow(c->a, fr->returned, fr->nreturned,
				  sizeof(*fr->returned));
	fr->value = arena_grow(c->a, fr->value, fr->nreturned,
			       sizeof(*fr->value));
	fr->returned[fr->nreturned] = world_copy(fr->keep, w, fr->fl);
	fr->value[fr->nreturned++] = value;
	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];

		if (!o->m->origin)
			continue;
		if (is_live(o) && is_returned(o, value))
			o->m->origin->leaves = true;
		if (o->state == STATE_RELEASED && !o->uncertain)
			note_released(exits_of(fr, c, o->m->origin), quiet);
		if (is_live(o) && !o->maybe_released &&
		    !is_returned(o, value) && !o->uncertain &&
		    !o->m->api->family->managed)
			left_behind(c, w, o, loc, quiet);
	}
}

/* -ENOMEM that came through an unsigned variable is an error all the same. */
static const struct term *as_errno(struct checker *c, const struct term *value)
{
	int64_t v = value && value->kind == TERM_CONST ? value->value : 0;

	if (c->fr->f->ret == RET_INT && v >= 0xfffff000 && v <= 0xffffffff)
		return term_const(c->t, (int32_t)v);
	return value;
}

/*
 * "return start(p)", "return !p->buf": a result that nobody looked at. NULL,
 * or the condition that tells the two ends apart.
 */
static const struct term *open_question(const struct checker *c,
					const struct world *w,
					const struct term *value)
{
	int64_t low, high;

	if (!value || value->vague || fact_truth(c->t, w, value) >= 0)
		return NULL;
	if (term_is_bool(value) || is_failed_test(value))
		return value;
	if (value->kind != TERM_FRESH || c->fr->f->ret != RET_INT)
		return NULL;
	fact_range(w, value, &low, &high);
	if (low >= 0 || high < 0)
		return NULL;
	return term_op(c->t, OP_LT, value, term_const(c->t, 0), NULL);
}

void leave(struct checker *c, struct world *w, const struct term *value,
	   struct loc loc)
{
	const struct term *cond;
	struct world *fork;
	struct trail *t;

	value = as_errno(c, value);
	cond = open_question(c, w, value);
	if (!cond) {
		leave_by(c, w, value, loc);
		return;
	}
	fork = world_copy(c->fr->scratch, w, c->fr->fl);
	if (fact_assume(c->t, c->fr->scratch, fork, cond, true)) {
		t = trail_add(c, fork, TRAIL_BRANCH, loc, NULL, NULL, NULL);
		t->term = cond;
		t->truth = true;
		settle(c, fork);
		leave_by(c, fork, value, loc);
	}
	if (fact_assume(c->t, c->fr->scratch, w, cond, false)) {
		settle(c, w);
		leave_by(c, w, value, loc);
	}
}

static void report_leak(struct checker *c, const struct leak *l,
			enum confidence conf)
{
	struct report rep = {
		.rule = "dma-leak-error-path", .confidence = conf,
		.function = l->function, .loc = l->loc,
		.api = l->m->api->name, .noun = family_noun(l->m->api),
		.origin = l->origin, .trail = l->trail,
		.last = l->quiet ? "returns here without releasing it" :
			"returns an error here without releasing it",
	};
	struct owned o = { .m = l->m };

	rep.place = l->holder && l->holder->kind != TERM_PARAM ?
		    place_name(c->a, c->fr->f, l->holder) :
		    owned_place(c, &o, NULL);
	report(c, &rep);
}

static enum confidence at_most(enum confidence a, enum confidence b)
{
	return a < b ? a : b;
}

/*
 * Who would release it? Only locals knew it: nobody. It is in an object of
 * the caller: the function itself does so on another path (then this one
 * forgot), or nobody because a failure here is final. One of several acquires
 * fails in a function that others call: they rarely know of the first.
 * Otherwise the callers decide, in this unit by its summary.
 */
static void judge_leak(struct checker *c, const struct leak *l)
{
	const struct frame *fr = c->fr;
	unsigned int self = fr->index, i;
	enum confidence conf = CONF_HIGH;
	bool exemplar = false;

	/* On success somebody else may go on with it, unless it is released
	 * here on success too. */
	for (i = 0; i < fr->nexits; i++)
		if (fr->exits[i].origin == l->origin)
			exemplar |= l->quiet ?
				fr->exits[i].released_quiet & l->quiet :
				fr->exits[i].released;
	if (fr->reason || l->m->in_loop || l->quiet)
		conf = CONF_MEDIUM;
	if (l->quiet && !exemplar)
		return;
	/* Who can reach the holder may release it under a condition that
	 * cannot be seen here. */
	if (l->holder)
		conf = CONF_MEDIUM;
	if (l->holder && !l->object) {
		if (c->entry[self])
			conf = at_most(conf, exemplar ? CONF_HIGH :
				       CONF_MEDIUM);
		else if (exemplar || (l->sibling && !c->called[self]))
			conf = at_most(conf, CONF_MEDIUM);
		else
			return;
	}
	if (l->m->imported && !exemplar && !c->entry[self])
		conf = at_most(conf, CONF_MEDIUM);
	report_leak(c, l, conf);
}

void judge_leaks(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->fr->nleaks; i++)
		judge_leak(c, &c->fr->leak[i]);
}
