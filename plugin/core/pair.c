/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A buffer is kept in a member of a struct by one function and released from
 * it by another. The two never meet on one path here; what they say of the
 * same struct is compared.
 */
#include <string.h>
#include "checker.h"

void note_kept(struct checker *c, const struct mapping *m,
	       const struct term *holder)
{
	unsigned int i;

	if (!m->origin || !place_member(holder))
		return;
	for (i = 0; i < c->nkept; i++)
		if (c->kept[i].m->origin == m->origin &&
		    place_same_member(c->kept[i].holder, holder))
			return;
	c->kept = arena_grow(c->a, c->kept, c->nkept, sizeof(*c->kept));
	c->kept[c->nkept++] = (struct kept){ m, holder, c->fr->f };
}

void note_loose(struct checker *c, struct world *w, const struct roles *r)
{
	struct loose l = { .trail = w->trail };
	unsigned int i;

	for (i = 0; i < c->nloose; i++)
		if (c->loose[i].r->function == c->fr->f &&
		    c->loose[i].r->loc.line ==
		    (r->call.line ? r->call.line : r->loc.line))
			return;
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
		return term_param(s->t, 1000);
	return x->nargs ? NULL : x;
}

static const struct term *relative(struct checker *c, const struct term *x,
				   const struct term *place)
{
	struct self s = { c->t, place_member(place)->arg[0] };

	return term_map(c->t, x, as_self, &s);
}

static enum agree role_agrees(struct checker *c, const struct kept *k,
			      const struct roles *r, const struct term *place,
			      enum role role)
{
	const struct term *a = k->m->role[role], *b = r->role[role];

	if (!a || !b)
		return AGREE_UNKNOWN;
	a = relative(c, a, k->holder);
	b = relative(c, b, place);
	/* Parameters of two functions, or their locals, do not compare. */
	if (role == ROLE_DIR && (a->kind == TERM_CONST) !=
	    (b->kind == TERM_CONST))
		return DIFFER_LIKELY;
	if (a->kind == TERM_PARAM || b->kind == TERM_PARAM)
		return a == b && a->value == 1000 ? AGREE : AGREE_UNKNOWN;
	return terms_agree(a, b);
}

static enum agree family_agrees(const struct kept *k, const struct roles *r)
{
	return same_family(k->m->api, r->api) ? AGREE : DIFFER;
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

static void judge_aspect(struct checker *c, const struct loose *l,
			 const struct term *place, const struct aspect *a)
{
	const struct kept *differs = NULL;
	enum agree how = AGREE, worst = DIFFER;
	unsigned int i;

	for (i = 0; i < c->nkept; i++) {
		const struct kept *k = &c->kept[i];

		if (!place_same_member(k->holder, place))
			continue;
		how = a->role ? role_agrees(c, k, l->r, place, a->role) :
		      family_agrees(k, l->r);
		/* One acquire that fits is enough to be silent. */
		if (how == AGREE || how == AGREE_UNKNOWN)
			return;
		if (how == DIFFER_LIKELY)
			worst = DIFFER_LIKELY;
		differs = k;
	}
	if (differs && (!differs->m->api->family->streaming ||
			all_kept(c, differs->m->api->family)))
		report_pair(c, differs, l, a->role ? a->rule :
			    differs->m->api->family->managed ?
			    "dma-devm-mixing" : a->rule, a->role,
			    worst == DIFFER && a->role != ROLE_SIZE ?
			    CONF_HIGH : CONF_MEDIUM);
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
