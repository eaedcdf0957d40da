/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Argument agreement: is what is given back what was taken?
 *
 * Two symbolic values agree if they are one term. That they differ is only
 * said when it is proved (constants, embedded devices of two objects), or
 * likely (two members of one object, two parameters).
 */
#include <string.h>
#include "agree.h"

static enum agree objects_agree(const struct term *a, const struct term *b)
{
	if (a->kind == TERM_FIELD && b->kind == TERM_FIELD) {
		if (a->type == b->type && a->name == b->name)
			return terms_agree(a->arg[0], b->arg[0]);
		/* Two embedded objects in different structs, or two members. */
		if (a->type && b->type)
			return DIFFER;
	}
	if (a->kind == TERM_LOCAL || b->kind == TERM_LOCAL ||
	    a->kind == TERM_GLOBAL || b->kind == TERM_GLOBAL)
		return a->kind == b->kind ? DIFFER : AGREE_UNKNOWN;
	return AGREE_UNKNOWN;
}

static enum agree operators_agree(const struct term *a, const struct term *b)
{
	enum agree l, r;

	if (a->op != b->op || a->nargs != 2 || b->nargs != 2)
		return AGREE_UNKNOWN;
	if (a->op != OP_ADD && a->op != OP_MUL)
		return AGREE_UNKNOWN;
	l = terms_agree(a->arg[0], b->arg[0]);
	r = terms_agree(a->arg[1], b->arg[1]);
	if (l == AGREE)
		return r;
	return r == AGREE ? l : AGREE_UNKNOWN;
}

/*
 * A sum of products: (n + m) * 16 and m * 16 + n * 16 are one, and so are
 * n * 4 * m * 16 and m * n * 64.
 */
#define SUMMANDS 12
#define FACTORS 4

struct product {
	unsigned int n;
	bool overflow;			/* too many factors to compare */
	const struct term *x[FACTORS];	/* by id */
	int64_t factor;
};

struct sum {
	unsigned int n;
	bool overflow;			/* too many summands to compare */
	struct product x[SUMMANDS];
};

static void multiply(struct product *p, const struct term *x)
{
	unsigned int i;

	x = term_strip(x);
	if (x->kind == TERM_CONST) {
		p->factor *= x->value;
	} else if (x->kind == TERM_OP && x->op == OP_MUL) {
		multiply(p, x->arg[0]);
		multiply(p, x->arg[1]);
	} else if (p->n == FACTORS) {
		p->overflow = true;
	} else {
		for (i = p->n++; i && p->x[i - 1]->id > x->id; i--)
			p->x[i] = p->x[i - 1];
		p->x[i] = x;
	}
}

static void add_summand(struct sum *s, const struct product *p)
{
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (s->x[i].n == p->n && !memcmp(s->x[i].x, p->x,
						 p->n * sizeof(*p->x))) {
			s->x[i].factor += p->factor;
			return;
		}
	s->overflow |= s->n == SUMMANDS || p->overflow;
	if (!s->overflow)
		s->x[s->n++] = *p;
}

static void add_up(struct sum *s, const struct term *x, int64_t factor)
{
	struct product p = { .factor = factor };

	x = term_strip(x);
	if (x->kind == TERM_OP && x->op == OP_ADD) {
		add_up(s, x->arg[0], factor);
		add_up(s, x->arg[1], factor);
	} else if (x->kind == TERM_OP && x->op == OP_SUB) {
		add_up(s, x->arg[0], factor);
		add_up(s, x->arg[1], -factor);
	} else if (x->kind == TERM_OP && x->op == OP_MUL &&
		   x->arg[1]->kind == TERM_CONST) {
		add_up(s, x->arg[0], factor * x->arg[1]->value);
	} else {
		multiply(&p, x);
		add_summand(s, &p);
	}
}

static bool sums_equal(const struct term *a, const struct term *b)
{
	struct sum s = { 0 };
	unsigned int i;

	if (a->kind != TERM_OP || b->kind != TERM_OP)
		return false;
	add_up(&s, a, 1);
	add_up(&s, b, -1);
	for (i = 0; i < s.n; i++)
		if (s.x[i].factor)
			return false;
	return !s.overflow;
}

