/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who reads the DMA length or address of an entry before the list is mapped:
 * a function that maps the same list later, or one that was just handed a
 * request that nobody else maps.
 */
#include <string.h>
#include "device_rules.h"
#include "unmapped.h"

/* Can control go from @from to @to, after at least one event? */
static bool reaches(const struct function *f, unsigned char *seen,
		    unsigned int b, struct list_at to)
{
	unsigned int i;

	for (i = 0; i < f->block[b].nsucc; i++) {
		unsigned int s = f->block[b].succ[i];

		if (s == to.block)
			return true;
		if (seen[s])
			continue;
		seen[s] = 1;
		if (reaches(f, seen, s, to))
			return true;
	}
	return false;
}

bool comes_after(struct checker *c, const struct function *f,
		 struct list_at from, struct list_at to)
{
	if (from.block == to.block && from.ev->id < to.ev->id)
		return true;
	return reaches(f, arena_alloc(c->a, f->nblocks + 1), from.block, to);
}

static void say(struct checker *c, const struct list_read *r,
		const struct function *f, enum confidence conf,
		const char *api, const char *last)
{
	const struct term *member = r->ev->addr;
	struct report rep = {
		.rule = "dma-nents-misuse", .confidence = conf,
		.function = r->function, .loc = r->ev->loc, .api = api,
		.place = value_name(c->a, f, r->list), .last = last,
	};

	rep.message = arena_printf(c->a, "%s of the list %s is read, but the "
				   "list is not mapped yet", member->name,
				   rep.place);
	report(c, &rep);
}

/* Lists that the function itself maps later. */
static void judge_order(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	struct lists *l = lists_of(c, index);
	unsigned int i, k;

	for (i = 0; i < l->nreads; i++)
		for (k = 0; k < l->nmaps; k++) {
			const struct list_map *m = &l->map[k];

			if (m->list != l->read[i].list ||
			    m->at.ev == l->read[i].at.ev ||
			    !comes_after(c, f, l->read[i].at, m->at))
				continue;
			say(c, &l->read[i], f, CONF_HIGH, m->at.ev->callee,
			    arena_printf(c->a, "read here, and mapped only in "
					 "line %u by %s()", m->at.ev->loc.line,
					 m->at.ev->callee));
			break;
		}
}

/* Is the function such a callback, or nobody knows what it is? */
static bool is_fresh(const struct checker *c, const struct function *f,
		     const struct fresh_list *fresh, bool *known)
{
	bool other = false;
	unsigned int i;

	for (i = 0; i < c->u->nops; i++) {
		const struct ops *o = &c->u->ops[i];

		if (strcmp(o->function, f->name))
			continue;
		*known = !strcmp(o->type, fresh->callback.type) &&
			 !strcmp(o->field, fresh->callback.field);
		if (*known)
			return true;
		other = true;
	}
	return !other && !f->is_static && !f->address_taken;
}

/* Does some function of the unit map lists that are kept in the member? */
static bool is_mapped_somewhere(struct checker *c, const struct entry *member)
{
	unsigned int i, k;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct lists *l = lists_of(c, i);

		for (k = 0; k < l->nmaps; k++) {
			const struct term *x = l->map[k].list;

			if (x->kind == TERM_LOAD &&
			    x->arg[0]->kind == TERM_FIELD &&
			    x->arg[0]->type && x->arg[0]->name &&
			    !strcmp(x->arg[0]->type, member->type) &&
			    !strcmp(x->arg[0]->name, member->field))
				return true;
		}
	}
	return false;
}

/* Is @list the member of a parameter of that type? */
static bool is_member_of(const struct term *list, const struct entry *member)
{
	const struct term *addr = list->kind == TERM_LOAD ? list->arg[0] :
				  NULL;

	return addr && addr->kind == TERM_FIELD && addr->type && addr->name &&
	       addr->arg[0]->kind == TERM_PARAM &&
	       !strcmp(addr->type, member->type) &&
	       !strcmp(addr->name, member->field);
}

static void judge_request(struct checker *c, unsigned int index,
			  const struct fresh_list *fresh)
{
	const struct function *f = c->u->function[index];
	struct lists *l = lists_of(c, index);
	bool known = false;
	unsigned int i;

	if (!l->nreads || c->called[index] || !is_fresh(c, f, fresh, &known) ||
	    (!known && !is_mapped_somewhere(c, &fresh->member)))
		return;
	for (i = 0; i < l->nreads; i++)
		if (is_member_of(l->read[i].list, &fresh->member))
			say(c, &l->read[i], f, known ? CONF_HIGH : CONF_MEDIUM,
			    f->name, arena_printf(c->a, "read here, when "
						  "%s() was given the request "
						  "and nobody mapped its list",
						  f->name));
}

static bool reads_member(const struct checker *c, const struct block *b)
{
	unsigned int e;

	for (e = 0; e < b->nevents; e++)
		if (b->event[e].kind == EV_LOAD &&
		    is_mapped_member(c, b->event[e].addr))
			return true;
	return false;
}

static bool any_read(const struct checker *c)
{
	unsigned int i, b;

	for (i = 0; i < c->u->nfunctions; i++)
		for (b = 0; b < c->u->function[i]->nblocks; b++)
			if (reads_member(c, &c->u->function[i]->block[b]))
				return true;
	return false;
}

void judge_unmapped(struct checker *c)
{
	unsigned int i, k;

	for (i = 0; i < c->u->nfunctions; i++)
		judge_counts(c, i);
	if (!c->r->nmapped || !any_read(c))
		return;
	for (i = 0; i < c->u->nfunctions; i++) {
		judge_order(c, i);
		for (k = 0; k < c->r->nfresh; k++)
			judge_request(c, i, &c->r->fresh[k]);
	}
}
