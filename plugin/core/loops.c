/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is released in each loop of a function, by the members that the
 * released values are read from.
 */
#include "agree.h"

static void add_other(struct loop_releases *r, const struct family *fam,
		      const struct term *pool)
{
	unsigned int i;

	for (i = 0; i < r->nother; i++)
		if (r->other[i] == fam && r->pool[i] == pool)
			return;
	if (r->nother == LOOP_MEMBERS) {
		r->recursion = true;
		return;
	}
	r->pool[r->nother] = pool;
	r->other[r->nother++] = fam;
}

static void add_member(struct loop_releases *r, const struct term *addr,
		       const struct family *fam, const struct term *pool)
{
	unsigned int i;

	if (!addr || !place_member(addr) || r->n == LOOP_MEMBERS) {
		add_other(r, fam, pool);
		return;
	}
	for (i = 0; i < r->n; i++)
		if (place_same_member(r->member[i], addr))
			return;
	r->member[r->n++] = addr;
}

/* The address that the register was loaded from, through copies. */
static const struct term *loaded_from(const struct function *f,
				      const struct term *x)
{
	unsigned int b, e, depth = 0;

again:
	x = term_strip(x);
	if (x->kind != TERM_REG || ++depth > 8)
		return NULL;
	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->reg != x->value)
				continue;
			if (ev->kind == EV_LOAD)
				return ev->addr;
			if (ev->kind != EV_SET)
				return NULL;
			x = ev->value;
			goto again;
		}
	}
	return NULL;
}

static bool is_key_role(enum role role)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++)
		if (key_role[k] == role)
			return true;
	return false;
}

static void add_api(struct checker *c, const struct function *f,
		    const struct event *ev, const struct api *api,
		    struct loop_releases *r)
{
	const struct term *pool = NULL;
	unsigned int i;

	r->any = true;
	for (i = 0; i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] == ROLE_POOL)
			pool = loaded_from(f, ev->arg[i]);
	pool = pool ? term_load(c->t, pool, 0) : NULL;
	for (i = 0; i < api->nargs && i < ev->nargs; i++)
		if (is_key_role(api->arg[i]))
			add_member(r, loaded_from(f, ev->arg[i]),
				   api->family, pool);
}

static void add_released(const struct mapping *m, struct loop_releases *r)
{
	unsigned int k;

	r->any = true;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *key = mapping_key(m, k);

		if (key)
			add_member(r, key->kind == TERM_LOAD ? key->arg[0] :
				   NULL, m->api->family, m->role[ROLE_POOL]);
	}
}

static void add_summary(const struct summary *s, struct loop_releases *r)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++)
			if (s->outcome[i].owned[k].state == STATE_RELEASED)
				add_released(s->outcome[i].owned[k].m, r);
}

static void add_store(const struct event *ev, struct loop_releases *r)
{
	unsigned int i;

	for (i = 0; i < r->nstores; i++)
		if (r->store[i] == ev->addr)
			return;
	if (r->nstores < LOOP_MEMBERS)
		r->store[r->nstores++] = ev->addr;
}

bool loop_stores(const struct loop_releases *r, const struct term *addr)
{
	unsigned int i;

	for (i = 0; i < r->nstores; i++)
		if (r->store[i] == addr ||
		    place_same_member(r->store[i], addr))
			return true;
	return false;
}

bool loop_may_release(const struct loop_releases *r, const struct owned *o)
{
	unsigned int i, h;

	if (r->recursion)
		return true;
	for (i = 0; i < r->nother; i++)
		if (same_family(o->m->api, r->other[i]) &&
		    !other_pool(o->m, r->pool[i]))
			return true;
	if (!o->nholders)
		return false;
	for (i = 0; i < r->n; i++)
		for (h = 0; h < o->nholders; h++)
			if (place_same_member(r->member[i], o->holder[h]))
				return true;
	return false;
}

static void add_event(struct checker *c, const struct function *f,
		      const struct event *ev, struct loop_releases *r)
{
	const struct callee *k;

	if (ev->kind == EV_STORE)
		add_store(ev, r);
	if (ev->kind != EV_CALL || !ev->callee)
		return;
	k = callee_of(c, ev->callee);
	if (k->api && k->api->kind == API_RELEASE)
		add_api(c, f, ev, k->api, r);
	else if (k->index >= 0 && c->summary[k->index])
		add_summary(c->summary[k->index], r);
	else if (k->index >= 0)
		r->any = r->recursion = true;
}

void find_loop_releases(struct checker *c, struct frame *fr)
{
	unsigned int l, b, e;

	fr->releases = arena_alloc(fr->keep, (fr->fl->nloops + 1) *
				   sizeof(*fr->releases));
	for (l = 0; l < fr->fl->nloops; l++)
		for (b = 0; b < fr->f->nblocks; b++)
			for (e = 0; fr->fl->in[l][b] &&
			     e < fr->f->block[b].nevents; e++)
				add_event(c, fr->f,
					  &fr->f->block[b].event[e],
					  &fr->releases[l]);
}
