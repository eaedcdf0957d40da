/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that devres frees, and mappings that nobody ends: when the driver is
 * unbound the memory goes, and the device can still write to it.
 *
 * Looks at the unit as a whole, by the members that keep the two addresses,
 * not along paths: a mapping that is ended anywhere is left to other rules.
 */
#include "atomic.h"
#include "unitwide.h"

struct candidate {
	const struct function *f;
	const struct event *map;
	const struct api *api;
	const struct term *cpu;		/* static value of what is mapped */
	const struct term *key;		/* of the handle */
	const struct term *holder;	/* member that keeps it; NULL: none */
	const char *place;
	bool ended;
};

struct devres {
	struct checker *c;
	struct arena *a;
	struct static_values **values;	/* by function, when asked for */
	unsigned int nmanaged, ncandidates;
	const struct term **managed;	/* members that keep managed memory */
	const char **by;		/* ... of which function */
	struct candidate *candidate;
};

typedef void event_fn(struct devres *d, unsigned int index,
		      const struct event *ev);

static void each_event(struct devres *d, event_fn *fn)
{
	unsigned int i, b, e;

	for (i = 0; i < d->c->u->nfunctions; i++) {
		const struct function *f = d->c->u->function[i];

		for (b = 0; b < f->nblocks; b++)
			for (e = 0; e < f->block[b].nevents; e++)
				fn(d, i, &f->block[b].event[e]);
	}
}

static const struct term *value_in(struct devres *d, unsigned int index,
				   const struct term *x)
{
	if (!d->values[index])
		d->values[index] = static_values_new(d->c, d->a,
				d->c->u->function[index]);
	return static_value(d->values[index], x);
}

static const struct api *api_of(struct devres *d, const struct event *ev)
{
	return ev->kind == EV_CALL && ev->callee ?
	       callee_of(d->c, ev->callee)->api : NULL;
}

/* The function that allocated it, if devres frees it; else NULL. */
static const char *managed_by(struct devres *d, const struct term *cpu)
{
	const struct term *x = place_object(cpu);
	const struct api *api;
	unsigned int i;

	if (x->kind == TERM_FRESH) {
		api = callee_of(d->c, x->name)->api;
		return api && api->kind == API_ALLOC &&
		       api->memory == MEM_MANAGED ? api->name : NULL;
	}
	for (i = 0; x->kind == TERM_LOAD && i < d->nmanaged; i++)
		if (place_same_member(d->managed[i], x->arg[0]))
			return d->by[i];
	return NULL;
}

/* "p->buf = devm_kzalloc()" */
static void find_managed(struct devres *d, unsigned int index,
			 const struct event *ev)
{
	const char *by;

	if (ev->kind != EV_STORE || ev->value->kind != TERM_REG ||
	    !place_member(ev->addr))
		return;
	by = managed_by(d, value_in(d, index, ev->value));
	if (!by)
		return;
	d->managed = arena_grow(d->a, d->managed, d->nmanaged,
				sizeof(*d->managed));
	d->by = arena_grow(d->a, d->by, d->nmanaged, sizeof(*d->by));
	d->by[d->nmanaged] = by;
	d->managed[d->nmanaged++] = ev->addr;
}

static bool is_streaming(const struct api *api, enum api_kind kind)
{
	return api && api->kind == kind && api->family->streaming;
}

static void find_candidates(struct devres *d, unsigned int index,
			    const struct event *ev)
{
	const struct api *api = api_of(d, ev);
	struct candidate n = { .api = api, .map = ev,
			       .f = d->c->u->function[index] };
	int cpu = is_streaming(api, API_ACQUIRE) ? api_arg(api, ROLE_CPU) : -1;

	if (cpu < 0 || api->ret != ROLE_HANDLE || ev->reg < 0 ||
	    (unsigned int)cpu >= ev->nargs)
		return;
	n.cpu = value_in(d, index, ev->arg[cpu]);
	n.key = value_in(d, index, term_reg(d->c->t, ev->reg));
	d->candidate = arena_grow(d->a, d->candidate, d->ncandidates,
				  sizeof(n));
	d->candidate[d->ncandidates++] = n;
}

/* Which member keeps the handle? */
static void find_holders(struct devres *d, unsigned int index,
			 const struct event *ev)
{
	const struct function *f = d->c->u->function[index];
	const struct term *value;
	unsigned int i;

	if (ev->kind != EV_STORE || ev->value->kind != TERM_REG)
		return;
	for (i = 0; i < d->ncandidates; i++) {
		struct candidate *n = &d->candidate[i];

		if (n->f != f || n->holder)
			continue;
		value = term_strip(value_in(d, index, ev->value));
		if (value != n->key || !place_member(ev->addr))
			continue;
		n->holder = ev->addr;
		n->place = place_name(d->c->a, f,
				      value_in(d, index, ev->addr));
	}
}

static bool reads(const struct term *x, const struct term *holder)
{
	unsigned int i;

	if (x->kind == TERM_LOAD && place_same_member(x->arg[0], holder))
		return true;
	for (i = 0; i < x->nargs; i++)
		if (reads(x->arg[i], holder))
			return true;
	return false;
}

/* Is the mapping released, or its handle given to who may? */
static void find_ends(struct devres *d, unsigned int index,
		      const struct event *ev)
{
	const struct api *api = api_of(d, ev);
	const struct term *value;
	unsigned int i, k;

	if (ev->kind != EV_CALL || (api && api->kind != API_RELEASE &&
				    api->kind != API_TAKE))
		return;
	for (k = 0; k < ev->nargs; k++) {
		if (ev->arg[k]->kind == TERM_CONST)
			continue;
		value = value_in(d, index, ev->arg[k]);
		for (i = 0; i < d->ncandidates; i++) {
			struct candidate *n = &d->candidate[i];

			if (term_contains(value, n->key) ||
			    (n->holder && reads(value, n->holder)))
				n->ended = true;
		}
	}
}

static void say(struct devres *d, const struct candidate *n, const char *by)
{
	struct report rep = {
		.rule = "dma-devres-mapped", .confidence = CONF_MEDIUM,
		.function = n->f, .loc = n->map->loc, .api = n->api->name,
		.noun = family_noun(n->api), .other = by, .place = n->place,
		.last = "mapped here, and unmapped nowhere",
	};

	report(d->c, &rep);
}

void judge_devres(struct checker *c)
{
	struct devres d = { .c = c, .a = arena_new_like(c->a) };
	unsigned int i, n = 0;

	d.values = arena_alloc(d.a, (c->u->nfunctions + 1) *
			       sizeof(*d.values));
	each_event(&d, find_candidates);
	if (d.ncandidates)
		each_event(&d, find_managed);
	for (i = 0; i < d.ncandidates; i++)
		if (managed_by(&d, d.candidate[i].cpu))
			d.candidate[n++] = d.candidate[i];
	d.ncandidates = n;
	if (n) {
		each_event(&d, find_holders);
		each_event(&d, find_ends);
	}
	for (i = 0; i < n; i++)
		if (d.candidate[i].holder && !d.candidate[i].ended)
			say(&d, &d.candidate[i],
			    managed_by(&d, d.candidate[i].cpu));
	arena_free(d.a);
}
