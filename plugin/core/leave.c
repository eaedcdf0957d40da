/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a return leaves behind: is it an error exit, and what is still owned?
 */
#include <string.h>
#include "leave.h"
#include "join.h"

/* Ends of a function that are told apart, whatever is known at each. */
#define RETURNS 32

/* include/uapi/asm-generic/errno*.h */
#define EBUSY 16
#define EINPROGRESS 115
#define EPROBE_DEFER 517		/* include/linux/errno.h */
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

/* "ret == -EINPROGRESS || ret == -EBUSY": whichever it is, it is no error. */
static bool says_pending(const struct checker *c, const struct term *x,
			 const struct term *value, bool truth)
{
	if (x->kind != TERM_OP)
		return false;
	if (x->op == OP_LNOT)
		return says_pending(c, x->arg[0], value, !truth);
	if (x->op == (truth ? OP_OR : OP_AND))
		return says_pending(c, x->arg[0], value, truth) &&
		       says_pending(c, x->arg[1], value, truth);
	return x->op == (truth ? OP_EQ : OP_NE) && x->arg[0] == value &&
	       x->arg[1]->kind == TERM_CONST &&
	       is_pending(c, x->arg[1]->value);
}

static bool known_pending(const struct checker *c, const struct world *w,
			  const struct term *value)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++)
		if (w->fact[i].low == w->fact[i].high &&
		    says_pending(c, w->fact[i].x, value, w->fact[i].low))
			return true;
	return false;
}

/*
 * "if (ret == -ENOSPC) goto unmap; return ret": the error that may be is
 * dealt with, what is left says that it is under way.
 */
static bool is_rest(const struct world *w, const struct term *value)
{
	unsigned int i;

	for (i = 0; i < w->nfacts; i++) {
		const struct fact *f = &w->fact[i];
		const struct term *x = f->x;

		if (x->kind == TERM_OP && x->op == OP_EQ &&
		    x->arg[0] == value && f->high == 0 && f->low == 0 &&
		    x->arg[1]->kind == TERM_CONST && x->arg[1]->value < 0 &&
		    x->arg[1]->value != -EPROBE_DEFER)
			return true;
	}
	return false;
}

/* What is computed or counted is no error number because it is not 0. */
static bool is_count(const struct term *x)
{
	x = term_strip(x);
	return (x->kind == TERM_OP && x->op >= OP_ADD && x->op <= OP_SHRU) ||
	       (x->kind == TERM_FRESH && x->name && !strcmp(x->name, "loop"));
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
	if (known_pending(c, w, value))
		return false;
	switch (c->fr->f->ret) {
	case RET_POINTER:
		/* Where errors are ERR_PTR(), NULL may well be none. */
		if (low == 0 && high == 0)
			return !c->fr->err_ptr;
		return low >= -4095 && (high < 0 ||
		       (high == 0 && fact_not_zero(w, value)));
	case RET_INT:
		/* "if (ret) return ret": not 0 says that it failed. */
		if (high > 0 && low < 0 && fact_not_zero(w, value))
			return !is_count(value);
		/* fall through */
	case RET_HANDLE:
		return high < 0 && !(low == high ? is_pending(c, low) :
				     is_rest(w, value));
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

/* Does the function fail because another acquire of it did? */
static bool is_sibling(const struct checker *c, const struct world *w,
		       const struct owned *o)
{
	const struct origin *mine = o->m->origin;
	unsigned int i;

	if (o->m->api->family->streaming || mine->function != c->fr->f)
		return false;
	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].state == STATE_FAILED &&
		    w->owned[i].m->origin != mine &&
		    w->owned[i].m->origin->function == c->fr->f)
			return true;
	return false;
}

/*
 * Can others reach what is at the address? What an unknown function returned
 * they can, and what is in memory that was mapped if they can reach that.
 */
static bool is_visible(const struct checker *c, const struct world *w,
		       const struct term *addr)
{
	const struct term *obj = place_object(addr);
	unsigned int i, h;

	if (world_escaped(w, addr))
		return true;
	if (obj->kind != TERM_FRESH || is_own_memory(c, obj))
		return false;
	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];

		if (o->m->role[ROLE_CPU] != obj || !o->m->origin)
			continue;
		for (h = 0; h < o->nholders; h++)
			if (world_escaped(w, o->holder[h]))
				return true;
		return o->escaped;
	}
	return true;
}

/* Of what callees passed on, where it was left first. */
static struct leftover *first_left(struct leftover *l)
{
	while (l && l->below)
		l = l->below;
	return l;
}

