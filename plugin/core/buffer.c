/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that the device reads or writes: may it be mapped at all, and has it
 * its cache lines for itself?
 */
#include <string.h>
#include "beside.h"

/* Who asks for as much wants the member to begin a cache line: on machines
 * where DMA is coherent, ARCH_DMA_MINALIGN is no more. */
#define MINALIGN 8

static const struct member *find_member(const struct checker *c,
					const struct term *x)
{
	unsigned int i, k;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		for (k = 0; k < f->nmembers; k++)
			if (f->member[k].type == x->type &&
			    f->member[k].name == x->name &&
			    f->member[k].offset == x->value)
				return &f->member[k];
	}
	return NULL;
}

/* Does the source see to it that the member begins a line? */
static bool is_aligned(const struct checker *c, const struct term *x)
{
	for (; x->kind == TERM_FIELD; x = x->arg[0]) {
		const struct member *m = find_member(c, x);

		if (m && m->align >= MINALIGN)
			return true;
	}
	return false;
}

static struct trail *new_step(struct checker *c, struct loc loc,
			      const struct function *in, const char *format,
			      const char *word)
{
	struct trail *t = arena_alloc(c->a, sizeof(*t));

	*t = (struct trail){
		.kind = TRAIL_CALL, .loc = loc, .function = in,
		.format = format, .word = { word },
	};
	return t;
}

/* The address of the first member is that of the whole object: which of them
 * is meant, the size says. */
static bool may_be_more(const struct term *x, const struct member *m,
			const struct transfer *t)
{
	if (t->size && t->size->kind == TERM_CONST)
		return t->size->value > m->size;
	return !x->at;
}

/* @value may be, or lie in, a member of a larger object. */
static void note_embedded(struct checker *c, const struct term *value,
			  const struct transfer *t)
{
	const struct term *x = value;
	const struct member *m;
	struct embedded *e;
	unsigned int i;

	while (x->kind == TERM_ELEM || (x->kind == TERM_OP && x->op == OP_ADD))
		x = x->arg[0];
	m = x->kind == TERM_FIELD ? find_member(c, x) : NULL;
	if (!m || may_be_more(x, m, t))
		return;
	for (i = 0; i < c->nembedded && c->embedded[i].member != m; i++)
		;
	if (i == c->nembedded) {
		c->embedded = arena_grow(c->a, c->embedded, i, sizeof(*e));
		c->nembedded++;
		c->embedded[i] = (struct embedded){ .member = m };
	}
	e = &c->embedded[i];
	for (i = 0; i < e->nsites; i++)
		if (e->site[i].in == c->fr->f &&
		    e->site[i].transfer.event->id == t->event->id)
			return;
	if (e->nsites < EMBEDDED_SITES)
		e->site[e->nsites++] = (struct member_site){ x, c->fr->f, *t };
}

/* A place that is reached by arithmetic is named by its type. */
static const char *member_place(struct checker *c, const struct embedded *e,
				const struct member_site *site)
{
	const char *name = place_name(c->a, site->in, site->addr);

	return strchr(name, ' ') ?
	       arena_printf(c->a, "%s.%s", e->member->type, e->member->name) :
	       name;
}

/* The other places where it is mapped are steps of the path, one a function. */
static const struct trail *other_sites(struct checker *c,
				       const struct embedded *e,
				       const struct member_site *but)
{
	const struct trail *s, *t = NULL;
	unsigned int i;

	for (i = 0; i < e->nsites; i++) {
		const struct member_site *x = &e->site[i];
		struct trail *step;

		for (s = t; s && s->function != x->in; s = s->before)
			;
		if (s || x->in == but->in)
			continue;
		step = new_step(c, x->transfer.loc, x->in, x->transfer.member ?
				"it is mapped as %s, too" :
				"%s() maps it, too", x->transfer.api);
		step->before = t;
		t = step;
	}
	return t;
}

static void report_embedded(struct checker *c, const struct embedded *e,
			    const struct member_site *site,
			    const struct neighbour *n)
{
	const struct transfer *t = &site->transfer;
	struct trail *step = new_step(c, n->event->loc, n->function,
				      "%s is written here", n->member->name);
	struct report rep = {
		.rule = "dma-bad-memory", .function = site->in,
		.loc = t->loc, .api = t->api, .noun = "transfer buffer",
		.origin = t->origin, .trail = step,
		.confidence = n->confidence,
		.place = member_place(c, e, site), .other = n->member->name,
		.message = t->member ?
			   "{place}, which is mapped as {api}, shares a cache "
			   "line with {other}, which the CPU writes" :
			   "{place}, which {api}() maps, shares a cache line "
			   "with {other}, which the CPU writes",
		.last = "mapped here together with what is beside it",
	};

	step->before = other_sites(c, e, site);
	report(c, &rep);
}

