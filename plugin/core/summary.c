/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Summaries: what a function does to places its caller can name, split by
 * outcome. Without the split "if (helper(p)) goto err" cannot be understood.
 */
#include <stdlib.h>
#include <string.h>
#include "checker.h"
#include "outcome.h"

#define OUTCOMES 20		/* kept apart; more are merged */
/* Where files are linked, of those that move the same. */
#define FREE_OUTCOMES 4

static const struct owned *owned_in(const struct outcome *o,
				    const struct mapping *m)
{
	unsigned int i;

	for (i = 0; i < o->nowned; i++)
		if (o->owned[i].m == m)
			return &o->owned[i];
	return NULL;
}

static bool same_effects(const struct outcome *a, const struct outcome *b)
{
	unsigned int i;

	if (a->nowned != b->nowned || a->nfreed != b->nfreed ||
	    a->wait != b->wait || a->timed_out != b->timed_out)
		return false;
	if (a->nowned && a->nescaped != b->nescaped)
		return false;
	for (i = 0; i < a->nowned; i++) {
		const struct owned *o = owned_in(b, a->owned[i].m);

		if (!o || o->state != a->owned[i].state ||
		    o->maybe_released != a->owned[i].maybe_released)
			return false;
	}
	return true;
}

static bool same_cells(const struct outcome *a, const struct outcome *b)
{
	unsigned int i, k;

	if (a->ncells != b->ncells)
		return false;
	for (i = 0; i < a->ncells; i++) {
		for (k = 0; k < b->ncells; k++)
			if (a->cell[i].addr == b->cell[k].addr &&
			    a->cell[i].value == b->cell[k].value)
				break;
		if (k == b->ncells)
			return false;
	}
	return true;
}

static int result_class(const struct outcome *o)
{
	if (!o->range.x)
		return 0;
	if (o->error)
		return 1;
	if (o->range.low == 0 && o->range.high == 0)
		return 2;
	return o->range.low > 0 || o->range.not_zero ? 3 : 4;
}

static bool may_merge(const struct outcome *a, const struct outcome *b,
		      int level)
{
	if (result_class(a) != result_class(b) || a->failed != b->failed)
		return false;
	if (level < 2 && a->ret != b->ret && !(a->error && b->error))
		return false;
	if (level < 3 && !same_effects(a, b))
		return false;
	return level > 0 || same_cells(a, b);
}

static void merge_facts(struct outcome *to, const struct outcome *from)
{
	unsigned int i, k, n = 0;

	for (i = 0; i < to->nfacts; i++) {
		struct fact *f = &to->fact[i];

		for (k = 0; k < from->nfacts; k++)
			if (from->fact[k].x == f->x)
				break;
		if (k == from->nfacts)
			continue;
		if (from->fact[k].low < f->low)
			f->low = from->fact[k].low;
		if (from->fact[k].high > f->high)
			f->high = from->fact[k].high;
		f->not_zero &= from->fact[k].not_zero;
		f->not_err &= from->fact[k].not_err;
		to->fact[n++] = *f;
	}
	to->nfacts = n;
}

static bool has_term(const struct term *const *set, unsigned int n,
		     const struct term *x)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (set[i] == x)
			return true;
	return false;
}

/* The parameter that the value is, or is packed from: "len << 48 | addr". */
static const struct term *packed_param(const struct term *x)
{
	const struct term *p = NULL;
	unsigned int i;

	if (x->kind == TERM_PARAM)
		return x;
	if (x->kind != TERM_OP || x->op < OP_SHL || x->op > OP_XOR)
		return x->kind == TERM_OP && x->op == OP_TRUNC ?
		       packed_param(x->arg[0]) : NULL;
	for (i = 0; i < x->nargs && !p; i++)
		p = packed_param(x->arg[i]);
	return p;
}

/* The value was stored, and where that was is no longer known. */
static void note_stored(struct checker *c, struct outcome *o,
			const struct term *value)
{
	const struct term *p = packed_param(value), **all;

	if (!p || has_term(o->escaped, o->nescaped, p))
		return;
	all = arena_alloc(c->fr->keep, (o->nescaped + 1) * sizeof(*all));
	if (o->nescaped)
		memcpy(all, o->escaped, o->nescaped * sizeof(*all));
	all[o->nescaped++] = p;
	o->escaped = all;
}

/* A place that the two leave different has a value nobody knows. */
static void merge_cells(struct checker *c, struct outcome *to,
			const struct outcome *from)
{
	unsigned int i, k;

	for (i = 0; i < to->ncells; i++) {
		struct cell *cell = &to->cell[i];

		for (k = 0; k < from->ncells; k++)
			if (from->cell[k].addr == cell->addr)
				break;
		if (k < from->ncells && from->cell[k].value == cell->value)
			continue;
		note_stored(c, to, cell->value);
		if (k < from->ncells)
			note_stored(c, to, from->cell[k].value);
		cell->value = term_fresh(c->t, "merged", -cell->addr->id, 0);
	}
}

