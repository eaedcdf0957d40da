/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A DMA address that is taken for a physical one: phys_to_virt(dma).
 *
 * Without paths: each value that becomes a pointer or a page is followed back,
 * through copies and arithmetic, callers and members, to the call that made it.
 * Where one way leads to a call that may have translated it, it is let be:
 *
 *	phys = domain ? iommu_iova_to_phys(domain, dma) : dma;
 */
#include <string.h>
#include "defs.h"
#include "device_rules.h"

/* Steps from the use back to the acquire. */
#define FAR 10

enum comes { NOTHING, HANDLE, TRANSLATED };

/* Who stores a handle in a member, and who a physical address. */
struct holder {
	const struct term *addr;
	bool handle, physical;
};

struct back {
	struct checker *c;
	struct holder *holder;
	unsigned int nholders;
	bool filling;			/* members are not asked yet */
	bool far;			/* came through a member or a caller */
	const struct event *acquire;
	const struct function *in;	/* and the function it is in */
	const struct term *place;	/* the member */
	const struct event *call;	/* in the outermost caller */
	unsigned int caller;
};

static enum comes follow(struct back *b, unsigned int fn, const struct term *x,
			 unsigned int depth);

static enum comes either(enum comes a, enum comes b)
{
	return a > b ? a : b;
}

static const struct api *api_of(struct back *b, const struct event *ev)
{
	return ev->kind == EV_CALL && ev->callee ?
	       callee_of(b->c, ev->callee)->api : NULL;
}

/* Is the memory at @addr what a call of the function stores a handle to? */
static bool stored_by_call(struct back *b, const struct event *ev,
			   const struct term *addr)
{
	const struct api *api = api_of(b, ev);
	unsigned int i;

	if (!api || api->kind != API_ACQUIRE)
		return false;
	for (i = 0; i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] == ROLE_HANDLE_OUT && ev->arg[i] == addr)
			return true;
	return false;
}

/* The register, parameter or variable that the address is computed from. */
static const struct term *base_of(struct back *b, unsigned int fn,
				  const struct term *addr)
{
	unsigned int depth;

	for (depth = 0; depth < FAR; depth++) {
		const struct event *ev;

		if ((addr->kind == TERM_OP || addr->kind == TERM_ELEM) &&
		    addr->nargs) {
			addr = addr->arg[0];
			continue;
		}
		ev = addr->kind == TERM_REG ?
		     defs_of(b->c, fn)[addr->value].event : NULL;
		if (!ev || ev->kind != EV_SET)
			break;
		addr = ev->value;
	}
	return addr;
}

/*
 * Memory without a name: what the function itself stores there, as what it
 * loads. One allocation may hold an array of handles and one of others.
 */
static enum comes from_local(struct back *b, unsigned int fn,
			     const struct event *load, unsigned int depth)
{
	const struct function *f = b->c->u->function[fn];
	const struct term *base = base_of(b, fn, load->addr);
	enum comes h = NOTHING;
	unsigned int n, i;

	for (n = 0; n < f->nblocks; n++)
		for (i = 0; i < f->block[n].nevents; i++) {
			const struct event *ev = &f->block[n].event[i];

			if (stored_by_call(b, ev, load->addr)) {
				b->acquire = ev;
				b->in = f;
				h = either(h, HANDLE);
			} else if (ev->kind == EV_STORE && (!ev->type ||
				   !strcmp(ev->type, load->type)) &&
				   base_of(b, fn, ev->addr) == base) {
				h = either(h, follow(b, fn, ev->value,
						     depth + 1));
			}
		}
	return h;
}

static struct holder *holder_of(struct back *b, const struct term *addr)
{
	unsigned int i;

	for (i = 0; i < b->nholders; i++)
		if (place_same_member(b->holder[i].addr, addr))
			return &b->holder[i];
	return NULL;
}

static enum comes from_memory(struct back *b, unsigned int fn,
			      const struct event *load, unsigned int depth)
{
	const struct term *m = place_member(load->addr);
	const struct holder *h;

	if (!m)
		return load->type && !strcmp(load->type, "dma_addr_t") ?
		       from_local(b, fn, load, depth) : NOTHING;
	if (m->type && m->name && rules_dma_member(b->c->r, m->type, m->name)) {
		b->place = load->addr;
		return HANDLE;
	}
	h = b->filling ? NULL : holder_of(b, m);
	if (!h || !h->handle || h->physical)
		return NOTHING;
	b->far = true;
	b->place = load->addr;
	return HANDLE;
}

