/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One outcome of a function: what its caller can see of the world at a
 * return, in terms that mean the same to both.
 */
#include <string.h>
#include "leave.h"
#include "outcome.h"

#define FACTS 12
#define CELLS 48
#define FAR 3			/* pointers */
#define LONG 64			/* nodes of a name */

/* Is the term made of what the function got: parameters, memory, globals? */
static bool from_entry(const struct term *x)
{
	unsigned int i;

	switch (x->kind) {
	case TERM_FRESH:
	case TERM_LOCAL:
	case TERM_UNKNOWN:
	case TERM_REG:
		return false;
	case TERM_LOAD:
		return !x->value && from_entry(x->arg[0]);
	default:
		for (i = 0; i < x->nargs; i++)
			if (!from_entry(x->arg[i]))
				return false;
		return true;
	}
}

static bool mentions_local(const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_LOCAL || x->kind == TERM_UNKNOWN)
		return true;
	for (i = 0; i < x->nargs; i++)
		if (mentions_local(x->arg[i]))
			return true;
	return false;
}

static bool outcome_mentions(const struct outcome *o, const struct term *x)
{
	unsigned int i;

	if (o->ret && term_contains(o->ret, x))
		return true;
	for (i = 0; i < o->nowned; i++)
		if (mapping_has(o->owned[i].m, x))
			return true;
	for (i = 0; i < o->ncells; i++)
		if (term_contains(o->cell[i].value, x))
			return true;
	return false;
}

/* Can the caller name what was released? */
static bool keep_release(struct owned *o)
{
	bool visible = false;
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(o->m, k);

		if (key && !from_entry(key))
			o->maybe_released = true;
		visible |= key && !mentions_local(key);
	}
	return visible;
}

/* Are many pointers followed from what the caller gave to get there? */
static bool is_far(const struct term *addr)
{
	const struct term *obj = place_object(addr);
	unsigned int n = 0;

	for (; obj->kind == TERM_LOAD; obj = place_object(obj->arg[0]))
		n++;
	return n >= FAR || addr->size > LONG;
}

static bool has_name(const struct term *x)
{
	return place_root(x)->kind != TERM_FRESH && !is_far(x);
}

/* Can the caller tell the two keys apart? */
static bool same_key(const struct term *x, const struct term *y)
{
	if (x == y)
		return true;
	if (!x || !y || x->kind != y->kind || has_name(x) || has_name(y))
		return false;
	if (x->kind == TERM_FRESH)
		return x->name == y->name;
	return x->kind == TERM_LOAD &&
	       place_same_member(x->arg[0], y->arg[0]);
}

bool same_release(const struct owned *a, const struct owned *b)
{
	unsigned int k;

	if (a->m->origin || b->m->origin || a->m->api != b->m->api ||
	    a->state != b->state || a->m->in_loop != b->m->in_loop)
		return false;
	for (k = 0; k < MAPPING_KEYS; k++)
		if (!same_key(mapping_key(a->m, k), mapping_key(b->m, k)))
			return false;
	return true;
}

/*
 * Some release of such a thing by a name that the caller does not have, or
 * something of one acquire of which nothing is said any more: once is enough.
 */
bool outcome_says(const struct outcome *o, const struct owned *one)
{
	unsigned int i;

	for (i = 0; one->maybe_released && i < o->nowned; i++) {
		const struct owned *mine = &o->owned[i];

		if (mine->maybe_released && same_release(mine, one))
			return true;
		if (one->uncertain && mine->uncertain && one->m->origin &&
		    mine->maybe_released && one->state == mine->state &&
		    one->m->origin == mine->m->origin) {
			leftover_join(mine->left, one->left, false);
			return true;
		}
	}
	return false;
}

/* Can the caller reach what was acquired: by a place, a key, the result? */
static bool keep_acquire(const struct outcome *out, struct owned *o)
{
	bool visible = false;
	unsigned int k, n = 0;

	for (k = 0; k < o->nholders; k++)
		if (!mentions_local(o->holder[k]))
			o->holder[n++] = o->holder[k];
	o->nholders = n;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(o->m, k);

		visible |= key && ((out->ret && key->kind != TERM_CONST &&
				    term_contains(out->ret, key)) ||
				   from_entry(key));
	}
	return n || visible;
}