/* Is every value that @a is computed from one of those of @b? */
static bool computed_from(const struct term *a, const struct term *b)
{
	unsigned int i;

	if (a->kind == TERM_CONST || term_contains(b, a))
		return true;
	if (a->kind != TERM_OP || a->vague)
		return false;
	for (i = 0; i < a->nargs; i++)
		if (!computed_from(a->arg[i], b))
			return false;
	return true;
}

/* Is a part of it rounded? */
static bool is_rounded(const struct term *x)
{
	unsigned int i;

	for (i = 0; x->kind == TERM_OP && i < x->nargs; i++)
		if (is_rounded(x->arg[i]))
			return true;
	return x->kind == TERM_OP &&
	       (x->op == OP_DIV || x->op == OP_MOD || x->op == OP_SHR ||
		x->op == OP_SHRU);
}

/* n and n * 16, len and len - 4: equal only by chance. */
static bool same_leaves(const struct term *a, const struct term *b)
{
	return a->kind != TERM_CONST && b->kind != TERM_CONST &&
	       (a->kind == TERM_OP || b->kind == TERM_OP) &&
	       computed_from(a, b) && computed_from(b, a);
}

static enum agree values_agree(const struct term *a, const struct term *b)
{
	enum agree how;

	a = term_strip(a);
	b = term_strip(b);
	if (a->vague || b->vague)
		return AGREE_UNKNOWN;
	if (a == b || sums_equal(a, b))
		return AGREE;
	if (a->kind == TERM_CONST && b->kind == TERM_CONST)
		return DIFFER;
	if (a->kind == TERM_PARAM && b->kind == TERM_PARAM)
		return DIFFER_LIKELY;
	if (a->kind == TERM_LOAD && b->kind == TERM_LOAD) {
		const struct term *x = a->arg[0], *y = b->arg[0];

		if (a->value || b->value)
			return AGREE_UNKNOWN;
		if (x->kind == TERM_FIELD && y->kind == TERM_FIELD &&
		    x->arg[0] == y->arg[0] && x->type == y->type)
			return DIFFER_LIKELY;
		return AGREE_UNKNOWN;
	}
	how = a->kind == TERM_OP && b->kind == TERM_OP ?
	      operators_agree(a, b) : AGREE_UNKNOWN;
	if (how != AGREE_UNKNOWN)
		return how;
	if (same_leaves(a, b) || (a->kind == TERM_PARAM &&
				  b->kind == TERM_CONST))
		return DIFFER_LIKELY;
	if ((a->kind == TERM_FIELD || a->kind == TERM_LOCAL ||
	     a->kind == TERM_GLOBAL) &&
	    (b->kind == TERM_FIELD || b->kind == TERM_LOCAL ||
	     b->kind == TERM_GLOBAL))
		return objects_agree(a, b);
	return AGREE_UNKNOWN;
}

enum agree terms_agree(const struct term *a, const struct term *b)
{
	enum agree how = values_agree(a, b);

	return how == DIFFER_LIKELY && (is_rounded(a) || is_rounded(b)) ?
	       DIFFER_MAYBE : how;
}

const char *role_text(struct checker *c, const struct function *f,
		      enum role role, const struct term *x)
{
	if (role == ROLE_DIR && x->kind == TERM_CONST && dir_name(x->value))
		return dir_name(x->value);
	return value_name(c->a, f, x);
}

static void report_differ(struct checker *c, struct world *w,
			  const struct owned *o, const struct roles *r,
			  const char *rule, enum role role,
			  enum confidence conf)
{
	struct report rep = {
		.rule = rule, .confidence = conf, .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .place = owned_place(c, o, r),
		.other = o->m->api->name,
	};
	const struct term *was = o->m->role[role], *is = r->role[role];

	if (o->m->in_loop && o->m->again)
		return;
	rep.value = is ? role_text(c, c->fr->f, role, is) : r->api->name;
	rep.wanted = was ? role_text(c, c->fr->f, role, was) :
		     o->m->api->name;
	rep.last = arena_printf(c->a, "released here with %s, not %s",
				rep.value, rep.wanted);
	report(c, &rep);
}

static bool known_equal(const struct world *w, const struct term *a,
			const struct term *b)
{
	int64_t low, high, low2, high2;

	fact_range(w, a, &low, &high);
	fact_range(w, b, &low2, &high2);
	return low == high && low == low2 && low2 == high2;
}

/* Proved, likely, or no more than possible. */
static enum confidence how_sure(enum agree how)
{
	return how == DIFFER ? CONF_HIGH :
	       how == DIFFER_LIKELY ? CONF_MEDIUM : CONF_LOW;
}