static const struct term *cell_value(const struct outcome *o,
				     const struct term *addr)
{
	unsigned int i;

	for (i = 0; i < o->ncells; i++)
		if (o->cell[i].addr == addr)
			return o->cell[i].value;
	return NULL;
}

/* Is it where it was in both, so that callers find it there or do not? */
static bool same_place(const struct outcome *to, const struct owned *a,
		       const struct outcome *from, const struct owned *b)
{
	unsigned int i;

	if (a->nholders != b->nholders)
		return false;
	for (i = 0; i < a->nholders; i++)
		if (a->holder[i] != b->holder[i] ||
		    cell_value(to, a->holder[i]) !=
		    cell_value(from, a->holder[i]))
			return false;
	return a->nholders > 0 && !a->uncertain && !b->uncertain;
}

static void merge_owned(struct checker *c, struct outcome *to,
			const struct outcome *from)
{
	struct owned *all = arena_alloc(c->fr->keep,
					(to->nowned + from->nowned + 1) *
					sizeof(*all));
	unsigned int i, n = to->nowned;

	if (n)
		memcpy(all, to->owned, n * sizeof(*all));
	for (i = 0; i < n; i++) {
		const struct owned *o = owned_in(from, all[i].m);

		if (o)
			leftover_join(all[i].left, o->left,
				      same_place(to, &all[i], from, o));
		else
			all[i].maybe_released = all[i].uncertain = true;
	}
	for (i = 0; i < from->nowned; i++) {
		if (owned_in(to, from->owned[i].m))
			continue;
		all[n] = from->owned[i];
		all[n].uncertain = true;
		all[n++].maybe_released = true;
	}
	to->owned = all;
	to->nowned = 0;
	for (i = 0; i < n; i++) {
		struct owned one = all[i];

		if (!outcome_says(to, &one))
			all[to->nowned++] = one;
	}
}

/*
 * Whom one of the two lets out, the caller no longer has for itself. What
 * was loaded from elsewhere the caller had not for itself before.
 */
static void merge_escaped(struct checker *c, struct outcome *to,
			  const struct outcome *from)
{
	const struct term **all;
	unsigned int i;

	all = arena_alloc(c->fr->keep, (to->nescaped + from->nescaped + 1) *
			  sizeof(*all));
	if (to->nescaped)
		memcpy(all, to->escaped, to->nescaped * sizeof(*all));
	for (i = 0; i < from->nescaped; i++)
		if (from->escaped[i]->kind != TERM_LOAD &&
		    !has_term(all, to->nescaped, from->escaped[i]))
			all[to->nescaped++] = from->escaped[i];
	to->escaped = all;
}

static void merge_outcome(struct checker *c, struct outcome *to,
			  const struct outcome *from)
{
	if (to->ret != from->ret)
		to->ret = NULL;
	if (from->range.low < to->range.low)
		to->range.low = from->range.low;
	if (from->range.high > to->range.high)
		to->range.high = from->range.high;
	to->range.not_zero &= from->range.not_zero;
	if (to->wait != from->wait)
		to->wait = NULL;
	to->left |= from->left;
	merge_facts(to, from);
	merge_cells(c, to, from);
	merge_owned(c, to, from);
	merge_escaped(c, to, from);
}

static void merge_outcomes(struct checker *c, struct summary *s, int level)
{
	unsigned int i, k, n = 0;

	for (i = 0; i < s->noutcomes; i++) {
		for (k = 0; k < n; k++)
			if (may_merge(&s->outcome[k], &s->outcome[i], level))
				break;
		if (k < n)
			merge_outcome(c, &s->outcome[k], &s->outcome[i]);
		else
			s->outcome[n++] = s->outcome[i];
	}
	s->noutcomes = n;
}

static void add_owned(struct checker *c, struct outcome *o, struct owned one)
{
	struct owned *more = arena_alloc(c->fr->keep, (o->nowned + 1) *
					 sizeof(*more));

	if (o->nowned)
		memcpy(more, o->owned, o->nowned * sizeof(*more));
	one.maybe_released = true;
	more[o->nowned] = one;
	o->owned = more;
	o->nowned++;
}

/* The loops that @block is in, as a set. */
static uint64_t loops_around(const struct flow *fl, unsigned int block)
{
	uint64_t set = 0;
	unsigned int l;

	for (l = 0; l < fl->nloops; l++)
		if (fl->in[l][block])
			set |= 1ull << (l % 64);
	return set;
}