/* It may be mapped in more than one place: the worst of them is reported. */
static void judge_embedded(struct checker *c, struct beside *b,
			   const struct embedded *e)
{
	const struct member_site *worst = NULL;
	struct neighbour found = { 0 };
	unsigned int i;

	for (i = 0; i < e->nsites; i++) {
		struct neighbour n;

		if (is_aligned(c, e->site[i].addr))
			return;
		n = find_neighbour(b, e->member, &e->site[i]);
		if (!n.function ||
		    (worst && n.confidence <= found.confidence))
			continue;
		worst = &e->site[i];
		found = n;
	}
	if (worst)
		report_embedded(c, e, worst, &found);
}

void judge_members(struct checker *c)
{
	struct beside *b;
	unsigned int i;

	if (!c->nembedded)
		return;
	b = beside_new(c);
	for (i = 0; i < c->nembedded; i++)
		judge_embedded(c, b, &c->embedded[i]);
	beside_free(b);
}

/* Stacks and vmalloc memory can be mapped page by page, as the SPI core does
 * where it has to; that others lose what they wrote beside it remains. */
static enum confidence memory_confidence(const struct transfer *t,
					 enum bad_memory bad)
{
	if (t->instead)
		return CONF_LOW;
	if (!t->perhaps && !t->lists)
		return CONF_HIGH;
	if (t->lists)
		return bad == BAD_STACK ? CONF_MEDIUM : CONF_LOW;
	return t->way == WAY_IN ? CONF_MEDIUM : CONF_LOW;
}

/* Does the function, given parameter @p there, map it? */
static bool is_demanded(const struct checker *c, const char *callee,
			unsigned int p)
{
	const struct api *api = rules_api(c->r, callee);
	unsigned int i;

	for (i = 0; i < c->ndemands; i++)
		if (c->demand[i].param == p &&
		    !strcmp(c->demand[i].function->name, callee))
			return true;
	return api && (api->kind == API_MAPS || api->kind == API_ACQUIRE);
}

/* Does the block give the parameter to somebody who does not map it? */
static bool uses_param(struct checker *c, const struct block *b,
		       const struct term *param)
{
	unsigned int index = (unsigned int)callee_of(c, c->fr->f->name)->index;
	unsigned int e, i;

	for (e = 0; e < b->nevents; e++) {
		const struct event *ev = &b->event[e];

		if (ev->kind != EV_CALL || !ev->callee)
			continue;
		for (i = 0; i < ev->nargs; i++)
			if (written_value(c, index, ev->arg[i]) == param &&
			    !is_demanded(c, ev->callee, i))
				return true;
	}
	return false;
}

/* Marks the blocks that lead to @b, or that it leads to. */
static void mark_way(const struct function *f, unsigned int b, bool *way,
		     bool *seen, bool back)
{
	const struct block *blk = &f->block[b];
	unsigned int n = back ? blk->npred : blk->nsucc, i;

	way[b] = seen[b] = true;
	for (i = 0; i < n; i++) {
		unsigned int to = back ? blk->pred[i] : blk->succ[i];

		if (!seen[to])
			mark_way(f, to, way, seen, back);
	}
}

/* Is there a way through the function that uses @param and does not map it? */
static bool maps_instead(struct checker *c, const struct term *param,
			 const struct event *at)
{
	const struct function *f = c->fr->f;
	bool *way = arena_alloc(c->fr->keep, 3 * (f->nblocks + 1));
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			if (f->block[b].event[e].id != at->id ||
			    f->block[b].event[e].kind != at->kind)
				continue;
			mark_way(f, b, way, way + f->nblocks + 1, false);
			mark_way(f, b, way, way + 2 * (f->nblocks + 1), true);
		}
	for (b = 0; b < f->nblocks; b++)
		if (!way[b] && uses_param(c, &f->block[b], param))
			return true;
	return false;
}

/* The function maps what its caller gives it. */
static void note_demand(struct checker *c, const struct term *value,
			const struct transfer *t)
{
	struct demand d = { c->fr->f, 0, *t };
	unsigned int i;

	while (value->kind == TERM_ELEM ||
	       (value->kind == TERM_OP && value->op == OP_ADD))
		value = value->arg[0];
	if (value->kind != TERM_PARAM || rules_api(c->r, c->fr->f->name))
		return;
	d.param = (unsigned int)value->value;
	for (i = 0; i < c->ndemands; i++)
		if (c->demand[i].function == d.function &&
		    c->demand[i].param == d.param &&
		    c->demand[i].transfer.way == t->way)
			return;
	if (t->event && !d.transfer.instead)
		d.transfer.instead = maps_instead(c, value, t->event);
	c->demand = arena_grow(c->a, c->demand, c->ndemands,
			       sizeof(*c->demand));
	c->demand[c->ndemands++] = d;
}