static void keep_owned(struct checker *c, struct outcome *o,
		       const struct world *w)
{
	unsigned int i;

	o->owned = arena_alloc(c->fr->keep,
			       (w->nowned + 1) * sizeof(*o->owned));
	for (i = 0; i < w->nowned; i++) {
		struct owned *to = &o->owned[o->nowned];

		*to = w->owned[i];
		if (!to->m->origin && to->state == STATE_RELEASED)
			o->nowned += keep_release(to) && !outcome_says(o, to);
		else if (is_live(to))
			o->nowned += keep_acquire(o, to) &&
				     !outcome_says(o, to);
	}
}

static bool keeps_owned(const struct outcome *o, const struct term *value)
{
	unsigned int i;

	for (i = 0; i < o->nowned; i++)
		if (mapping_has(o->owned[i].m, value))
			return true;
	return false;
}

static bool keeps_cell(const struct outcome *o, const struct cell *cell)
{
	return !mentions_local(cell->addr) && !mentions_local(cell->value) &&
	       (!is_far(cell->addr) || keeps_owned(o, cell->value));
}

/*
 * Where there are too many, what decides on releases is kept first; but in the
 * order of the world, as one that is a region undoes those before it.
 */
static void keep_cells(struct checker *c, struct outcome *o,
		       const struct world *w)
{
	unsigned int i, guards = 0, others = 0;

	for (i = 0; i < w->ncells; i++)
		guards += keeps_cell(o, &w->cell[i]) &&
			  is_guard(c, w->cell[i].addr);
	if (guards < CELLS)
		others = CELLS - guards;
	o->cell = arena_alloc(c->fr->keep, (w->ncells + 1) * sizeof(*o->cell));
	for (i = 0; i < w->ncells && o->ncells < CELLS; i++) {
		const struct cell *cell = &w->cell[i];

		if (!keeps_cell(o, cell))
			continue;
		if (!is_guard(c, cell->addr) && !others)
			continue;
		others -= !is_guard(c, cell->addr);
		o->cell[o->ncells++] = *cell;
	}
}

/* Memory that a loop counts in: only its first rounds were walked. */
static bool is_counter(const struct frame *fr, const struct term *x)
{
	unsigned int l, i;

	for (l = 0; x->kind == TERM_LOAD && l < fr->fl->nloops; l++)
		if (loop_stores(&fr->releases[l], x->arg[0]))
			return true;
	for (i = 0; i < x->nargs; i++)
		if (is_counter(fr, x->arg[i]))
			return true;
	return false;
}

/* Is the fact one that the caller can use? */
static bool is_told(const struct frame *fr, const struct outcome *o,
		    const struct fact *f)
{
	if (is_counter(fr, f->x))
		return false;
	return (f->keep && from_entry(f->x)) ||
	       (!mentions_local(f->x) && outcome_mentions(o, f->x));
}

static void keep_facts(struct checker *c, struct outcome *o,
		       const struct world *w)
{
	unsigned int i;

	o->fact = arena_alloc(c->fr->keep, (w->nfacts + 1) * sizeof(*o->fact));
	for (i = 0; i < w->nfacts && o->nfacts < FACTS; i++)
		if (o->ret && w->fact[i].x == o->ret)
			o->fact[o->nfacts++] = w->fact[i];
	for (i = 0; i < w->nfacts && o->nfacts < FACTS; i++)
		if (w->fact[i].x != o->ret && is_told(c->fr, o, &w->fact[i]))
			o->fact[o->nfacts++] = w->fact[i];
}

/* What the function made itself, the caller knows only by what it is left;
 * what is far from what it gave, others had before. */
static bool is_named(const struct outcome *o, const struct term *obj)
{
	return !is_far(obj) && !mentions_local(obj) &&
	       (place_root(obj)->kind != TERM_FRESH ||
		outcome_mentions(o, place_root(obj)));
}

