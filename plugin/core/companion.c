/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The companion of a mapping is what the mapped memory belongs to: a packet,
 * a page, a buffer. When the mapping fails, somebody still owns it, and it
 * has to be freed, kept or given back, once.
 */
#include <string.h>
#include "checker.h"

static bool is_freed(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfreed; i++)
		if (w->freed[i] == x)
			return true;
	return false;
}

/* Freed, stored, passed to somebody who may free it; or what leads to it was:
 * virt_to_head_page(buf). */
static bool is_spent(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nfreed; i++)
		if (term_contains(w->freed[i], x))
			return true;
	for (i = 0; i < w->nescaped; i++)
		if (term_contains(w->escaped[i], x))
			return true;
	for (i = 0; i < w->nkept; i++)
		if (w->kept[i] == x)
			return true;
	return false;
}

/* Memory of an allocator that a mapping could be made of. */
static bool is_allocated(struct checker *c, const struct term *x)
{
	const struct callee *k;

	if (x->kind != TERM_FRESH || x->value < 0)
		return false;
	k = callee_of(c, x->name);
	return k->api && k->api->kind == API_ALLOC &&
	       (k->api->memory == MEM_KMALLOC || k->api->memory == MEM_OTHER);
}

void store_companion(struct checker *c, struct world *w,
		     const struct term *addr, const struct term *value)
{
	while (value->kind == TERM_OP)
		value = value->arg[0];
	value = place_object(value);
	if (!place_is_local(addr) &&
	    (is_companion(c, value) || is_allocated(c, value)))
		world_keep(c->fr->scratch, w, value);
}

void expose_companions(struct checker *c, struct world *w,
		       const struct term *addr)
{
	unsigned int i;

	for (i = 0; i < w->ncells; i++) {
		const struct cell *cell = &w->cell[i];

		if (place_object(cell->addr) == place_object(addr) &&
		    (is_companion(c, cell->value) ||
		     is_allocated(c, cell->value)))
			world_keep(c->fr->scratch, w, cell->value);
	}
}

bool is_companion(const struct checker *c, const struct term *x)
{
	const struct function *f = c->fr->f;

	return x->kind == TERM_PARAM && x->value < f->nparams &&
	       f->param[x->value].type &&
	       rules_is_companion(c->r, f->param[x->value].type);
}

/*
 * The object of this function's own that is mapped at @cpu: the memory itself,
 * a page by its address, a packet by the data it points to. Managed memory
 * goes by itself, other kinds cannot be mapped.
 */
static const struct term *allocated(struct checker *c, const struct term *cpu)
{
	const struct term *x = cpu ? place_object(cpu) : NULL;

	if (x && x->kind == TERM_CALL && x->nargs)
		x = place_object(x->arg[0]);
	if (x && x->kind == TERM_LOAD && x->arg[0]->kind == TERM_FIELD &&
	    x->arg[0]->type && rules_is_companion(c->r, x->arg[0]->type))
		x = place_object(x->arg[0]);
	return x && is_allocated(c, x) ? x : NULL;
}

/* The mapping that failed on this path, the newest of them. */
static const struct mapping *failed_mapping(const struct world *w)
{
	unsigned int i;

	for (i = w->nowned; i-- > 0;) {
		const struct mapping *m = w->owned[i].m;

		if (w->owned[i].state == STATE_FAILED && m->origin &&
		    m->api->family->streaming)
			return m;
	}
	return NULL;
}

static void report_companion(struct checker *c, const struct world *w,
			     const struct term *x, struct report rep)
{
	const struct mapping *m = failed_mapping(w);

	rep.function = c->fr->f;
	rep.trail = w->trail;
	rep.place = value_name(c->a, c->fr->f, x);
	rep.noun = m ? family_noun(m->api) : "mapping";
	rep.api = m ? m->api->name : "dma_map_single";
	rep.origin = m ? m->origin : NULL;
	if (c->fr->reason)
		rep.confidence = CONF_LOW;
	report(c, &rep);
}

