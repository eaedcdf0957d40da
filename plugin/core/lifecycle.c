/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an acquiring callback leaves in a structure is released by its
 * counterpart, or when an outer level ends.
 *
 * Decided over the whole unit by where the acquired values may go
 * (valueflow.h) and from where the releases are reached (callbacks.h).
 */
#include <string.h>
#include <stdlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdio.h>
#include "callbacks.h"
#include "valueflow.h"

/* One acquire, where it is kept and what may release it. */
struct life {
	const struct vsite *site;
	const struct origin *origin;
	const struct term *place;	/* that names it in sentences */
	struct roots from;		/* who acquires */
	struct roots by;		/* who releases what the places hold */
	unsigned int nreleases;
	unsigned int *releaser;		/* functions with these releases */
};

struct lives {
	struct checker *c;
	struct arena *a;
	struct vflow *v;
	struct callbacks *cb;
	unsigned int n, ntypes;
	struct life *life;
	const char **type;		/* structs whose content is released */
};

static const struct origin *origin_at(const struct checker *c,
				      const struct vsite *s)
{
	const struct loc *l = &s->event->loc;
	unsigned int i;

	for (i = 0; i < c->norigins; i++) {
		const struct origin *o = c->origin[i];

		if (o->api == s->api && o->event->loc.line == l->line &&
		    o->event->loc.col == l->col &&
		    o->event->loc.file == l->file &&
		    o->function->name == c->u->function[s->function]->name)
			return o;
	}
	return NULL;
}

/* Members of the kernel's structs may be released by the kernel. */
static bool is_drivers_place(const struct checker *c, const struct term *x)
{
	return x->kind == TERM_FIELD && x->type &&
	       unit_has_struct(c->u, x->type);
}

static const struct term *drivers_place(const struct checker *c,
					const struct vreach *r)
{
	unsigned int i;

	for (i = 0; i < r->nplaces; i++)
		if (r->whole[i] && is_drivers_place(c, r->place[i]))
			return r->place[i];
	return NULL;
}

/* What the struct keeps is released in this unit. */
static void note_type(struct lives *l, const struct term *place)
{
	unsigned int i;

	for (i = 0; i < l->ntypes; i++)
		if (l->type[i] == place->type)
			return;
	l->type = arena_grow(l->a, l->type, l->ntypes, sizeof(*l->type));
	l->type[l->ntypes++] = place->type;
}

static void add_releaser(struct lives *l, struct life *x, unsigned int fn)
{
	x->releaser = arena_grow(l->a, x->releaser, x->nreleases,
				 sizeof(*x->releaser));
	x->releaser[x->nreleases++] = fn;
	roots_merge(&x->by, &l->cb->roots[fn]);
}

/* False if somebody unknown may release it. */
static bool follow(struct lives *l, struct life *x)
{
	struct vreach kept = vflow_kept(l->v, x->site);
	bool known = !kept.out;
	unsigned int i, k;

	x->place = drivers_place(l->c, &kept);
	for (i = 0; i < kept.nplaces; i++) {
		struct vreach r = vflow_from(l->v, kept.place[i]);

		known &= !r.out;
		if (!x->place && kept.whole[i])
			x->place = drivers_place(l->c, &r);
		if (r.nreleases)
			note_type(l, kept.place[i]);
		for (k = 0; k < r.nreleases; k++)
			add_releaser(l, x, r.release[k]->function);
	}
	return known && x->place;
}

static void report_life(struct lives *l, const struct life *x,
			enum confidence conf, const struct hook *end,
			const char *message, const char *last)
{
	struct checker *c = l->c;
	struct report rep = {
		.rule = "dma-leak-lifecycle", .confidence = conf,
		.function = x->origin->function, .loc = x->site->event->loc,
		.api = x->site->api->name, .noun = family_noun(x->site->api),
		.origin = x->origin, .message = message, .last = last,
		.place = arena_printf(c->a, "%s.%s", x->place->type,
				      x->place->name),
	};

	if (x->origin->place && x->origin->holder &&
	    place_same_member(x->origin->holder, x->place))
		rep.place = x->origin->place;
	if (end)
		rep.value = end->ops->function;
	if (end && end->index >= 0) {
		rep.function = c->u->function[end->index];
		rep.loc = rep.function->loc;
	} else if (end) {
		rep.last = arena_printf(c->a, "kept here; %s() does not "
					"release it", rep.value);
	}
	report(c, &rep);
}

static unsigned int outer(unsigned int levels)
{
	unsigned int set = 0, i;

	for (i = 0; i < LEVELS_MAX; i++)
		if (levels >> i)
			set |= 1u << i;
	return set;
}

/* Does the unit ask somewhere whether the place holds something? */
static bool is_tested(const struct lives *l, const struct life *x)
{
	unsigned int i;

	for (i = 0; i < l->c->nchecked; i++)
		if (place_same_member(l->c->checked[i], x->place))
			return true;
	return false;
}

/* Is something else that the struct keeps released here? */
static bool releases_others(const struct lives *l, const struct life *x)
{
	unsigned int i;

	for (i = 0; i < l->ntypes; i++)
		if (l->type[i] == x->place->type)
			return true;
	return false;
}

