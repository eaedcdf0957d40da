/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A callback clears the pointer to the device, and one of an inner level that
 * comes later releases with it: disconnect before stop_streaming.
 */
#include <string.h>
#include "callbacks.h"
#include "valueflow.h"

#define DEPTH 16

/* A release, and the member it takes the device from. */
struct with_device {
	const struct function *f;
	const struct event *ev;
	const struct api *api;
	const struct term *member;
	unsigned int levels;		/* whose ends lead to it */
};

/* Does the call end the levels, by itself or further down? */
static bool ends_level(struct checker *c, const struct event *ev,
		       unsigned int levels, unsigned int depth);

static bool function_ends(struct checker *c, const struct function *f,
			  unsigned int levels, unsigned int depth)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (ends_level(c, &f->block[b].event[e], levels,
				       depth))
				return true;
	return false;
}

static bool ends_level(struct checker *c, const struct event *ev,
		       unsigned int levels, unsigned int depth)
{
	const struct lifecycle *l;
	int k;

	if (ev->kind != EV_CALL || !ev->callee || !depth)
		return false;
	l = rules_lifecycle(c->r, ev->callee, "-");
	if (l && l->part == PART_ENDS && (levels & 1u << l->depth))
		return true;
	k = callee_of(c, ev->callee)->index;
	return k >= 0 && function_ends(c, c->u->function[k], levels,
				       depth - 1);
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

			if (ends_level(c, ev, w->levels, DEPTH))
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
		       unsigned int fn, const struct event *ev)
{
	const struct callee *k = ev->kind == EV_CALL && ev->callee ?
				 callee_of(c, ev->callee) : NULL;
	struct with_device w = { .f = c->u->function[fn], .ev = ev };
	int n;

	if (!k || !k->api || k->api->kind != API_RELEASE ||
	    cb->roots[fn].other)
		return;
	w.api = k->api;
	n = api_arg(w.api, ROLE_DEV);
	if (n < 0 || (unsigned int)n >= ev->nargs ||
	    ev->arg[n]->kind != TERM_REG)
		return;
	w.member = read_from(w.f, ev->arg[n]->value);
	w.levels = cb->roots[fn].end;
	if (w.member && w.member->type &&
	    unit_has_struct(c->u, w.member->type))
		judge_release(c, cb, &w);
}

void judge_gone(struct checker *c, const struct callbacks *cb)
{
	unsigned int i, b, e;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		for (b = 0; cb->roots[i].end && b < f->nblocks; b++)
			for (e = 0; e < f->block[b].nevents; e++)
				judge_call(c, cb, i, &f->block[b].event[e]);
	}
}
