/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A buffer is kept in a member of a struct by one function and released from
 * it by another. The two never meet on one path here; what they say of the
 * same struct is compared.
 */
#include "checker.h"

/* A parameter that no function has stands for the struct. */
#define SELF 1000

void note_kept(struct checker *c, const struct mapping *m,
	       const struct term *holder)
{
	unsigned int i;

	if (!m->origin || !place_member(holder))
		return;
	for (i = 0; i < c->nkept; i++)
		if (c->kept[i].m->origin == m->origin &&
		    c->kept[i].m->role[ROLE_SIZE] == m->role[ROLE_SIZE] &&
		    c->kept[i].m->role[ROLE_DIR] == m->role[ROLE_DIR] &&
		    place_same_member(c->kept[i].holder, holder))
			return;
	c->kept = arena_grow(c->a, c->kept, c->nkept, sizeof(*c->kept));
	c->kept[c->nkept++] = (struct kept){ m, holder, c->fr->f };
}

/* On another path the same call is given something else. */
static void note_varies(struct loose *l, const struct roles *r)
{
	unsigned int k;

	for (k = 0; k < ROLE_MAX; k++)
		if (l->r->role[k] != r->role[k])
			l->varies[k] = true;
}

void note_loose(struct checker *c, struct world *w, const struct roles *r)
{
	struct loose l = { 0 };
	unsigned int i;

	for (i = 0; i < c->nloose; i++)
		if (c->loose[i].r->function == c->fr->f &&
		    c->loose[i].r->loc.line ==
		    (r->call.line ? r->call.line : r->loc.line)) {
			note_varies(&c->loose[i], r);
			return;
		}
	l.trail = trail_save(c, w->trail, SAVED);
	l.r = arena_alloc(c->a, sizeof(*l.r));
	*l.r = *r;
	l.r->function = c->fr->f;
	l.r->loc = r->call.line ? r->call : r->loc;
	c->loose = arena_grow(c->a, c->loose, c->nloose, sizeof(*c->loose));
	c->loose[c->nloose++] = l;
}

/* The address of the member that the released value was read from. */
static const struct term *released_place(const struct roles *r)
{
	static const enum role key[] = {
		ROLE_CPU, ROLE_OBJECT, ROLE_SGT, ROLE_HANDLE,
	};
	unsigned int k;

	for (k = 0; k < 4; k++) {
		const struct term *x = r->role[key[k]];

		if (x && x->kind == TERM_LOAD && place_member(x->arg[0]))
			return x->arg[0];
	}
	return NULL;
}

struct self {
	struct term_table *t;
	const struct term *base;
};

/* The struct that the member is in, whatever it is called there. */
static const struct term *as_self(void *data, const struct term *x)
{
	struct self *s = data;

	if (x == s->base)
		return term_param(s->t, SELF);
	return x->nargs ? NULL : x;
}

static const struct term *relative(struct checker *c, const struct term *x,
				   const struct term *place)
{
	struct self s = { c->t, place_member(place)->arg[0] };

	return term_map(c->t, x, as_self, &s);
}

/*
 * Is the value made of constants and of the struct itself? Parameters and
 * locals of two functions do not compare.
 */
static bool is_own(const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_PARAM)
		return x->value == SELF;
	if (x->kind == TERM_FRESH || x->kind == TERM_LOCAL ||
	    x->kind == TERM_UNKNOWN || x->kind == TERM_CALL ||
	    (x->kind == TERM_LOAD && x->value))
		return false;
	for (i = 0; i < x->nargs; i++)
		if (!is_own(x->arg[i]))
			return false;
	return true;
}

static enum agree role_agrees(struct checker *c, const struct kept *k,
			      const struct roles *r, const struct term *place,
			      enum role role)
{
	const struct term *a = k->m->role[role], *b = r->role[role];

	if (!a || !b)
		return AGREE_UNKNOWN;
	/* The caller chooses the direction, the release does not ask. */
	if (role == ROLE_DIR && a->kind == TERM_PARAM &&
	    b->kind == TERM_CONST)
		return DIFFER_LIKELY;
	a = relative(c, a, k->holder);
	b = relative(c, b, place);
	if (a == b)
		return AGREE;
	return is_own(a) && is_own(b) ? terms_agree(a, b) : AGREE_UNKNOWN;
}