static void compare_role(struct checker *c, struct world *w,
			 const struct owned *o, const struct roles *r,
			 const char *rule, enum role role)
{
	const struct term *a = o->m->role[role], *b = r->role[role];
	enum agree how;

	if (!a || !b || known_equal(w, a, b))
		return;
	how = terms_agree(a, b);
	if (how == AGREE)
		return;
	/* Two constants that a condition chose may be chosen by the same. */
	if (how == DIFFER && a->kind == TERM_CONST &&
	    !(o->m->literal & r->literal & 1u << role))
		how = (o->m->returned | r->returned) & 1u << role ?
		      DIFFER_MAYBE : DIFFER_LIKELY;
	if (changed_since(c, w, o->m, r, role))
		how = DIFFER;
	if (how != AGREE_UNKNOWN)
		report_differ(c, w, o, r, rule, role, how_sure(how));
}

bool same_family(const struct api *acquire, const struct family *y)
{
	const struct family *x = acquire->family;

	if (x == y)
		return true;
	return x->managed == y->managed && x->debug_type && y->debug_type &&
	       !strcmp(x->debug_type, y->debug_type);
}

static void compare_nents(struct checker *c, struct world *w,
			  const struct owned *o, const struct roles *r)
{
	const struct term *count = o->m->role[ROLE_COUNT];
	const struct term *nents = o->m->role[ROLE_NENTS];
	const struct term *given = r->role[ROLE_NENTS];

	if (!given || !nents || given == nents || known_equal(w, given, nents))
		return;
	if (count && term_contains(given, count))
		report_differ(c, w, o, r, "dma-nents-misuse", ROLE_NENTS,
			      CONF_HIGH);
	else
		compare_role(c, w, o, r, "dma-nents-misuse", ROLE_NENTS);
}

/* Read from an object that is new here, and so written by somebody unseen. */
static bool is_filled_in(const struct term *x)
{
	return x->kind == TERM_LOAD && place_root(x)->kind == TERM_FRESH;
}

/* CPU address and handle of one release must be of one acquire. */
static void compare_handle(struct checker *c, struct world *w,
			   const struct owned *o, const struct roles *r)
{
	enum role role[2] = { ROLE_CPU, ROLE_HANDLE };
	unsigned int i, k;

	if (!o->m->role[ROLE_CPU] || !o->m->role[ROLE_HANDLE] ||
	    o->m->api->family->streaming)
		return;
	for (k = 0; k < 2; k++) {
		const struct term *x = r->role[role[k]];

		if (!x || x == term_strip(o->m->role[role[k]]))
			continue;
		for (i = 0; i < w->nowned; i++) {
			const struct owned *p = &w->owned[i];

			if (p != o && p->m->origin && x ==
			    p->m->role[role[k]]) {
				report_differ(c, w, o, r,
					      "dma-handle-mismatch", role[k],
					      CONF_HIGH);
				return;
			}
		}
		/*
		 * What a callee read may be the same under another name; what
		 * is moved by as much as the other address is may be in place.
		 */
		if (!is_unclear(x) && !is_filled_in(x) && !o->m->in_loop)
			report_differ(c, w, o, r, "dma-handle-mismatch",
				      role[k], r->call.line || r->by_place ||
				      x->kind == TERM_CONST ||
				      term_contains(x, o->m->role[role[!k]]) ?
				      CONF_LOW : CONF_MEDIUM);
	}
}

void compare_release(struct checker *c, struct world *w, struct owned *o,
		     const struct roles *r)
{
	const struct family *fam = o->m->api->family;

	if (!same_family(o->m->api, r->api->family)) {
		report_differ(c, w, o, r, fam->managed ||
			      r->api->family->managed ? "dma-devm-mixing" :
			      "dma-api-mismatch", ROLE_NONE,
			      o->maybe_released ? CONF_MEDIUM : CONF_HIGH);
		return;
	}
	compare_role(c, w, o, r, "dma-device-mismatch", ROLE_DEV);
	compare_role(c, w, o, r, "dma-device-mismatch", ROLE_POOL);
	compare_role(c, w, o, r, "dma-size-mismatch", ROLE_SIZE);
	compare_role(c, w, o, r, "dma-direction-mismatch", ROLE_DIR);
	compare_nents(c, w, o, r);
	compare_handle(c, w, o, r);
}
