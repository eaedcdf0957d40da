/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that the device reads or writes: may it be mapped at all, and has it
 * its cache lines for itself?
 */
#include <string.h>
#include "checker.h"

/* Bytes; machines with longer lines share more, never less. */
#define LINE 64
/* Who asks for as much wants the member to begin a cache line: on machines
 * where DMA is coherent, ARCH_DMA_MINALIGN is no more. */
#define MINALIGN 8

/* The bytes of a member, and of the lines it lies in, from its object on. */
struct span {
	int64_t first, end, line, line_end;
};

struct neighbour {
	const struct function *function;
	const struct event *event;
	const struct term *member;
	bool running;		/* written at another time: elsewhere, and not
				 * only when the driver is set up */
};

/* What is looked for, and what was found. */
struct search {
	const struct checker *c;
	const struct embedded *e;
	const struct term *level;	/* the member, or one it is in */
	struct span span;
	struct neighbour found;
};

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

/* Is the member a buffer itself? Two that are mapped do not hurt each other. */
static bool is_mapped(const struct checker *c, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < c->nembedded; i++) {
		const struct member *m = c->embedded[i].member;

		if (m->type == x->type && m->name == x->name &&
		    m->offset == x->value)
			return true;
	}
	return false;
}

/* The member of the level's struct that @addr is in, if that is beside what
 * is looked for and in the same lines; else NULL. */
static const struct term *beside(const struct search *s,
				 const struct term *addr)
{
	const struct term *level = s->level, *x = addr;
	int64_t at = level->at - level->value;

	while (x->kind == TERM_FIELD || x->kind == TERM_ELEM) {
		if (x->kind == TERM_FIELD && x->type == level->type)
			break;
		x = x->arg[0];
	}
	if (x->kind != TERM_FIELD || x->type != level->type)
		return NULL;
	at += x->value;
	if (addr->base == x->base)
		at += addr->at - x->at;
	if (at < s->span.line || at >= s->span.line_end ||
	    (at >= s->span.first && at < s->span.end) || is_mapped(s->c, x))
		return NULL;
	return x;
}

/* What the event writes to, as far as it says: a call to its first argument. */
static const struct term *written(const struct event *ev)
{
	if (ev->kind == EV_STORE)
		return ev->addr;
	return ev->kind == EV_CALL && ev->callee && ev->nargs ? ev->arg[0] :
	       NULL;
}

static void look_in(struct search *s, unsigned int index)
{
	const struct function *f = s->c->u->function[index];
	bool running = !s->c->entry[index] && f->name != s->e->in->name;
	struct neighbour *n = &s->found;
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			const struct term *addr = written(ev), *x;

			x = addr ? beside(s, addr) : NULL;
			if (x && (!n->function || (running && !n->running)))
				*n = (struct neighbour){ f, ev, x, running };
		}
}

/* Somebody who writes to the same lines. */
static struct neighbour find_neighbour(const struct checker *c,
				       const struct embedded *e)
{
	struct search s = { .c = c, .e = e, .level = e->addr };
	unsigned int i;

	s.span.first = e->addr->at;
	s.span.end = e->addr->at + e->member->size;
	s.span.line = s.span.first - s.span.first % LINE;
	s.span.line_end = (s.span.end + LINE - 1) / LINE * LINE;
	for (; s.level->kind == TERM_FIELD; s.level = s.level->arg[0])
		for (i = 0; i < c->u->nfunctions && !s.found.running; i++)
			look_in(&s, i);
	return s.found;
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

/* Not all that is true is worth the same: what the device only reads does no
 * harm where no line is ever thrown away. */
static enum confidence embedded_confidence(const struct transfer *t,
					   const struct neighbour *n)
{
	if (t->way != WAY_IN)
		return CONF_LOW;
	return n->running && !t->perhaps ? CONF_HIGH : CONF_MEDIUM;
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

/* The member is mapped in more than one place: the worst of them is the
 * finding, the others are steps of its path. */
static void add_site_step(struct checker *c, struct embedded *e,
			  const struct function *in, const struct transfer *t)
{
	const struct trail *s;
	struct trail *step;

	for (s = e->sites; s; s = s->before)
		if (s->function == in)
			return;
	if (e->nsites == EMBEDDED_SITES || e->in == in)
		return;
	step = new_step(c, t->loc, in, t->member ? "it is mapped as %s, too" :
			"%s() maps it, too", t->api);
	step->before = e->sites;
	e->sites = step;
	e->nsites++;
}

static bool is_worse(const struct transfer *a, const struct transfer *b)
{
	if (a->way != b->way)
		return a->way == WAY_IN;
	return b->perhaps && !a->perhaps;
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
	struct embedded *e, old;
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
		c->embedded[i] = (struct embedded){ m, x, c->fr->f, *t,
						    NULL, 0 };
		return;
	}
	e = &c->embedded[i];
	old = *e;
	if (is_worse(t, &e->transfer)) {
		e->addr = x;
		e->in = c->fr->f;
		e->transfer = *t;
		add_site_step(c, e, old.in, &old.transfer);
	} else {
		add_site_step(c, e, c->fr->f, t);
	}
}

/* A place that is reached by arithmetic is named by its type. */
static const char *member_place(struct checker *c, const struct embedded *e)
{
	const char *name = place_name(c->a, e->in, e->addr);

	return strchr(name, ' ') ?
	       arena_printf(c->a, "%s.%s", e->member->type, e->member->name) :
	       name;
}

static void judge_embedded(struct checker *c, const struct embedded *e)
{
	const struct transfer *t = &e->transfer;
	struct neighbour n;
	struct trail *step;
	struct report rep = {
		.rule = "dma-bad-memory", .function = e->in,
		.loc = t->loc, .api = t->api, .noun = "transfer buffer",
		.origin = t->origin,
		.message = t->member ?
			   "{place}, which is mapped as {api}, shares a cache "
			   "line with {other}, which the CPU writes" :
			   "{place}, which {api}() maps, shares a cache line "
			   "with {other}, which the CPU writes",
		.last = "mapped here together with what is beside it",
	};

	if (is_aligned(c, e->addr))
		return;
	n = find_neighbour(c, e);
	if (!n.function)
		return;
	step = new_step(c, n.event->loc, n.function, "%s is written here",
			n.member->name);
	step->before = e->sites;
	rep.trail = step;
	rep.confidence = embedded_confidence(t, &n);
	rep.place = member_place(c, e);
	rep.other = n.member->name;
	report(c, &rep);
}

void judge_members(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->nembedded; i++)
		judge_embedded(c, &c->embedded[i]);
}

/* Stacks and vmalloc memory can be mapped page by page, as the SPI core does
 * where it has to; that others lose what they wrote beside it remains. */
static enum confidence memory_confidence(const struct transfer *t,
					 enum bad_memory bad)
{
	if (!t->perhaps && !t->lists)
		return CONF_HIGH;
	if (t->lists)
		return bad == BAD_STACK ? CONF_MEDIUM : CONF_LOW;
	return t->way == WAY_IN ? CONF_MEDIUM : CONF_LOW;
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
			.lists = api->kind != API_MAPS,
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
	struct transfer t = { .loc = ev->loc };

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
		t.api = callee->name;
		t.size = NULL;
		t.member = false;
		judge_transfer(c, w, arg[d->param], &t);
	}
}