static enum comes from_call(struct back *b, unsigned int fn,
			    const struct event *ev, unsigned int depth)
{
	const struct api *api = api_of(b, ev);

	if (api && api->kind == API_ACQUIRE && api->ret == ROLE_HANDLE) {
		b->acquire = ev;
		b->in = b->c->u->function[fn];
		return HANDLE;
	}
	/* Byte swaps. */
	if (api && api->kind == API_PURE && ev->nargs == 1)
		return follow(b, fn, ev->arg[0], depth + 1);
	return TRANSLATED;
}

/* What a call of function @fn gives for the parameter, if @ev is one. */
static enum comes from_argument(struct back *b, unsigned int caller,
				const struct event *ev, unsigned int fn,
				int64_t param, unsigned int depth)
{
	enum comes h;

	if (ev->kind != EV_CALL || !ev->callee || param >= ev->nargs ||
	    callee_of(b->c, ev->callee)->index != (int)fn)
		return NOTHING;
	h = follow(b, caller, ev->arg[param], depth + 1);
	if (h == HANDLE) {
		b->call = ev;
		b->caller = caller;
	}
	return h;
}

static enum comes from_callers(struct back *b, unsigned int fn,
			       int64_t param, unsigned int depth)
{
	const struct unit *u = b->c->u;
	enum comes h = NOTHING;
	unsigned int f, n, i;

	for (f = 0; f < u->nfunctions; f++)
		for (n = 0; n < u->function[f]->nblocks; n++) {
			const struct block *at = &u->function[f]->block[n];

			for (i = 0; i < at->nevents && !h; i++)
				h = from_argument(b, f, &at->event[i], fn,
						  param, depth);
		}
	return h;
}

static enum comes from_register(struct back *b, unsigned int fn, int64_t reg,
				unsigned int depth)
{
	const struct def *d = &defs_of(b->c, fn)[reg];
	const struct block *at = &b->c->u->function[fn]->block[d->block];
	enum comes h = NOTHING;
	unsigned int p;

	for (p = 0; d->phi && p < at->npred; p++)
		h = either(h, follow(b, fn, d->phi->arg[p], depth + 1));
	if (!d->event)
		return h;
	switch (d->event->kind) {
	case EV_SET:
		return follow(b, fn, d->event->value, depth + 1);
	case EV_LOAD:
		return from_memory(b, fn, d->event, depth);
	case EV_CALL:
		return from_call(b, fn, d->event, depth);
	default:
		return NOTHING;
	}
}

/*
 * From one base to another: how far two addresses are apart is the same for the
 * device and for the CPU.
 */
static bool is_difference(struct back *b, unsigned int fn, const struct term *x)
{
	const struct event *ev = x->kind == TERM_REG ?
				 defs_of(b->c, fn)[x->value].event : NULL;

	if (ev && ev->kind == EV_SET)
		x = ev->value;
	return x->kind == TERM_OP && x->op == OP_SUB &&
	       x->arg[1]->kind != TERM_CONST;
}

static enum comes follow(struct back *b, unsigned int fn, const struct term *x,
			 unsigned int depth)
{
	enum comes h = NOTHING;
	unsigned int i;

	if (depth > FAR)
		return TRANSLATED;
	switch (x->kind) {
	case TERM_REG:
		return from_register(b, fn, x->value, depth);
	case TERM_PARAM:
		return b->filling ? NOTHING :
		       from_callers(b, fn, x->value, depth);
	case TERM_OP:
		for (i = 0; i < x->nargs; i++) {
			if (is_difference(b, fn, x) ||
			    is_difference(b, fn, x->arg[i]))
				return NOTHING;
			h = either(h, follow(b, fn, x->arg[i], depth + 1));
		}
		return h;
	default:
		return NOTHING;
	}
}

static void note_holder(struct back *b, const struct term *addr, bool handle,
			bool physical)
{
	struct holder *h = place_member(addr) ?
			   holder_of(b, place_member(addr)) : NULL;

	if (!place_member(addr) || (!handle && !physical))
		return;
	if (!h) {
		b->holder = arena_grow(b->c->a, b->holder, b->nholders,
				       sizeof(*b->holder));
		h = &b->holder[b->nholders++];
		*h = (struct holder){ .addr = place_member(addr) };
	}
	h->handle |= handle;
	h->physical |= physical;
}

