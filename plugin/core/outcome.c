/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One outcome of a function: what its caller can see of the world at a
 * return, in terms that mean the same to both.
 */
#include "checker.h"
#include "leave.h"

#define FACTS 12
#define CELLS 48

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

	o->owned = arena_alloc(c->a, (w->nowned + 1) * sizeof(*o->owned));
	for (i = 0; i < w->nowned; i++) {
		struct owned *to = &o->owned[o->nowned];

		*to = w->owned[i];
		to->released = trail_save(c, to->released, 1);
		if (!to->m->origin && to->state == STATE_RELEASED)
			o->nowned += keep_release(to);
		else if (is_live(to))
			o->nowned += keep_acquire(o, to);
	}
}

static void keep_cells(struct checker *c, struct outcome *o,
		       const struct world *w)
{
	unsigned int i;

	o->cell = arena_alloc(c->a, (w->ncells + 1) * sizeof(*o->cell));
	for (i = 0; i < w->ncells && o->ncells < CELLS; i++) {
		const struct cell *cell = &w->cell[i];

		if (mentions_local(cell->addr) || mentions_local(cell->value))
			continue;
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

	o->fact = arena_alloc(c->a, (w->nfacts + 1) * sizeof(*o->fact));
	for (i = 0; i < w->nfacts && o->nfacts < FACTS; i++)
		if (o->ret && w->fact[i].x == o->ret)
			o->fact[o->nfacts++] = w->fact[i];
	for (i = 0; i < w->nfacts && o->nfacts < FACTS; i++)
		if (w->fact[i].x != o->ret && is_told(c->fr, o, &w->fact[i]))
			o->fact[o->nfacts++] = w->fact[i];
}

static void keep_terms(struct checker *c, const struct term ***to,
		       unsigned int *n, const struct term **from,
		       unsigned int count)
{
	unsigned int i;

	*to = arena_alloc(c->a, (count + 1) * sizeof(**to));
	for (i = 0; i < count; i++)
		if (!mentions_local(from[i]))
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
	keep_cells(c, &o, w);
	keep_facts(c, &o, w);
	keep_terms(c, &o.escaped, &o.nescaped, w->escaped, w->nescaped);
	keep_terms(c, &o.freed, &o.nfreed, w->freed, w->nfreed);
	return o;
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