static void left_behind(struct checker *c, const struct world *w,
			const struct owned *o, struct loc loc,
			unsigned int quiet, const struct term *value)
{
	struct leak l = {
		.origin = o->m->origin, .m = o->m, .loc = loc,
		.trail = w->trail, .function = c->fr->f,
	};
	unsigned int h;

	for (h = 0; h < o->nholders; h++)
		if (is_visible(c, w, o->holder[h]))
			l.holder = o->holder[h];
	if (quiet && (l.holder || o->escaped))
		return;
	/* A request of its own that is under way takes the mapping along. */
	if (l.holder && o->escaped && o->m->api->family->streaming &&
	    is_own_memory(c, place_object(l.holder)))
		return;
	l.quiet = quiet;
	l.mine = o->left && o->left->function == c->fr->f ? o->left : NULL;
	l.left = first_left(l.mine ? l.mine->below : o->left);
	l.sibling = is_sibling(c, w, o);
	l.unwound = unwound_beside(w, o);
	l.undone = has_undone(c, w);
	l.partly = is_partly(w, o);
	l.meant = is_meant(c, w, o) || (l.left && l.left->meant);
	l.meant |= who_knows(c, w, o) > c->entry[c->fr->index] ||
		   (l.left && l.left->known > c->entry[c->fr->index]);
	if (!l.holder)
		l.holder = callers_key(w, o->m);
	if (!l.holder && o->escaped)
		return;
	/* Nothing tells the ends of a void function apart. */
	if (quiet == EXIT_ANY && l.holder)
		return;
	for (h = 0; h < o->nholders && !l.holder; h++) {
		const struct term *obj = place_object(o->holder[h]);

		/* The caller gets the object that keeps it. */
		if (value && obj == place_object(value))
			return;
		if (is_own_memory(c, obj)) {
			l.holder = o->holder[h];
			l.object = true;
		}
	}
	/* A wrong test is a finding of its own; what follows it is noise. */
	if (o->state == STATE_UNCHECKED && l.origin->wrongly_tested)
		return;
	add_leak(c, l);
}

/* The newest acquire that failed on the way. */
static const struct trail *why_failed(struct checker *c, const struct world *w)
{
	const struct trail *t = w->trail;

	while (t && (t->kind != TRAIL_FAIL || t->function != c->fr->f))
		t = t->before;
	return t ? trail_save(c, t, 1) : NULL;
}

/* A callee left it, and this function fails with it at @loc. */
static struct leftover *pass_on(struct checker *c, struct leftover *below,
				struct loc loc)
{
	struct leftover *l = below->above;

	if (l && l->function == c->fr->f && l->loc.line == loc.line &&
	    l->loc.col == loc.col)
		return l;
	l = arena_alloc(c->a, sizeof(*l));
	l->function = c->fr->f;
	l->loc = loc;
	l->below = below;
	below->above = l;
	return l;
}

/* What is owned when a function fails is the caller's from there on. */
static void leave_to_caller(struct checker *c, struct world *w, struct loc loc)
{
	const struct trail *why = why_failed(c, w);
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];
		struct leftover *l;

		if (!o->m->origin || !is_live(o))
			continue;
		if (o->left) {
			o->left = pass_on(c, o->left, loc);
			continue;
		}
		l = arena_alloc(c->a, sizeof(*l));
		l->function = c->fr->f;
		l->loc = loc;
		l->why = why;
		l->place = owned_place(c, o, NULL);
		l->sibling = is_sibling(c, w, o);
		l->meant = is_meant(c, w, o);
		l->known = who_knows(c, w, o);
		o->left = l;
	}
}

/*
 * Does a caller release what its callee left, or somebody it calls? That too
 * many outcomes were merged says neither; nor does it if the caller does not
 * know that anything failed, and goes on to where it releases all it has.
 */
static void note_left(const struct checker *c, const struct owned *o)
{
	bool released = !o->unasked && (!is_live(o) ||
			(o->maybe_released && !o->uncertain));
	struct leftover *l = o->left;

	for (; l && !c->silent; l = l->below)
		if (l->function != c->fr->f) {
			leftover_seen(l)->released |= released;
			leftover_seen(l)->seen |= !released;
		}
}

/* What the summary is made of: where there are many, one for both. */
static void keep_return(struct checker *c, struct world *w,
			const struct term *value, struct loc loc)
{
	struct frame *fr = c->fr;
	const struct term *reg[2] = { value };
	struct world bare = *w;
	uint64_t kin;
	unsigned int i;

	bare.nregs = 1;
	bare.reg = reg;
	kin = world_kin(c, &bare, JOIN_FACTS);
	for (i = 0; fr->nreturned >= RETURNS && i < fr->nreturned; i++)
		if (fr->returned[i].kin == kin) {
			world_join(c, fr->returned[i].w, &bare, 0, JOIN_FACTS);
			fr->joined = true;
			return;
		}
	fr->returned = arena_grow(fr->keep, fr->returned, fr->nreturned,
				  sizeof(*fr->returned));
	fr->returned[fr->nreturned++] = (struct returned){
		world_copy(fr->keep, &bare, fr->fl), value, loc, kin };
}

static void leave_by(struct checker *c, struct world *w,
		     const struct term *value, struct loc loc)
{
	struct frame *fr = c->fr;
	unsigned int quiet = is_error(c, w, value) ? 0 : exit_class(w, value);
	unsigned int i;

	if (!quiet) {
		leave_to_caller(c, w, loc);
		note_dangling(c, w);
	}
	judge_companions(c, w, value, loc);
	keep_return(c, w, value, loc);
	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];

		if (!o->m->origin)
			continue;
		note_left(c, o);
		if (is_live(o) && is_returned(o, value))
			o->m->origin->leaves = true;
		if (o->state == STATE_RELEASED && !o->uncertain)
			note_released(exits_of(fr, c, o->m->origin), quiet);
		if (is_live(o) && quiet && o->nholders && !o->maybe_released &&
		    !o->uncertain)
			o->m->origin->stays = true;
		if (is_live(o) && !o->maybe_released &&
		    !is_returned(o, value) && !o->uncertain &&
		    !o->m->api->family->managed)
			left_behind(c, w, o, loc, quiet, value);
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
