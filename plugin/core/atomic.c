/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls that may sleep, or need interrupts enabled, where code must not
 * sleep. Bottom-up: each function needs of its caller's context what its own
 * calls need and it does not grant itself. A need that the function itself
 * makes impossible, because it holds a lock or is an interrupt handler, is a
 * finding; what remains is handed to the callers.
 */
#include <string.h>
#include "atomic.h"
#include "unitwide.h"

/* Needs of one function that its callers are told of. */
#define NEEDS 24

static const struct lock_effect *effect_of(void *data, const struct event *ev)
{
	static const struct lock_effect unseen = { .doubt = true, .any = true };
	struct contexts *k = data;
	const struct callee *e = ev->callee ? callee_of(k->c, ev->callee) :
				 NULL;
	struct lock_effect *made;
	unsigned int p;

	if (!e)
		return NULL;
	if (e->api && (e->api->kind == API_LOCK ||
		       e->api->kind == API_UNLOCK)) {
		made = arena_alloc(k->a, sizeof(*made));
		for (p = 0; p < CTX_PARTS; p++)
			if (e->api->context >> p & 1)
				made->delta[p] = e->api->kind == API_LOCK ?
						 1 : -1;
		made->any = true;
		return made;
	}
	if (e->api)
		return NULL;
	if (e->index >= 0)
		return k->known[e->index].effect.any ?
		       &k->known[e->index].effect : NULL;
	/* A function of the driver that cannot be seen may unlock. */
	return e->outside ? &unseen : NULL;
}

/* What of @held does the need not bear? */
static unsigned int forbidden(const struct need *n, unsigned int held)
{
	return n->irqs ? held & ~CTX_RCU : held;
}

static void keep(struct contexts *k, const struct need *n)
{
	struct known *mine = &k->known[k->index];
	struct need *copy;
	unsigned int i;

	for (i = 0; i < mine->nneeds; i++) {
		const struct need *o = mine->need[i];

		if (o->api == n->api && o->gfp == n->gfp && !o->nconditions &&
		    (o->parts & n->parts) == n->parts && o->guess <= n->guess)
			return;
	}
	if (mine->nneeds == NEEDS)
		return;
	copy = arena_alloc(k->a, sizeof(*copy));
	*copy = *n;
	mine->need = arena_grow(k->a, mine->need, mine->nneeds,
				sizeof(*mine->need));
	mine->need[mine->nneeds++] = copy;
}

static void judge_need(struct contexts *k, struct need *n, unsigned int block,
		       const struct depths *d)
{
	unsigned int all = n->down ? n->down->parts : (1u << CTX_PARTS) - 1;
	unsigned int held = 0, p;
	int sleeps = need_sleeps(k, n);

	if (!sleeps || (sleeps < 0 && !of_parameters(n->gfp)))
		return;
	if (!need_conditions(k, n, block))
		return;
	for (p = 0; p < CTX_PARTS; p++) {
		if (!(all >> p & 1))
			continue;
		if (d->n[p] > DEPTH)
			held |= 1u << p;
		if (d->n[p] >= DEPTH)
			n->parts |= 1u << p;
	}
	n->doubt |= d->doubt;
	held = forbidden(n, held);
	if (held && sleeps > 0)
		say_held(k, n, d, held);
	else if (n->parts)
		keep(k, n);
}

/* find_depths() comes to a call. */
static void at_call(void *data, const struct event *ev, unsigned int block,
		    const struct depths *d)
{
	struct contexts *k = data;
	const struct callee *e = ev->callee ? callee_of(k->c, ev->callee) :
				 NULL;
	struct need blank = { .at = ev, .function = k->f }, n = blank;
	const struct known *down;
	unsigned int i;

	if (e && e->api) {
		if ((e->api->kind == API_ACQUIRE ||
		     e->api->kind == API_RELEASE) &&
		    need_of_api(k, &n, ev, e->api))
			judge_need(k, &n, block, d);
		return;
	}
	if (!e || e->index < 0 || !k->known[e->index].done)
		return;
	down = &k->known[e->index];
	for (i = 0; i < down->nneeds; i++) {
		n = blank;
		if (need_of_callee(k, &n, ev, down->need[i]))
			judge_need(k, &n, block, d);
	}
}

static bool api_matters(const struct api *api)
{
	return api->kind == API_LOCK || api->kind == API_UNLOCK ||
	       (api->kind == API_ACQUIRE &&
		(api->family->acquire_sleeps ||
		 api_arg(api, ROLE_GFP) >= 0)) ||
	       (api->kind == API_RELEASE && (api->family->release_irqs ||
					     api->family->release_sleeps));
}

static void look_at(struct contexts *k, unsigned int index);