/* Nothing that the places hold reaches a release. */
static void judge_never(struct lives *l, const struct life *x)
{
	const struct hook *end =
		hook_ending(l->cb, x->site->function,
				outer(x->from.begin | x->from.during));
	enum confidence conf = CONF_LOW;

	/* A driver that nothing ends may be none that can be removed. */
	if (l->cb->closed)
		conf = end ? CONF_HIGH : CONF_LOW;
	else if (!releases_others(l, x))
		return;
	report_life(l, x, conf, NULL, "{noun} in {place} is never released",
		    "kept here, and nothing releases it");
}

/* Only those who acquire release, that is: when they fail. */
static void judge_failing(struct lives *l, const struct life *x)
{
	const struct hook *end;

	if (x->by.end || x->by.during || x->by.exit || x->by.other)
		return;
	end = hook_ending(l->cb, x->site->function, outer(x->from.begin));
	if (!end)
		return;
	report_life(l, x, l->cb->closed ? CONF_HIGH : CONF_LOW, end,
		    "{noun} in {place} is released where an error is handled, "
		    "but not by {value}()",
		    "ends here, and releases it nowhere");
}

/* Does nobody who releases run after @end? */
static bool all_stopped(const struct lives *l, const struct life *x,
			const struct hook *end)
{
	unsigned int i;

	for (i = 0; i < x->nreleases; i++)
		if (!hook_stops(l->c, l->cb, end, x->releaser[i]))
			return false;
	return true;
}

/* What completes releases, but what ends does not wait for it. */
static void judge_outstanding(struct lives *l, const struct life *x)
{
	unsigned int levels = x->by.during;
	const struct hook *end;
	unsigned int before = levels ? (levels & -levels) - 1 : 0;

	if (!levels || (x->from.during & ~levels) || (x->from.begin & before) ||
	    !(x->from.during || x->from.begin) ||
	    !x->site->api->family->streaming)
		return;
	if (x->by.end || x->by.exit || x->by.other)
		return;
	end = hook_ending(l->cb, x->site->function, levels);
	if (!end || !all_stopped(l, x, end))
		return;
	report_life(l, x, CONF_MEDIUM, end,
		    "{noun} in {place} that has not completed is not released "
		    "by {value}()",
		    "ends here, without releasing those that have not "
		    "completed");
}

/*
 * What begins again writes over what only an outer level releases. A test of
 * the member before may say that it is there already.
 */
static void judge_again(struct lives *l, const struct life *x)
{
	unsigned int i, inner = 0;
	const struct hook *end;

	for (i = 0; i < l->cb->n; i++)
		if (l->cb->hook[i].life->repeats)
			inner |= 1u << l->cb->hook[i].life->depth;
	if (!x->from.begin || (x->from.begin & ~inner) || x->from.other ||
	    x->from.during || x->from.init || x->from.end)
		return;
	/* the innermost level decides: x->from.begin has one bit or more */
	if (!x->by.end || x->by.other || x->by.during ||
	    (x->by.begin & x->from.begin) ||
	    x->by.end >= (x->from.begin & -x->from.begin))
		return;
	if (is_tested(l, x))
		return;
	end = hook_ending(l->cb, x->site->function, x->from.begin);
	if (end)
		report_life(l, x, CONF_MEDIUM, end,
			    "{noun} in {place} is acquired again by the next "
			    "begin, but {value}() does not release it",
			    "ends here, and the next begin writes over it");
}

static void judge_life(struct lives *l, const struct life *x)
{
	if (!x->nreleases) {
		judge_never(l, x);
		return;
	}
	judge_failing(l, x);
	judge_outstanding(l, x);
	judge_again(l, x);
}

/* All acquires whose fate is known here. */
static void find_lives(struct lives *l)
{
	const struct vsite *site;
	unsigned int n, i;

	site = vflow_acquires(l->v, &n);
	l->life = arena_alloc(l->a, (n + 1) * sizeof(*l->life));
	for (i = 0; i < n; i++) {
		struct life x = { .site = &site[i] };

		x.origin = origin_at(l->c, &site[i]);
		x.from = l->cb->roots[site[i].function];
		if (x.origin && !site[i].api->family->managed &&
		    follow(l, &x) && x.origin->stays)
			l->life[l->n++] = x;
	}
}

void judge_lifecycles(struct checker *c)
{
	struct lives l = { .c = c };
	struct targets *t;
	unsigned int i;

	if (!c->norigins && !c->nloose)
		return;
	l.a = arena_new_like(c->a);
	t = targets_new(c, l.a);
	l.cb = callbacks_find(c, l.a, t);
	judge_sequences(c, l.cb);
	judge_gone(c, l.cb);
	for (i = 0; i < c->norigins && !c->origin[i]->stays; i++)
		;
	if (i < c->norigins) {
		l.v = vflow_new(c, l.a, t);
		find_lives(&l);
	}
	for (i = 0; i < l.n; i++)
		judge_life(&l, &l.life[i]);
	targets_release(t);
	arena_free(l.a);
}
