/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A buffer is kept in a member of a struct by one function and released from
 * it by another. The two never meet on one path here; what they say of the
 * same struct is compared.
 */
#include "agree.h"

/* A parameter that no function has stands for the struct. */
#define SELF 1000

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

/* Is the struct itself part of another, and not pointed to by it? */
static bool is_embedded(const struct term *place)
{
	const struct term *x = place_member(place)->arg[0];

	while (x->kind == TERM_ELEM)
		x = x->arg[0];
	return x->kind == TERM_FIELD;
}

static bool is_noted(const struct checker *c, const struct kept *k)
{
	const struct term *in = parent(k->holder);
	unsigned int i;

	for (i = 0; i < c->nkept; i++) {
		const struct kept *o = &c->kept[i];
		const struct term *x;

		if (o->m->origin != k->m->origin || o->whole != k->whole ||
		    !place_same_member(o->holder, k->holder))
			continue;
		x = parent(o->holder);
		if (o->m->role[ROLE_SIZE] == k->m->role[ROLE_SIZE] &&
		    o->m->role[ROLE_DIR] == k->m->role[ROLE_DIR] &&
		    (x == in || (x && in && place_same_member(x, in))))
			return true;
	}
	return false;
}

static void add_kept(struct checker *c, struct kept k)
{
	if (is_noted(c, &k))
		return;
	c->kept = arena_grow(c->a, c->kept, c->nkept, sizeof(*c->kept));
	c->kept[c->nkept++] = k;
}

void note_kept(struct checker *c, const struct mapping *m,
	       const struct term *holder, const struct term *value)
{
	const struct term *x = term_strip(value);
	unsigned int k;

	if (!m->origin || place_is_local(holder) || !place_member(holder))
		return;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(m, k);

		if (key && place_object(x) == place_object(key)) {
			add_kept(c, (struct kept){ m, holder, c->fr->f,
						   x == key });
			return;
		}
	}
}

void note_mapped(struct checker *c, const struct mapping *m)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = mapping_key(m, k);

		if (x && x->kind == TERM_LOAD && place_member(x->arg[0]) &&
		    !place_is_local(x->arg[0]))
			add_kept(c, (struct kept){ m, x->arg[0], c->fr->f,
						   true });
	}
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
	forms_of(c, w, r->role, l.form);
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

/* Is the member written in the function, in whatever object? */
static bool writes_member(const struct function *f, const struct term *member)
{
	const struct block *b;
	const struct event *ev;

	for (b = f->block; b < f->block + f->nblocks; b++)
		for (ev = b->event; ev < b->event + b->nevents; ev++)
			if (ev->kind == EV_STORE &&
			    place_same_member(ev->addr, member))
				return true;
	return false;
}

/* Is one of the members that the form is made of? */
static bool writes_part(const struct function *f, const struct term *form)
{
	unsigned int i;

	if (form->kind == TERM_LOAD)
		return writes_member(f, form->arg[0]);
	for (i = 0; form->kind == TERM_OP && i < form->nargs; i++)
		if (writes_part(f, form->arg[i]))
			return true;
	return false;
}

/* The value as it is read from members, if it is. */
static const struct term *as_read(const struct term *const *form,
				  const struct term *const *role, enum role i)
{
	unsigned int k;

	for (k = 0; k < FORMS; k++)
		if (form_role[k] == i && form[k])
			return form[k];
	return role[i];
}