/* What this function allocated, mapped in vain, and lost. */
static void judge_lost(struct checker *c, const struct world *w,
		       const struct term *value, struct loc loc)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		const struct owned *o = &w->owned[i];
		const struct term *x;

		if (o->state != STATE_FAILED || o->uncertain ||
		    !o->m->api->family->streaming || o->m->imported)
			continue;
		x = allocated(c, o->m->role[ROLE_CPU]);
		if (!x)
			x = allocated(c, o->m->role[ROLE_PAGE]);
		if (!x || is_spent(w, x))
			continue;
		if (!value || !term_contains(value, x))
			report_companion(c, w, x, (struct report){
				.rule = "dma-companion-leak", .loc = loc,
				.confidence = CONF_HIGH,
				.last = "returns here, and nobody knows it "
					"any more" });
	}
}

/* How the function is registered as one that must consume what it is given. */
static const struct consumer *consumer_of(const struct checker *c)
{
	const struct unit *u = c->u;
	unsigned int i;

	for (i = 0; i < u->nops; i++) {
		const struct ops *o = &u->ops[i];
		const struct consumer *s;

		if (strcmp(o->function, c->fr->f->name))
			continue;
		s = rules_consumer(c->r, o->type, o->field);
		if (s)
			return s;
	}
	return NULL;
}

/* Which of the results that may be returned say that it was consumed? */
enum said { SAID_CONSUMED, SAID_KEPT, SAID_EITHER };

static enum said says(const struct world *w, const struct consumer *s,
		      const struct term *value)
{
	int64_t low, high;

	if (s->result == CONSUMED_ALWAYS)
		return SAID_CONSUMED;
	if (!value)
		return SAID_EITHER;
	fact_range(w, value, &low, &high);
	if (s->result == CONSUMED_ZERO) {
		if (!low && !high)
			return SAID_CONSUMED;
		return high < 0 || low > 0 ? SAID_KEPT : SAID_EITHER;
	}
	return high < s->below ? SAID_CONSUMED :
	       low >= s->below ? SAID_KEPT : SAID_EITHER;
}

/* ndo_start_xmit() that fails to map the packet: who frees it? */
static void judge_consumed(struct checker *c, const struct world *w,
			   const struct term *value, struct loc loc)
{
	const struct consumer *s = consumer_of(c);
	const struct term *x;
	enum said said;

	if (!s)
		return;
	x = term_param(c->t, s->param);
	said = says(w, s, value);
	if (said == SAID_CONSUMED && !is_spent(w, x))
		report_companion(c, w, x, (struct report){
			.rule = "dma-companion-leak", .loc = loc,
			.confidence = CONF_HIGH,
			.last = "returns here as if it had been sent" });
	if (said == SAID_KEPT && is_freed(w, x))
		report_companion(c, w, x, (struct report){
			.rule = "dma-companion-double-free", .loc = loc,
			.confidence = CONF_HIGH,
			.last = "returns here that the caller still owns it" });
}

void judge_companions(struct checker *c, struct world *w,
		      const struct term *value, struct loc loc)
{
	unsigned int i;

	if (!w->failed)
		return;
	for (i = 0; i < w->nowned; i++)
		if (w->owned[i].uncertain)
			return;
	judge_lost(c, w, value, loc);
	judge_consumed(c, w, value, loc);
}

/*
 * "if (xmit(skb) != OK) free(skb)": who freed it said that it went well; a
 * caller that frees it, too, has a reference of its own.
 */
static bool is_consumed(const struct world *w, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->nescaped; i++)
		if (world_referred(w->escaped[i], REF_CONSUMED) == x)
			return true;
	return false;
}

void judge_freed(struct checker *c, struct world *w, const struct term *obj,
		 struct place_in_code at)
{
	if (!w->failed || !is_freed(w, obj) || is_consumed(w, obj) ||
	    in_any_loop(c->fr, at.block))
		return;
	if (!is_companion(c, obj) && !allocated(c, obj))
		return;
	report_companion(c, w, obj, (struct report){
		.rule = "dma-companion-double-free", .loc = at.ev->loc,
		.confidence = CONF_MEDIUM,
		.last = "freed here, for the second time" });
}
