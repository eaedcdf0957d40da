/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an address is of: memory that must not be mapped, and physical
 * addresses that pass for DMA addresses.
 */
#include <string.h>
#include "checker.h"

/* enum memory_kind of the function that made the fresh value, or OTHER. */
static enum memory_kind memory_of(struct checker *c, const struct term *x)
{
	const struct callee *k;

	if (x->kind != TERM_FRESH)
		return MEM_OTHER;
	k = callee_of(c, x->name);
	return k->api && k->api->kind == API_ALLOC ? k->api->memory :
	       MEM_OTHER;
}

static bool is_coherent(const struct world *w, const struct term *cpu)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		const struct mapping *m = w->owned[i].m;

		if (m->origin && m->api->ret == ROLE_CPU &&
		    m->role[ROLE_CPU] == cpu && !m->api->wrapper &&
		    m->api->family->implicit_dir)
			return true;
	}
	return false;
}

enum bad_memory bad_memory(struct checker *c, const struct world *w,
			   const struct term *cpu)
{
	const struct term *obj = place_object(cpu);

	if (obj->kind == TERM_LOCAL)
		return BAD_STACK;
	if (obj->kind == TERM_GLOBAL || obj->kind == TERM_STRING)
		return BAD_STATIC;
	if (memory_of(c, obj) == MEM_VMALLOC)
		return BAD_VMALLOC;
	if (memory_of(c, obj) == MEM_IOREMAP)
		return BAD_IOMEM;
	return is_coherent(w, obj) ? BAD_COHERENT : BAD_NOT;
}

const char *bad_memory_name(enum bad_memory bad)
{
	static const char *const name[] = {
		[BAD_STACK] = "memory on the stack",
		[BAD_STATIC] = "static data of the module",
		[BAD_VMALLOC] = "vmalloc memory",
		[BAD_IOMEM] = "I/O memory",
		[BAD_COHERENT] = "coherent memory",
	};

	return name[bad];
}

/* Which way the data go by the direction of a mapping. */
static enum way mapped_way(const struct mapping *m)
{
	const struct term *dir = m->role[ROLE_DIR];

	if (!dir || dir->kind != TERM_CONST || dir->value > 2)
		return WAY_UNKNOWN;
	return dir->value == 1 ? WAY_OUT : WAY_IN;
}

void judge_memory(struct checker *c, struct world *w, const struct mapping *m,
		  struct loc loc)
{
	const struct term *cpu = m->role[ROLE_CPU];
	enum bad_memory bad;
	struct transfer t = {
		.api = m->api->name, .loc = loc, .way = mapped_way(m),
		.origin = m->origin, .size = m->role[ROLE_SIZE],
		.event = m->origin->event,
	};
	struct report rep = {
		.rule = "dma-bad-memory", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = loc, .api = m->api->name,
		.noun = family_noun(m->api), .origin = m->origin,
		.trail = w->trail,
	};

	if (!cpu || m->api->ret != ROLE_HANDLE)
		return;
	bad = bad_memory(c, w, cpu);
	if (bad == BAD_NOT) {
		judge_transfer(c, w, cpu, &t);
		return;
	}
	rep.value = bad_memory_name(bad);
	rep.place = value_name(c->a, c->fr->f, cpu);
	rep.last = arena_printf(c->a, "%s is mapped here", rep.value);
	report(c, &rep);
}

const struct term *converted(struct checker *c, const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_CALL) {
		const struct callee *k = callee_of(c, x->name);

		return k->api && k->api->kind == API_ADDRESS ? x : NULL;
	}
	if (x->kind != TERM_OP)
		return NULL;
	for (i = 0; i < x->nargs; i++) {
		const struct term *y = converted(c, x->arg[i]);

		if (y)
			return y;
	}
	return NULL;
}

/* Is there a finding of the rule in this function already? */
static bool said_here(const struct checker *c, const char *rule)
{
	unsigned int i;

	for (i = 0; i < c->res->nfindings; i++)
		if (!strcmp(c->res->finding[i].rule->id, rule) &&
		    !strcmp(c->res->finding[i].function, c->fr->f->name))
			return true;
	return false;
}

/* A physical address becomes a dma_addr_t with no mapping in between. */
void judge_store(struct checker *c, struct world *w, const struct event *ev,
		 const struct term *value)
{
	const struct term *x;
	struct report rep = {
		.rule = "dma-missing-map", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = ev->loc, .trail = w->trail,
		.last = "kept here as if it were a DMA address",
		.converted = true,
	};

	if (!ev->type || strcmp(ev->type, "dma_addr_t"))
		return;
	x = converted(c, value);
	if (!x || said_here(c, rep.rule))
		return;
	/* Memory of an allocator is certainly meant to be mapped; of other
	 * memory, such as the device's own, nothing is known. */
	if (!x->nargs ||
	    memory_of(c, place_object(x->arg[0])) != MEM_KMALLOC)
		rep.confidence = CONF_LOW;
	else if (place_object(world_eval(c->t, w, ev->addr))->kind ==
		 TERM_FRESH)
		rep.confidence = CONF_MEDIUM;
	rep.api = x->name;
	rep.place = place_name(c->a, c->fr->f,
			       world_eval(c->t, w, ev->addr));
	rep.value = x->name;
	report(c, &rep);
}

/* What is unmapped or synced never was mapped: it is a physical address. */
void judge_handle(struct checker *c, struct world *w, const struct roles *r)
{
	const struct term *h = r->role[ROLE_HANDLE], *x;
	struct report rep = {
		.rule = "dma-handle-mismatch", .confidence = CONF_HIGH,
		.function = r->function, .loc = r->loc, .trail = w->trail,
		.api = r->api->name, .noun = family_noun(r->api),
		.message = "{api}() is given the result of {value}() for "
			   "{place}, which was never mapped",
		.last = "given here as if it were a DMA address",
		.converted = true,
	};

	x = h ? converted(c, h) : NULL;
	if (!x || r->function != c->fr->f)
		return;
	rep.place = value_name(c->a, c->fr->f, x->nargs ? x->arg[0] : x);
	rep.value = x->name;
	rep.wanted = "the handle that a mapping returned";
	rep.other = x->name;
	report(c, &rep);
}

/* A physical address is written to the device. */
void judge_device(struct checker *c, struct world *w,
		  struct place_in_code at, const struct term *value)
{
	const struct term *x = converted(c, value);
	struct report rep = {
		.rule = "dma-missing-map", .confidence = CONF_MEDIUM,
		.function = c->fr->f, .loc = at.ev->loc, .trail = w->trail,
		.last = "given to the device here", .converted = true,
	};

	if (!x)
		return;
	rep.api = x->name;
	rep.value = x->name;
	rep.place = value_name(c->a, c->fr->f, x->nargs ? x->arg[0] : x);
	report(c, &rep);
}

void judge_address(struct checker *c, struct world *w,
		   struct place_in_code at, const struct term **arg)
{
	struct owned *o = at.ev->nargs ? owned_memory(w, arg[0]) : NULL;
	struct report rep = {
		.rule = "dma-bad-memory", .function = c->fr->f,
		.loc = at.ev->loc, .api = at.ev->callee, .trail = w->trail,
		.confidence = CONF_HIGH,
	};

	if (!o || !o->m->origin || o->m->api->ret != ROLE_CPU ||
	    o->m->api->family->streaming)
		return;
	rep.noun = family_noun(o->m->api);
	rep.place = owned_place(c, o, NULL);
	rep.origin = o->m->origin;
	rep.value = "coherent memory";
	rep.last = "its address is converted here as if it were in the "
		   "linear map";
	report(c, &rep);
}