static void keep_terms(struct checker *c, const struct outcome *o,
		       const struct term ***to, unsigned int *n,
		       const struct term **from, unsigned int count)
{
	unsigned int i;

	*to = arena_alloc(c->fr->keep, (count + 1) * sizeof(**to));
	for (i = 0; i < count; i++)
		if (is_named(o, from[i]))
			(*to)[(*n)++] = from[i];
}

static void result_range(struct checker *c, const struct world *w,
			 const struct term *value, struct fact *range)
{
	int truth = fact_truth(c->t, w, value);

	*range = (struct fact){ .x = value };
	fact_range(w, value, &range->low, &range->high);
	range->not_zero = fact_not_zero(w, value);
	if (term_is_bool(value) && truth >= 0)
		range->low = range->high = truth;
}

/*
 * A pointer that comes with something that was acquired, and is no error, is
 * neither NULL nor an ERR_PTR().
 */
static void pointer_range(const struct checker *c, struct outcome *o)
{
	unsigned int i;

	if (c->fr->f->ret != RET_POINTER || o->error ||
	    o->range.high != INT64_MAX)
		return;
	for (i = 0; i < o->nowned; i++)
		if (o->owned[i].m->origin && is_live(&o->owned[i]) &&
		    o->owned[i].state != STATE_UNCHECKED)
			o->range.not_zero = o->range.not_err = true;
	if (o->range.not_err && o->ret && o->ret->vague)
		o->ret = NULL;
}

struct outcome outcome_of(struct checker *c, const struct world *w,
			  const struct term *value)
{
	struct outcome o = { .failed = w->failed, .left = w->left,
			     .wait = w->wait, .timed_out = w->timed_out };

	if (value) {
		result_range(c, w, value, &o.range);
		if (!mentions_local(value))
			o.ret = value;
		o.error = is_error(c, w, value);
	}
	keep_owned(c, &o, w);
	if (value)
		pointer_range(c, &o);
	keep_cells(c, &o, w);
	keep_facts(c, &o, w);
	keep_terms(c, &o, &o.escaped, &o.nescaped, w->escaped, w->nescaped);
	keep_terms(c, &o, &o.freed, &o.nfreed, w->freed, w->nfreed);
	return o;
}

static void *keep_array(struct checker *c, const void *from, size_t n,
			size_t size)
{
	void *to = arena_alloc(c->a, (n + 1) * size);

	if (n)
		memcpy(to, from, n * size);
	return to;
}

struct outcome outcome_keep(struct checker *c, const struct outcome *o)
{
	struct outcome k = *o;
	unsigned int i;

	k.fact = keep_array(c, o->fact, o->nfacts, sizeof(*o->fact));
	k.owned = keep_array(c, o->owned, o->nowned, sizeof(*o->owned));
	k.cell = keep_array(c, o->cell, o->ncells, sizeof(*o->cell));
	k.escaped = keep_array(c, o->escaped, o->nescaped,
			       sizeof(*o->escaped));
	k.freed = keep_array(c, o->freed, o->nfreed, sizeof(*o->freed));
	for (i = 0; i < k.nowned; i++)
		k.owned[i].released = trail_save(c, k.owned[i].released, 1);
	return k;
}

bool outcomes_apart(const struct outcome *x, const struct outcome *y)
{
	const struct fact *a = &x->range, *b = &y->range;

	if (!a->x || !b->x)
		return false;
	return a->high < b->low || b->high < a->low ||
	       (a->not_zero && !b->low && !b->high) ||
	       (b->not_zero && !a->low && !a->high);
}

bool outcome_moves(const struct outcome *o, const struct mapping *m)
{
	unsigned int i;

	for (i = 0; i < o->nowned; i++)
		if (o->owned[i].m == m)
			return true;
	return false;
}

bool outcome_leaves(const struct outcome *o)
{
	unsigned int i;

	for (i = 0; i < o->nowned; i++)
		if (o->owned[i].left && !o->owned[i].maybe_released)
			return true;
	return false;
}