/* Does a call make a physical address, or anything but a handle, of it? */
static void fill_event(struct back *b, unsigned int fn, const struct event *ev)
{
	const struct api *api = api_of(b, ev);
	unsigned int i;
	enum comes h;

	if (ev->kind == EV_STORE && ev->value->kind != TERM_CONST) {
		h = follow(b, fn, ev->value, 0);
		note_holder(b, ev->addr, h == HANDLE, h == TRANSLATED);
	}
	for (i = 0; api && api->kind == API_ACQUIRE && i < api->nargs &&
	     i < ev->nargs; i++)
		if (api->arg[i] == ROLE_HANDLE_OUT)
			note_holder(b, ev->arg[i], true, false);
}

/* Where the kernel's view of all memory begins: the variable, or NULL. */
static const char *memory_base(struct back *b, unsigned int fn,
			       const struct term *x)
{
	const struct event *ev = x->kind == TERM_REG ?
				 defs_of(b->c, fn)[x->value].event : NULL;

	if (!ev || ev->kind != EV_LOAD || ev->addr->kind != TERM_GLOBAL ||
	    !rules_takes_physical(b->c->r, ev->addr->name))
		return NULL;
	return ev->addr->name;
}

/* The physical address that the event takes, or NULL; @name: who takes it. */
static const struct term *taken(struct back *b, unsigned int fn,
				const struct event *ev, const char **name)
{
	const struct term *x = ev->value;
	const char *base;
	unsigned int i;

	if (ev->kind == EV_CALL && ev->callee && ev->nargs == 1 &&
	    rules_takes_physical(b->c->r, ev->callee)) {
		*name = ev->callee;
		return ev->arg[0];
	}
	if (ev->kind != EV_SET || x->kind != TERM_OP || x->op != OP_ADD ||
	    x->nargs != 2)
		return NULL;
	for (i = 0; i < 2; i++) {
		base = memory_base(b, fn, x->arg[i]);
		if (!base)
			continue;
		*name = !strcmp(base, "vmemmap_base") ? "pfn_to_page" : "__va";
		return x->arg[1 - i];
	}
	return NULL;
}

static void say(struct back *b, unsigned int fn, const struct event *ev,
		const char *name, const struct term *x)
{
	const struct function *f = b->c->u->function[b->call ? b->caller : fn];
	struct loc loc = b->call ? b->call->loc : ev->loc;
	struct trail first = {
		.kind = TRAIL_CHANGE, .function = b->in, .format = "%s() gives "
		"the DMA address here",
	};
	struct report rep = {
		.rule = "dma-handle-as-physical", .function = f, .loc = loc,
		.confidence = b->far ? CONF_MEDIUM : CONF_HIGH, .api = name,
		.last = arena_printf(b->c->a, "given to %s() here", name),
	};

	if (b->acquire) {
		first.loc = b->acquire->loc;
		first.word[0] = b->acquire->callee;
		rep.trail = &first;
	}
	rep.place = b->place ? place_name(b->c->a, f, b->place) :
		    value_name(b->c->a, b->c->u->function[fn], x);
	if (!strcmp(rep.place, "-") && b->acquire)
		rep.place = arena_printf(b->c->a, "handle of %s()",
					 b->acquire->callee);
	if (b->call) {
		rep.end = b->c->u->function[fn];
		rep.end_loc = ev->loc;
	}
	report(b->c, &rep);
}

static void judge_event(struct back *b, unsigned int fn, const struct event *ev)
{
	struct back now = *b;
	const char *name;
	const struct term *x = taken(b, fn, ev, &name);

	if (x && follow(&now, fn, x, 0) == HANDLE)
		say(&now, fn, ev, name, x);
}

static void each_event(struct back *b, void (*what)(struct back *,
		       unsigned int, const struct event *))
{
	const struct unit *u = b->c->u;
	unsigned int f, n, i;

	for (f = 0; f < u->nfunctions; f++)
		for (n = 0; n < u->function[f]->nblocks; n++)
			for (i = 0; i < u->function[f]->block[n].nevents; i++)
				what(b, f, &u->function[f]->block[n].event[i]);
}

void judge_physical(struct checker *c)
{
	struct back b = { .c = c, .filling = true };

	each_event(&b, fill_event);
	b.filling = false;
	each_event(&b, judge_event);
}
