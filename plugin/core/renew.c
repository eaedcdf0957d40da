/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Something that was acquired elsewhere seems to be released twice. It is a
 * guess where it may have been acquired again in between, or where one of the
 * two releases was not for it.
 */
#include "agree.h"
#include "order.h"

struct renew {
	struct checker *c;
	const struct family *family;
	unsigned char *seen;		/* by function */
};

static bool may_acquire(struct renew *r, const struct callee *k)
{
	struct scan scan;
	const struct event *ev;

	if (k->api)
		return k->api->kind == API_ACQUIRE &&
		       same_family(k->api, r->family);
	if (k->index < 0 || r->seen[k->index])
		return false;
	r->seen[k->index] = 1;
	scan = (struct scan){ .f = r->c->u->function[k->index] };
	while ((ev = scan_next(&scan)))
		if (ev->kind == EV_CALL && ev->callee &&
		    may_acquire(r, callee_of(r->c, ev->callee)))
			return true;
	return false;
}

/* A call since the release that might have acquired it, and did not fail. */
static bool is_renewing(struct checker *c, const struct trail *t,
			const struct family *family)
{
	struct renew r = { c, family, NULL };

	if (t->kind != TRAIL_CALL || t->truth || !t->word[0] ||
	    t->function != c->fr->f)
		return false;
	r.seen = arena_alloc(c->a, c->u->nfunctions + 1);
	return may_acquire(&r, callee_of(c, t->word[0]));
}

bool is_renewed(struct checker *c, const struct world *w,
		const struct owned *o, const struct roles *r)
{
	bool other = !same_family(o->released_by, r->api->family);
	const struct trail *t;

	for (t = w->trail; t && t != o->released; t = t->before)
		/* It is one kind or the other: what was asked says which. */
		if ((other && t->kind == TRAIL_BRANCH) ||
		    is_renewing(c, t, r->api->family))
			return true;
	return releases_once(c, r->function, r->loc);
}
