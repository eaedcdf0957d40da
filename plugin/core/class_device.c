/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Devices that do no DMA: those of a class, made for sysfs, to which no bus
 * gave a mask.
 */
#include <string.h>
#include "defs.h"
#include "device_rules.h"

/* A call that is given such a device, unless a mask is set for it somewhere. */
struct class_use {
	const struct term *dev;
	const struct function *function;
	struct report rep;
};

struct class_uses {
	unsigned int n;
	bool any;			/* the driver makes devices, or keeps
					 * pointers to some of a class */
	struct class_use *use;
};

/* Members that are devices, or pointers to one; NULL: it is none. */
static const struct term *device_member(const struct term *dev)
{
	if (dev->kind == TERM_LOAD)
		dev = dev->arg[0];
	return dev->kind == TERM_FIELD && dev->type && dev->name ? dev : NULL;
}

static bool is_class_device(const struct checker *c, const struct term *dev)
{
	const struct term *member = device_member(dev);

	if (dev->kind == TERM_FRESH)
		return rules_makes_device(c->r, dev->name);
	return member && rules_class_device(c->r, member->type, member->name);
}

/* One event of the unit, and the device member that is asked about. */
struct ask {
	struct checker *c;
	unsigned int function;
	const struct event *ev;
	const struct term *member;
};

typedef bool event_fn(const struct ask *a);

static bool any_in_block(struct ask *a, const struct block *b, event_fn *is)
{
	unsigned int e;

	for (e = 0; e < b->nevents; e++) {
		a->ev = &b->event[e];
		if (is(a))
			return true;
	}
	return false;
}

static bool any_event(struct checker *c, const struct term *member,
		      event_fn *is)
{
	struct ask a = { .c = c, .member = member };
	unsigned int i, b;

	for (i = 0; i < c->u->nfunctions; i++) {
		a.function = i;
		for (b = 0; b < c->u->function[i]->nblocks; b++)
			if (any_in_block(&a, &c->u->function[i]->block[b], is))
				return true;
	}
	return false;
}

static bool is_same_device(const struct ask *a, const struct term *x)
{
	const struct term *m;

	m = device_member(written_value(a->c, a->function, x));
	return m && place_same_member(m, a->member);
}

/* Does the driver make a device itself? */
static bool is_maker(const struct ask *a)
{
	return a->ev->kind == EV_CALL && a->ev->callee && a->ev->nargs &&
	       rules_makes_device(a->c->r, a->ev->callee);
}

static bool makes(const struct ask *a)
{
	return is_maker(a) && is_same_device(a, a->ev->arg[0]);
}

/* Is a mask set for it, by a call or by writing it down? */
static bool sets_mask(const struct ask *a)
{
	const struct event *ev = a->ev;
	const struct api *api = ev->kind == EV_CALL && ev->callee ?
				callee_of(a->c, ev->callee)->api : NULL;
	int dev = api && api->kind == API_MASK ? api_arg(api, ROLE_DEV) : -1;
	const struct term *addr;

	if (dev >= 0 && (unsigned int)dev < ev->nargs)
		return is_same_device(a, ev->arg[dev]);
	if (ev->kind != EV_STORE)
		return false;
	addr = written_value(a->c, a->function, ev->addr);
	return addr->kind == TERM_FIELD && addr->name &&
	       strstr(addr->name, "dma_mask") &&
	       is_same_device(a, addr->arg[0]);
}

static bool value_is_class(const struct ask *a)
{
	return a->ev->kind == EV_STORE && a->ev->type &&
	       a->ev->value->kind == TERM_REG &&
	       is_class_device(a->c, written_value(a->c, a->function,
						  a->ev->value));
}

static bool stores_class_device(const struct ask *a)
{
	return a->ev->kind == EV_STORE &&
	       place_same_member(a->ev->addr, a->member) && value_is_class(a);
}

static bool stores_other_device(const struct ask *a)
{
	return a->ev->kind == EV_STORE &&
	       place_same_member(a->ev->addr, a->member) && !value_is_class(a);
}

/* Worth a look at members that no rule knows? */
static bool is_telling(const struct ask *a)
{
	return is_maker(a) || value_is_class(a);
}

void judge_device_of(struct checker *c, struct world *w, const struct api *api,
		     const struct term *dev, const struct origin *origin,
		     struct loc loc)
{
	struct class_uses *u = c->class_uses;
	struct report rep = {
		.rule = "dma-device-mismatch", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = loc, .api = api->name,
		.noun = family_noun(api), .origin = origin,
	};
	unsigned int i;

	if (!dev || api->wrapper || dev->kind == TERM_PARAM)
		return;
	if (!device_member(dev) && !is_class_device(c, dev))
		return;
	if (!u)
		u = c->class_uses = arena_alloc(c->a, sizeof(*u));
	for (i = 0; i < u->n; i++)
		if (u->use[i].function == c->fr->f && u->use[i].dev == dev)
			return;
	if (is_class_device(c, dev))
		rep.trail = trail_save(c, w->trail, SAVED);
	rep.place = value_name(c->a, c->fr->f, dev);
	rep.message = arena_printf(c->a, "%s() is given %s, a device that does "
				   "no DMA", api->name, rep.place);
	u->use = arena_grow(c->a, u->use, u->n, sizeof(*u->use));
	u->use[u->n++] = (struct class_use){ dev, c->fr->f, rep };
}

/* A device that is not the one of the acquire is said already. */
static bool is_said(const struct checker *c, const struct report *rep)
{
	unsigned int i;

	for (i = 0; i < c->res->nfindings; i++) {
		const struct finding *f = &c->res->finding[i];

		if (f->line == rep->loc.line &&
		    !strcmp(f->rule->id, "dma-device-mismatch") &&
		    !strcmp(f->function, rep->function->name))
			return true;
	}
	return false;
}

static void judge_use(struct checker *c, struct class_use *use)
{
	const struct term *member = device_member(use->dev);
	struct report *rep = &use->rep;
	bool own = !is_class_device(c, use->dev);

	if (own && !c->class_uses->any)
		return;
	if (own && use->dev->kind == TERM_FIELD) {
		if (!any_event(c, member, makes))
			return;
		rep->last = "given a device here that the driver made itself, "
			    "without a DMA mask";
	} else if (own) {
		if (!any_event(c, member, stores_class_device) ||
		    any_event(c, member, stores_other_device))
			return;
	}
	if (member && any_event(c, member, sets_mask))
		return;
	if (is_said(c, rep))
		return;
	if (own)
		rep->confidence = CONF_MEDIUM;
	if (!rep->last)
		rep->last = "given a device of a class here, not the one that "
			    "does the DMA";
	report(c, rep);
}

void judge_class_devices(struct checker *c)
{
	unsigned int i;

	if (!c->class_uses)
		return;
	c->class_uses->any = any_event(c, NULL, is_telling);
	for (i = 0; i < c->class_uses->n; i++)
		judge_use(c, &c->class_uses->use[i]);
}
