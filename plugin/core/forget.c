/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a world need not know any longer: worlds that differ only in that are
 * one, and few worlds are what makes a walk end.
 */
#include <string.h>
#include "checker.h"
#include "outcome.h"

/* Terms that somebody knows; may say yes too often. */
#define NAMES 16384
struct known {
	uint64_t bits[NAMES / 64];
};

static void add_name(struct known *k, const struct term *x)
{
	k->bits[x->id % NAMES / 64] |= 1ull << (x->id % 64);
}

static bool is_name(const struct known *k, const struct term *x)
{
	return k->bits[x->id % NAMES / 64] >> (x->id % 64) & 1;
}

/* The fresh values in it. */
static void know(struct known *k, const struct term *x)
{
	unsigned int i;

	if (!x->has_fresh)
		return;
	if (x->kind == TERM_FRESH)
		add_name(k, x);
	for (i = 0; i < x->nargs; i++)
		know(k, x->arg[i]);
}

/* In a register, in memory, as what names a mapping. */
static void know_world(struct known *k, const struct world *w)
{
	const struct term *key;
	unsigned int i, n;

	memset(k, 0, sizeof(*k));
	for (i = 0; i < w->nregs; i++)
		if (w->reg[i])
			know(k, w->reg[i]);
	for (i = 0; i < w->ncells; i++) {
		know(k, w->cell[i].addr);
		know(k, w->cell[i].value);
	}
	for (i = 0; i < w->nowned; i++)
		for (n = 0; is_live(&w->owned[i]) && n < MAPPING_KEYS; n++) {
			key = mapping_key(w->owned[i].m, n);
			if (key && key->kind == TERM_FRESH)
				know(k, key);
		}
}

/* By anything that is said of a mapping, whatever became of it. */
static void know_mappings(struct known *k, const struct world *w)
{
	unsigned int i, n;

	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];

		for (n = 0; n < ROLE_MAX; n++)
			if (o->m->role[n])
				know(k, o->m->role[n]);
		for (n = 0; n < o->nholders; n++)
			know(k, o->holder[n]);
	}
}

/* Every fresh value in @x is still known; *@any: there is one. */
static bool fresh_known(const struct known *k, const struct term *x, bool *any)
{
	unsigned int i;

	if (!x->has_fresh)
		return true;
	if (x->kind == TERM_FRESH) {
		*any = true;
		return is_name(k, x);
	}
	for (i = 0; i < x->nargs; i++)
		if (!fresh_known(k, x->arg[i], any))
			return false;
	return true;
}

static bool in_register(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nregs; i++)
		if (w->reg[i] && term_contains(w->reg[i], x))
			return true;
	return false;
}

static bool fact_matters(const struct frame *fr, const struct world *w,
			 const struct known *k, unsigned int block,
			 const struct fact *f)
{
	bool any = false;

	if (!fresh_known(k, f->x, &any))
		return false;
	return any || f->keep ||
	       relevance_ahead(fr->relevance, block, f->x) ||
	       in_register(w, f->x);
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

/* The terms that name mappings; may say yes too often. */
static void know_keys(struct known *k, const struct world *w)
{
	const struct term *key;
	unsigned int i, n;

	memset(k, 0, sizeof(*k));
	for (i = 0; i < w->nowned; i++)
		for (n = 0; n < MAPPING_KEYS; n++) {
			key = mapping_key(w->owned[i].m, n);
			if (key && key->kind != TERM_CONST)
				add_name(k, key);
		}
}

static bool has_name(const struct known *k, const struct term *x)
{
	unsigned int i;

	if (is_name(k, x))
		return true;
	for (i = 0; i < x->nargs; i++)
		if (has_name(k, x->arg[i]))
			return true;
	return false;
}

/* Is it worth knowing what the cell holds? */
static bool cell_matters(const struct checker *ck, const struct world *w,
			 const struct known *keys, unsigned int block,
			 const struct cell *c)
{
	unsigned int k;

	if (c->region || relevance_ahead(ck->fr->relevance, block, c->addr))
		return true;
	if (!place_is_local(c->addr) && is_guard(ck, c->addr))
		return true;
	if (!place_is_local(c->addr) &&
	    (c->value->kind == TERM_CONST || is_given(c->value)))
		return true;
	if (!w->nowned || !has_name(keys, c->value))
		return false;
	for (k = 0; k < w->nowned; k++)
		if (mapping_has(w->owned[k].m, c->value))
			return true;
	return false;
}

/* What a place holds that was written, nobody knows with what. */
static const struct term *written(struct checker *c, const struct cell *cell)
{
	const struct term *old = cell->value;
	int64_t site = -2000 - (int64_t)cell->addr->id;

	if (old->kind == TERM_FRESH && old->value == site && !old->extra &&
	    !strcmp(old->name, "written"))
		return old;
	return term_fresh(c->t, "written", site, 0);
}

/*
 * A value that nothing ahead reads, and that keeps no mapping, becomes one
 * that is the same in all worlds: that the place was written is remembered.
 */
static void forget_cells(struct checker *c, struct world *w,
			 unsigned int block)
{
	struct known keys;
	unsigned int i;

	know_keys(&keys, w);
	for (i = 0; i < w->ncells; i++)
		if (!cell_matters(c, w, &keys, block, &w->cell[i]))
			w->cell[i].value = written(c, &w->cell[i]);
}

static void drop_facts(const struct frame *fr, struct world *w,
		       const struct known *k, unsigned int block)
{
	unsigned int i, n = 0;

	for (i = 0; i < w->nfacts; i++)
		if (fact_matters(fr, w, k, block, &w->fact[i]))
			w->fact[n++] = w->fact[i];
	w->nfacts = n;
}

/* Objects that nobody knows any more: others may have them, or be rid of
 * them, but nothing can be said of them here. */
static unsigned int drop_objects(const struct known *k,
				 const struct term **list, unsigned int count)
{
	unsigned int i, n = 0;
	bool any;

	for (i = 0; i < count; i++)
		if (fresh_known(k, list[i], &any))
			list[n++] = list[i];
	return n;
}

static bool is_named(const struct known *k, const struct owned *o)
{
	unsigned int i;
	bool any;

	for (i = 0; i < MAPPING_KEYS; i++) {
		const struct term *key = mapping_key(o->m, i);

		if (key && key->kind != TERM_CONST && fresh_known(k, key, &any))
			return true;
	}
	return false;
}

static bool has_release(const struct world *w, const struct owned *o)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		if (same_release(&w->owned[i], o))
			return true;
	return false;
}

/* What was released for others by names that are forgotten: one is enough. */
static void drop_releases(struct world *w, const struct known *k)
{
	unsigned int i, n = w->nowned;

	w->nowned = 0;
	for (i = 0; i < n; i++) {
		struct owned o = w->owned[i];

		if (o.m->origin || o.state != STATE_RELEASED ||
		    is_named(k, &o) || !has_release(w, &o))
			w->owned[w->nowned++] = o;
	}
}

void forget(struct checker *c, struct world *w, unsigned int block)
{
	struct known k;

	forget_cells(c, w, block);
	know_world(&k, w);
	drop_facts(c->fr, w, &k, block);
	drop_releases(w, &k);
	know_mappings(&k, w);
	w->nescaped = drop_objects(&k, w->escaped, w->nescaped);
	w->nfreed = drop_objects(&k, w->freed, w->nfreed);
	w->nkept = drop_objects(&k, w->kept, w->nkept);
}