static enum agree family_agrees(const struct kept *k, const struct roles *r)
{
	return same_family(k->m->api, r->api->family) ? AGREE : DIFFER;
}

static void report_pair(struct checker *c, const struct kept *k,
			const struct loose *l, const char *rule,
			enum role role, enum confidence conf)
{
	const struct roles *r = l->r;
	struct report rep = {
		.rule = rule, .confidence = conf, .function = r->function,
		.loc = r->loc, .api = r->api->name,
		.noun = family_noun(k->m->api), .origin = k->m->origin,
		.trail = l->trail, .other = k->m->api->name,
		.place = place_name(c->a, r->function, released_place(r)),
	};

	rep.value = role ? role_text(c, r->function, role, r->role[role]) :
		    r->api->name;
	rep.wanted = role ? role_text(c, k->function, role, k->m->role[role]) :
		     k->m->api->name;
	rep.last = arena_printf(c->a, "released here with %s, not %s",
				rep.value, rep.wanted);
	report(c, &rep);
}

struct aspect {
	const char *rule;
	enum role role;			/* ROLE_NONE: the family */
};

/* Is it known of every acquire of the family where it is kept? */
static bool all_kept(const struct checker *c, const struct family *fam)
{
	unsigned int i, k;

	for (i = 0; i < c->norigins; i++) {
		if (c->origin[i]->api->family != fam)
			continue;
		for (k = 0; k < c->nkept; k++)
			if (c->kept[k].m->origin == c->origin[i])
				break;
		if (k == c->nkept)
			return false;
	}
	return true;
}

/*
 * The member that the struct itself is in, or NULL: tx_buffers[].mapping and
 * rx_buffers[].mapping are two places.
 */
static const struct term *parent(const struct term *place)
{
	const struct term *x = place_member(place)->arg[0];

	while (x->kind == TERM_ELEM || x->kind == TERM_LOAD ||
	       x->kind == TERM_OP)
		x = x->arg[0];
	return x->kind == TERM_FIELD ? x : NULL;
}

/* If it is not known of both, they may be two unless there is only one. */
static bool same_parent(const struct term *a, const struct term *b)
{
	const struct term *x = parent(a), *y = parent(b);

	if (x && y)
		return place_same_member(x, y);
	return !place_has_element(a) && !place_has_element(b);
}

static void judge_aspect(struct checker *c, const struct loose *l,
			 const struct term *place, const struct aspect *a)
{
	const struct kept *differs = NULL;
	enum agree how = AGREE;
	unsigned int i;

	if (l->varies[a->role])
		return;
	for (i = 0; i < c->nkept; i++) {
		const struct kept *k = &c->kept[i];

		if (!place_same_member(k->holder, place))
			continue;
		if (!same_parent(k->holder, place))
			return;
		how = a->role ? role_agrees(c, k, l->r, place, a->role) :
		      family_agrees(k, l->r);
		/* One acquire that fits is enough to be silent. */
		if (how == AGREE || how == AGREE_UNKNOWN)
			return;
		differs = k;
	}
	if (differs && (!differs->m->api->family->streaming ||
			all_kept(c, differs->m->api->family)))
		report_pair(c, differs, l, a->role ? a->rule :
			    differs->m->api->family->managed ?
			    "dma-devm-mixing" : a->rule, a->role,
			    CONF_MEDIUM);
}

void judge_pairs(struct checker *c)
{
	static const struct aspect aspect[] = {
		{ "dma-api-mismatch", ROLE_NONE },
		{ "dma-size-mismatch", ROLE_SIZE },
		{ "dma-direction-mismatch", ROLE_DIR },
		{ "dma-device-mismatch", ROLE_DEV },
	};
	unsigned int i, k;

	for (i = 0; i < c->nloose; i++) {
		const struct term *place = released_place(c->loose[i].r);

		for (k = 0; place && k < 4; k++)
			judge_aspect(c, &c->loose[i], place, &aspect[k]);
	}
}
