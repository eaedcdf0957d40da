/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a world need not know any longer: worlds that differ only in that are
 * one, and few worlds are what makes a walk end.
 */
#include "checker.h"

static bool in_register(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nregs; i++)
		if (w->reg[i] && term_contains(w->reg[i], x))
			return true;
	return false;
}

/* Is the value still known to somebody: register, memory, mapping? */
static bool is_known(const struct world *w, const struct term *x)
{
	unsigned int i;

	if (in_register(w, x))
		return true;
	for (i = 0; i < w->ncells; i++)
		if (term_contains(w->cell[i].value, x) ||
		    term_contains(w->cell[i].addr, x))
			return true;
	for (i = 0; i < w->nowned; i++)
		if (is_live(&w->owned[i]) && mapping_has(w->owned[i].m, x))
			return true;
	return false;
}

/* Every fresh value in @x is still known; *@any: there is one. */
static bool fresh_known(const struct world *w, const struct term *x, bool *any)
{
	unsigned int i;

	if (x->kind == TERM_FRESH) {
		*any = true;
		return is_known(w, x);
	}
	for (i = 0; i < x->nargs; i++)
		if (!fresh_known(w, x->arg[i], any))
			return false;
	return true;
}

static bool fact_matters(const struct frame *fr, const struct world *w,
			 unsigned int block, const struct fact *f)
{
	bool any = false;

	if (!fresh_known(w, f->x, &any))
		return false;
	return any || f->keep || in_register(w, f->x) ||
	       relevance_ahead(fr->relevance, block, f->x);
}

/* Is it, or is it computed from, what the caller gave? */
static bool is_given(const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_PARAM)
		return true;
	if (x->kind == TERM_LOAD && x->value)
		return false;
	for (i = 0; (x->kind == TERM_OP || x->kind == TERM_LOAD ||
		     x->kind == TERM_FIELD) && i < x->nargs; i++)
		if (is_given(x->arg[i]))
			return true;
	return false;
}

/* Is it worth knowing what the cell holds? */
static bool cell_matters(const struct checker *ck, const struct world *w,
			 unsigned int block, const struct cell *c)
{
	unsigned int k;

	if (c->region || relevance_ahead(ck->fr->relevance, block, c->addr))
		return true;
	if (c->value->kind == TERM_FRESH && !place_is_local(c->addr) &&
	    is_guard(ck, c->addr))
		return true;
	if (!place_is_local(c->addr) &&
	    (c->value->kind == TERM_CONST || is_given(c->value)))
		return true;
	for (k = 0; k < w->nowned; k++)
		if (mapping_has(w->owned[k].m, c->value))
			return true;
	return false;
}

/*
 * A value that nothing ahead reads, and that keeps no mapping, becomes one
 * that is the same in all worlds: that the place was written is remembered.
 */
static void forget_cells(struct checker *c, struct world *w,
			 unsigned int block)
{
	unsigned int i;

	for (i = 0; i < w->ncells; i++)
		if (!cell_matters(c, w, block, &w->cell[i]))
			w->cell[i].value = term_fresh(c->t, "written", -2000 -
				(int64_t)w->cell[i].addr->id, 0);
}

static void drop_facts(const struct frame *fr, struct world *w,
		       unsigned int block)
{
	unsigned int i, n = 0;

	for (i = 0; i < w->nfacts; i++)
		if (fact_matters(fr, w, block, &w->fact[i]))
			w->fact[n++] = w->fact[i];
	w->nfacts = n;
}

void forget(struct checker *c, struct world *w, unsigned int block)
{
	forget_cells(c, w, block);
	drop_facts(c->fr, w, block);
}

void coarsen(struct world *w)
{
	unsigned int i, n = 0;

	for (i = 0; i < w->nfacts; i++) {
		unsigned int k;

		for (k = 0; k < w->nowned; k++)
			if (mapping_has(w->owned[k].m, w->fact[i].x))
				break;
		if (k < w->nowned)
			w->fact[n++] = w->fact[i];
	}
	w->nfacts = n;
	for (i = 0; i < w->nowned; i++)
		w->owned[i].uncertain = true;
}