void judge_transfer(struct checker *c, struct world *w,
		    const struct term *value, const struct transfer *t)
{
	enum bad_memory bad;
	struct report rep = {
		.rule = "dma-bad-memory", .function = c->fr->f,
		.loc = t->loc, .api = t->api, .noun = "transfer buffer",
		.trail = w->trail,
		.message = t->member ?
			   "{value} in {place} is mapped as {api}, which is "
			   "not memory of kmalloc() or the page allocator" :
			   NULL,
	};

	value = term_strip(value);
	if (value->kind == TERM_CONST || value->vague)
		return;
	note_demand(c, value, t);
	bad = bad_memory(c, w, value);
	if (bad == BAD_NOT && !t->lists)
		note_embedded(c, value, t);
	if (bad == BAD_NOT || bad == BAD_COHERENT)
		return;
	rep.value = bad_memory_name(bad);
	rep.confidence = memory_confidence(t, bad);
	rep.place = value_name(c->a, c->fr->f, value);
	rep.last = arena_printf(c->a, "%s is given here, to be mapped",
				rep.value);
	report(c, &rep);
}

/* A USB pipe or request type: USB_DIR_IN is 0x80 in both (linux/usb/ch9.h).
 * Pipes of most types have other constant bits, too. */
static enum way usb_way(const struct term *x)
{
	x = term_strip(x);
	if (x->kind == TERM_CONST)
		return x->value & 0x80 ? WAY_IN : WAY_OUT;
	if (x->kind != TERM_OP || x->op != OP_OR)
		return WAY_UNKNOWN;
	for (; x->kind == TERM_OP && x->op == OP_OR; x = x->arg[0])
		if (x->arg[1]->kind == TERM_CONST)
			return usb_way(x->arg[1]);
	return WAY_UNKNOWN;
}

static enum way role_way(enum role role)
{
	return role == ROLE_BUFFER_IN ? WAY_IN :
	       role == ROLE_BUFFER_OUT ? WAY_OUT : WAY_UNKNOWN;
}

/* The function that the call names to be called when the transfer is over. */
static const char *callback_of(const struct api *api, const struct event *ev)
{
	int n = api->registers ? api_arg(&api->registers->call, ROLE_FN) : -1;

	return n >= 0 && (unsigned int)n < ev->nargs &&
	       ev->arg[n]->kind == TERM_GLOBAL ? ev->arg[n]->name : NULL;
}

void judge_buffers(struct checker *c, struct world *w,
		   struct place_in_code at, const struct api *api,
		   const struct term **arg)
{
	int usb = api_arg(api, ROLE_USB_DIR);
	int size = api_arg(api, ROLE_SIZE);
	unsigned int i;

	for (i = 0; i < api->nargs && i < at.ev->nargs; i++) {
		enum role role = api->arg[i];
		struct transfer t = {
			.api = at.ev->callee, .way = role_way(role),
			.perhaps = api->perhaps, .loc = at.ev->loc,
			.lists = api->kind != API_MAPS, .event = at.ev,
			.waits = api->waits, .done = callback_of(api, at.ev),
		};

		if (role != ROLE_BUFFER && role != ROLE_BUFFER_IN &&
		    role != ROLE_BUFFER_OUT)
			continue;
		if (role == ROLE_BUFFER && usb >= 0 &&
		    (unsigned int)usb < at.ev->nargs)
			t.way = usb_way(arg[usb]);
		if (size >= 0 && (unsigned int)size < at.ev->nargs)
			t.size = arg[size];
		judge_transfer(c, w, arg[i], &t);
	}
}

void judge_member(struct checker *c, struct world *w, const struct event *ev,
		  const struct term *value)
{
	const struct term *addr = ev->addr;
	const struct mapped_member *m;
	struct transfer t = { .loc = ev->loc, .event = ev };

	if (addr->kind != TERM_FIELD || !addr->type || !addr->name)
		return;
	m = rules_member(c->r, addr->type, addr->name);
	if (!m)
		return;
	t.api = arena_printf(c->a, "%s.%s", m->type, m->name);
	t.way = role_way(m->role);
	t.perhaps = m->perhaps;
	t.member = true;
	judge_transfer(c, w, value, &t);
}

void judge_demands(struct checker *c, struct world *w,
		   struct place_in_code at, const struct function *callee,
		   const struct term **arg)
{
	unsigned int i;

	for (i = 0; i < c->ndemands; i++) {
		const struct demand *d = &c->demand[i];
		struct transfer t = d->transfer;

		if (d->function->name != callee->name ||
		    d->param >= at.ev->nargs)
			continue;
		t.loc = at.ev->loc;
		t.event = at.ev;
		t.api = callee->name;
		t.size = NULL;
		t.member = false;
		judge_transfer(c, w, arg[d->param], &t);
	}
}