static enum agree role_agrees(struct checker *c, const struct kept *k,
			      const struct loose *l, const struct term *place,
			      enum role role)
{
	const struct term *a = as_read(k->m->form, k->m->role, role);
	const struct term *b = as_read(l->form, l->r->role, role);
	enum agree how;

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
	how = is_own(a) && is_own(b) ? terms_agree(a, b) : AGREE_UNKNOWN;
	/* What it acquired with is not what it leaves behind. */
	if (how != AGREE && (writes_part(k->function, a) ||
			     writes_part(k->m->origin->function, a)))
		return AGREE_UNKNOWN;
	return how;
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

static bool is_kept(const struct checker *c, const struct function *f,
		    const struct event *ev)
{
	unsigned int i;

	for (i = 0; i < c->nkept; i++) {
		const struct origin *o = c->kept[i].m->origin;

		if (o->function->name == f->name &&
		    o->event->callee == ev->callee &&
		    o->event->loc.line == ev->loc.line)
			return true;
	}
	return false;
}

static bool all_kept_in(struct checker *c, const struct function *f,
			const struct family *fam)
{
	const struct block *b;
	const struct event *ev;
	const struct api *api;

	for (b = f->block; b < f->block + f->nblocks; b++)
		for (ev = b->event; ev < b->event + b->nevents; ev++) {
			if (ev->kind != EV_CALL || !ev->callee)
				continue;
			api = callee_of(c, ev->callee)->api;
			if (api && api->kind == API_ACQUIRE &&
			    same_family(api, fam) && !is_kept(c, f, ev))
				return false;
		}
	return true;
}

/* Is it known of every acquire that the family releases where it is kept? */
static bool all_kept(struct checker *c, const struct family *fam)
{
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++)
		if (!all_kept_in(c, c->u->function[i], fam))
			return false;
	return true;
}

/* What is kept in one place, and released from it. */
enum instance {
	SAME_PLACE,
	OTHER_PLACE,
	THROUGH_CALLERS,	/* they say which places, and are noted too */
	ANY_PLACE,		/* not known */
};

static bool has_callers(struct checker *c, const struct function *f)
{
	int i = callee_of(c, f->name)->index;

	return i >= 0 && c->called[i];
}

static enum instance instance_of(struct checker *c, const struct kept *k,
				 const struct term *place)
{
	const struct term *x = parent(k->holder), *y = parent(place);

	/* Two pointers may lead to one struct, at different times. */
	if (x && y && !place_same_member(x, y))
		return is_embedded(k->holder) && is_embedded(place) ?
		       OTHER_PLACE : ANY_PLACE;
	if (x && y)
		return SAME_PLACE;
	if (!x && y && is_embedded(place))
		return place_root(k->holder)->kind == TERM_PARAM &&
		       has_callers(c, k->function) ? THROUGH_CALLERS :
						     ANY_PLACE;
	/* A release of whatever it is given: all that may be have to fit. */
	if (x && place_object(place)->kind == TERM_PARAM)
		return SAME_PLACE;
	return place_has_element(k->holder) || place_has_element(place) ?
	       ANY_PLACE : SAME_PLACE;
}

/* What is kept disagrees with the release; NULL: one fits, or may. */
static const struct kept *misfit(struct checker *c, const struct loose *l,
				 const struct term *place,
				 const struct aspect *a, enum agree *how)
{
	const struct kept *differs = NULL;
	unsigned int i;

	for (i = 0; i < c->nkept; i++) {
		const struct kept *k = &c->kept[i];
		enum instance in;

		if (!place_same_member(k->holder, place))
			continue;
		in = instance_of(c, k, place);
		if (in == OTHER_PLACE || in == THROUGH_CALLERS)
			continue;
		if (in == ANY_PLACE || !k->whole ||
		    k->function == l->r->function)
			return NULL;
		*how = family_agrees(k, l->r);
		if (a->role)
			*how = *how == AGREE ?
			       role_agrees(c, k, l, place, a->role) :
			       AGREE_UNKNOWN;
		/* One acquire that fits is enough to be silent. */
		if (*how == AGREE || *how == AGREE_UNKNOWN)
			return NULL;
		differs = k;
	}
	return differs;
}

static void judge_aspect(struct checker *c, const struct loose *l,
			 const struct term *place, const struct aspect *a)
{
	enum agree how = AGREE;
	const struct kept *k;
	const struct family *fam;

	if (l->varies[a->role])
		return;
	k = misfit(c, l, place, a, &how);
	if (!k)
		return;
	fam = k->m->api->family;
	if (fam->streaming && !all_kept(c, fam))
		return;
	/* A list can be mapped twice, by two owners. */
	if (!a->role && !fam->managed &&
	    (l->r->role[ROLE_SGT] || l->r->role[ROLE_SGL] ||
	     !all_kept(c, l->r->api->family)))
		return;
	report_pair(c, k, l, a->role || !fam->managed ? a->rule :
		    "dma-devm-mixing", a->role,
		    how == DIFFER_MAYBE ? CONF_LOW : CONF_MEDIUM);
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