static void spread_release(struct checker *c, struct summary *s,
			   const struct frame *fr, struct owned *o)
{
	uint64_t loops = loops_around(fr->fl, o->m->block);
	unsigned int i;

	o->maybe_released = true;
	for (i = 0; i < s->noutcomes; i++)
		if ((s->outcome[i].left & loops) &&
		    !owned_in(&s->outcome[i], o->m))
			add_owned(c, &s->outcome[i], *o);
}

/*
 * A release in a loop may have happened on every way that passes the loop:
 * the number of rounds is not known to the caller.
 */
static void spread_loops(struct checker *c, struct summary *s,
			 const struct frame *fr)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++) {
			struct owned *o = &s->outcome[i].owned[k];

			if (o->state == STATE_RELEASED && o->m->in_loop)
				spread_release(c, s, fr, o);
		}
}

static bool acquires(const struct outcome *o)
{
	unsigned int i;

	for (i = 0; !o->failed && i < o->nowned; i++)
		if (is_live(&o->owned[i]))
			return true;
	return false;
}

/*
 * Can the caller tell by the result that an acquire failed: is what is
 * returned then different from what is returned when all is well?
 */
static bool tells_failure(const struct summary *s)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; s->outcome[i].failed && k < s->noutcomes; k++)
			if (acquires(&s->outcome[k]) &&
			    outcomes_apart(&s->outcome[i], &s->outcome[k]))
				return true;
	return false;
}

static void keep_outcomes(struct checker *c, struct summary *s)
{
	struct outcome *o = arena_alloc(c->a, (s->noutcomes + 1) * sizeof(*o));
	unsigned int i;

	for (i = 0; i < s->noutcomes; i++)
		o[i] = outcome_keep(c, &s->outcome[i]);
	s->outcome = o;
}

struct summary *summary_make(struct checker *c, struct frame *fr)
{
	struct summary *s = arena_alloc(c->a, sizeof(*s));
	unsigned int i, few;
	int level;

	s->function = fr->f;
	s->partial = fr->reason != NULL;
	s->outcome = arena_alloc(fr->keep, (fr->nreturned + 1) *
				 sizeof(*s->outcome));
	for (i = 0; i < fr->nreturned; i++)
		s->outcome[i] = outcome_of(c, fr->returned[i].w,
					   fr->returned[i].value);
	s->noutcomes = fr->nreturned;
	s->fails = tells_failure(s);
	for (i = 0; i < s->noutcomes; i++)
		s->owns |= s->outcome[i].nowned || s->outcome[i].failed;
	spread_loops(c, s, fr);
	/* What one file alone shows, other files must not hide. */
	few = c->u->nsources < 2 ? OUTCOMES : FREE_OUTCOMES;
	for (level = 0; level < 4; level++)
		if (!level || s->noutcomes > (level > 1 ? OUTCOMES : few))
			merge_outcomes(c, s, level);
	keep_outcomes(c, s);
	return s;
}

static const char *owned_word(const struct owned *o)
{
	if (o->state == STATE_RELEASED)
		return o->maybe_released ? "may release" : "releases";
	return o->maybe_released ? "acquires and may release" :
	       o->escaped ? "acquires and passes on" : "acquires";
}

static void print_facts(FILE *out, const struct outcome *o)
{
	unsigned int i;

	for (i = 0; i < o->nfacts; i++) {
		const struct fact *f = &o->fact[i];

		fprintf(out, " if ");
		term_print(out, f->x);
		if (f->low == f->high)
			fprintf(out, " is %lld", (long long)f->low);
		else if (f->not_zero)
			fprintf(out, " is not 0");
		else
			fprintf(out, " in %lld..%lld", (long long)f->low,
				(long long)f->high);
	}
}

const char *summary_text(struct checker *c, const struct summary *s)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *copy;
	unsigned int i, k;

	if (!out)
		return "";
	for (i = 0; i < s->noutcomes; i++) {
		const struct outcome *o = &s->outcome[i];

		fprintf(out, "returns ");
		if (o->ret)
			term_print(out, o->ret);
		else
			fprintf(out, "%s", o->range.x ? "?" : "nothing");
		fprintf(out, "%s", o->error ? " (error)" : "");
		print_facts(out, o);
		fprintf(out, ":");
		for (k = 0; k < o->nowned; k++)
			fprintf(out, " %s %s,", owned_word(&o->owned[k]),
				o->owned[k].nholders ?
				place_name(c->a, s->function,
					   o->owned[k].holder[0]) :
				owned_place(c, &o->owned[k], NULL));
		fprintf(out, "\n");
	}
	fclose(out);
	copy = arena_strdup(c->a, text);
	free(text);
	return copy;
}