/* Looks at the callees first; is there anything to say of @f? */
static bool visit_callees(struct contexts *k, const struct function *f)
{
	bool matters = false;
	unsigned int b, i;

	for (b = 0; b < f->nblocks; b++) {
		for (i = 0; i < f->block[b].nevents; i++) {
			const struct event *ev = &f->block[b].event[i];
			const struct callee *e = ev->kind == EV_CALL &&
				ev->callee ? callee_of(k->c, ev->callee) : NULL;

			if (!e)
				continue;
			if (e->api || e->index < 0) {
				matters |= e->api ? api_matters(e->api) :
					   e->outside;
				continue;
			}
			look_at(k, e->index);
			matters |= k->known[e->index].nneeds ||
				   k->known[e->index].effect.any;
		}
	}
	return matters;
}

static void look_at(struct contexts *k, unsigned int index)
{
	const struct function *f = k->c->u->function[index];
	struct known *mine = &k->known[index];

	if (mine->begun || k->depth > 200)
		return;
	mine->begun = true;
	k->depth++;
	if (visit_callees(k, f)) {
		k->index = index;
		k->f = f;
		k->values = NULL;
		mine->effect = find_depths(k->a, f, effect_of, at_call, k);
	}
	k->depth--;
	mine->done = true;
}

static bool writes(const struct function *f, const char *type,
		   const char *field)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct term *m = ev->kind == EV_STORE ?
					       place_member(ev->addr) : NULL;

			if (m && m->type && m->name &&
			    !strcmp(m->type, type) && !strcmp(m->name, field))
				return true;
		}
	return false;
}

/* Does somebody write to the member that makes the callback another one? */
static bool is_otherwise(const struct contexts *k, const struct callback *cb)
{
	const struct unit *u = k->c->u;
	unsigned int i;

	for (i = 0; cb->unless_type && i < u->nfunctions; i++)
		if (writes(u->function[i], cb->unless_type, cb->unless_field))
			return true;
	return false;
}

static void called_back(struct contexts *k, const char *name,
			const struct callback *cb)
{
	const struct callee *e = callee_of(k->c, name);
	struct known *known = e->index >= 0 ? &k->known[e->index] : NULL;
	unsigned int i;

	for (i = 0; known && i < known->nneeds; i++) {
		const struct need *n = known->need[i];
		unsigned int held = forbidden(n, cb->context & n->parts);

		if (held && !n->nconditions && need_sleeps(k, n) > 0 &&
		    !is_otherwise(k, cb))
			say_called_back(k, n, held, name, cb);
	}
}

/* "t->function = fn" */
static void stored(struct contexts *k, const struct event *ev)
{
	const struct rules *r = k->c->r;
	unsigned int i;

	if (ev->addr->kind != TERM_FIELD || !ev->addr->type ||
	    !ev->addr->name || ev->value->kind != TERM_GLOBAL)
		return;
	for (i = 0; i < r->ncallbacks; i++)
		if (r->callback[i].field &&
		    !strcmp(ev->addr->name, r->callback[i].field) &&
		    !strcmp(ev->addr->type, r->callback[i].type))
			called_back(k, ev->value->name, &r->callback[i]);
}

/* Does the event make a function a callback? */
static void registered(struct contexts *k, const struct event *ev)
{
	const struct api *api = ev->kind == EV_CALL && ev->callee ?
				callee_of(k->c, ev->callee)->api : NULL;
	const struct callback *cb = api ? api->registers : NULL;
	unsigned int fn = cb ? (unsigned int)api_arg(&cb->call, ROLE_FN) : 0;

	if (ev->kind == EV_STORE)
		stored(k, ev);
	else if (cb && fn < ev->nargs && ev->arg[fn]->kind == TERM_GLOBAL)
		called_back(k, ev->arg[fn]->name, cb);
}

static void find_callbacks(struct contexts *k)
{
	const struct unit *u = k->c->u;
	unsigned int i, n, b;

	for (i = 0; i < u->nops; i++)
		for (n = 0; n < k->c->r->ncallbacks; n++) {
			const struct callback *cb = &k->c->r->callback[n];

			if (cb->field && !strcmp(cb->type, u->ops[i].type) &&
			    !strcmp(cb->field, u->ops[i].field))
				called_back(k, arena_intern(u->arena,
						u->ops[i].function), cb);
		}
	for (i = 0; i < u->nfunctions; i++)
		for (b = 0; b < u->function[i]->nblocks; b++)
			for (n = 0; n < u->function[i]->block[b].nevents; n++)
				registered(k, &u->function[i]->block[b].
					   event[n]);
}

void judge_context(struct checker *c)
{
	struct contexts k = { .c = c, .a = arena_new_like(c->a) };
	bool any = false;
	unsigned int i;

	k.known = arena_alloc(k.a, (c->u->nfunctions + 1) * sizeof(*k.known));
	for (i = 0; i < c->u->nfunctions; i++) {
		look_at(&k, i);
		any |= k.known[i].nneeds;
	}
	if (any)
		find_callbacks(&k);
	arena_free(k.a);
}
