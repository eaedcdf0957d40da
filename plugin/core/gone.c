/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A callback clears the pointer to the device, and one of an inner level that
 * comes later releases with it: disconnect before stop_streaming.
 */
#include <string.h>
#include "callbacks.h"

/* A release, and the member it takes the device from. */
struct with_device {
	const struct function *f;
	const struct event *ev;
	const struct api *api;
	const struct term *member;
	unsigned int levels;		/* whose ends lead to it */
	const struct ender *enders;
	const unsigned int *ended;	/* by function: levels it ends */
};

/* A function of the core that ends levels, by its interned name. */
struct ender {
	const char *name;
	unsigned int level;
};

static struct ender *find_enders(struct checker *c, struct arena *a)
{
	struct ender *list = arena_alloc(a, (c->r->nlifecycles + 1) *
					 sizeof(*list));
	unsigned int i, n = 0;

	for (i = 0; i < c->r->nlifecycles; i++) {
		const struct lifecycle *l = &c->r->lifecycle[i];

		if (l->part == PART_ENDS)
			list[n++] = (struct ender){
				arena_intern(c->a, l->type), 1u << l->depth };
	}
	return list;
}

/* The levels that the call ends by itself. */
static unsigned int ended_by(const struct ender *list, const struct event *ev)
{
	if (ev->kind != EV_CALL || !ev->callee)
		return 0;
	for (; list->name; list++)
		if (list->name == ev->callee)
			return list->level;
	return 0;
}

/* The same, by function and further down. */
static unsigned int *all_ended(const struct checker *c,
			       const struct callbacks *cb,
			       const struct ender *list)
{
	unsigned int *set = arena_alloc(cb->a, (c->u->nfunctions + 1) *
					sizeof(*set));
	const struct call_graph *g = &cb->calls;
	bool more = true;
	unsigned int i, b, e;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		for (b = 0; b < f->nblocks; b++)
			for (e = 0; e < f->block[b].nevents; e++)
				set[i] |= ended_by(list,
						   &f->block[b].event[e]);
	}
	while (more) {
		more = false;
		for (i = 0; i < g->n; i++) {
			more |= set[g->edge[i].to] & ~set[g->edge[i].from];
			set[g->edge[i].from] |= set[g->edge[i].to];
		}
	}
	return set;
}

static bool ends_level(struct checker *c, const struct with_device *w,
		       const struct event *ev)
{
	int k = ev->kind == EV_CALL && ev->callee ?
		callee_of(c, ev->callee)->index : -1;

	return w->levels & (ended_by(w->enders, ev) |
			    (k < 0 ? 0 : w->ended[k]));
}

/* As the source says it: "dev->udev". */
static const char *member_name(struct checker *c, const struct function *f,
			       const struct term *addr)
{
	const struct term *m = place_member(addr), *x = m->arg[0];
	const char *name = x->kind == TERM_REG ? f->reg[x->value].name : NULL;

	return name ? arena_printf(c->a, "%s->%s", name, m->name) :
	       arena_printf(c->a, "%s.%s", m->type, m->name);
}

static void report_gone(struct checker *c, const struct with_device *w,
			const struct hook *end, const struct event *store)
{
	const struct function *f = c->u->function[end->index];
	struct trail step = {
		.kind = TRAIL_RELEASE, .function = f, .loc = store->loc,
		.format = "set to NULL here",
	};
	struct report rep = {
		.rule = "dma-leak-lifecycle", .confidence = CONF_MEDIUM,
		.function = f, .loc = store->loc, .api = w->api->name,
		.noun = family_noun(w->api), .other = w->f->name,
		.place = member_name(c, f, store->addr),
		.message = "{place} is set to NULL here, but {other}() gives "
			   "it to {api}() when what is open is closed later",
	};

	rep.last = arena_printf(c->a, "set to NULL here, before %s() "
				"releases with it", w->f->name);
	rep.trail = trail_save(c, &step, 1);
	report(c, &rep);
}

/* Looks for the store that clears the member, and what comes before it. */
static void judge_end(struct checker *c, const struct with_device *w,
		      const struct hook *end)
{
	const struct function *f = c->u->function[end->index];
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ends_level(c, w, ev))
				return;
			if (ev->kind != EV_STORE ||
			    ev->value->kind != TERM_CONST ||
			    ev->value->value ||
			    !place_same_member(ev->addr, w->member))
				continue;
			report_gone(c, w, end, ev);
			return;
		}
}

/* Ends of outer levels that do not lead to the release themselves. */
static void judge_release(struct checker *c, const struct callbacks *cb,
			  const struct with_device *w)
{
	unsigned int h;

	for (h = 0; h < cb->n; h++) {
		const struct hook *end = &cb->hook[h];

		if (end->life->part == PART_END && end->index >= 0 &&
		    w->levels && (w->levels & -w->levels) >
		    1u << end->life->depth)
			judge_end(c, w, end);
	}
}

static void judge_call(struct checker *c, const struct callbacks *cb,
		       unsigned int fn, const struct event *ev,
		       struct with_device w)
{
	const struct callee *k = ev->kind == EV_CALL && ev->callee ?
				 callee_of(c, ev->callee) : NULL;
	int n;

	w.f = c->u->function[fn];
	w.ev = ev;
	if (!k || !k->api || k->api->kind != API_RELEASE ||
	    cb->roots[fn].other)
		return;
	w.api = k->api;
	n = api_arg(w.api, ROLE_DEV);
	if (n < 0 || (unsigned int)n >= ev->nargs ||
	    ev->arg[n]->kind != TERM_REG)
		return;
	w.member = targets_loaded(cb->t, fn, ev->arg[n]->value);
	w.levels = cb->roots[fn].end;
	if (w.member && w.member->type &&
	    unit_has_struct(c->u, w.member->type))
		judge_release(c, cb, &w);
}

void judge_gone(struct checker *c, const struct callbacks *cb)
{
	struct with_device w = { .enders = find_enders(c, cb->a) };
	unsigned int i, b, e;

	w.ended = all_ended(c, cb, w.enders);

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		for (b = 0; cb->roots[i].end && b < f->nblocks; b++)
			for (e = 0; e < f->block[b].nevents; e++)
				judge_call(c, cb, i, &f->block[b].event[e],
					   w);
	}
}
