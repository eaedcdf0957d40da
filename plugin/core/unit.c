/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules that are decided when the whole unit has been walked: who tests what
 * was acquired, and how.
 */
#include <string.h>
#include "agree.h"
#include "leave.h"
#include "device_rules.h"

/* "if (p->buf) free(p->buf)" asks whether there is something to release. */
static bool guards_release(const struct checker *c, unsigned int i)
{
	unsigned int k;

	for (k = 0; k < c->nloose; k++)
		if (c->loose[k].r->function == c->checked_in[i])
			return true;
	return false;
}

static bool tested_elsewhere(const struct checker *c, const struct origin *o)
{
	unsigned int i;

	for (i = 0; o->holder && i < c->nchecked; i++)
		if (place_same_thing(c->checked[i], o->holder) &&
		    !guards_release(c, i))
			return true;
	return false;
}

static void report_origin(struct checker *c, const struct origin *o,
			  const char *rule, enum confidence conf,
			  const struct function *in, struct loc loc,
			  const char *last)
{
	struct report rep = {
		.rule = rule, .confidence = conf, .function = in,
		.loc = loc, .api = o->api->name, .noun = family_noun(o->api),
		.origin = o, .trail = o->use_trail, .last = last,
		.place = o->place ? o->place : "-",
		.value = o->wrong_how,
	};
	const struct event *ev = o->event;

	if (!o->place && ev->reg >= 0 && o->function->reg[ev->reg].name)
		rep.place = o->function->reg[ev->reg].name;
	report(c, &rep);
}

static unsigned int index_of(const struct checker *c, const struct function *f)
{
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++)
		if (c->u->function[i]->name == f->name)
			return i;
	return 0;
}

/*
 * Nobody in this unit asks whether the acquire failed. How sure that is a
 * bug depends on who else could ask.
 */
static void judge_unchecked(struct checker *c, const struct origin *o)
{
	bool streaming = o->api->family->fail == FAIL_TEST;
	enum confidence conf = CONF_HIGH;
	const char *last;

	if (!o->used && !(streaming && o->released))
		return;
	if (tested_elsewhere(c, o))
		return;
	if (o->leaves && !o->function->is_static)
		conf = CONF_LOW;
	else if (o->leaves && !c->called[index_of(c, o->function)])
		conf = CONF_LOW;
	else if (!streaming && (!o->use_how || !strcmp(o->use_how, "stored")))
		conf = CONF_MEDIUM;
	last = arena_printf(c->a, "%s here, without a test whether it failed",
			    o->use_how ? o->use_how : "used");
	report_origin(c, o, streaming ? "dma-unchecked-mapping" :
		      "dma-unchecked-alloc", conf,
		      o->use_how ? o->use_in : o->function,
		      o->use_how ? o->use_loc : o->event->loc, last);
}

static void judge_count(struct checker *c, const struct origin *o)
{
	const struct event *ev = o->event;

	if (o->leaves || tested_elsewhere(c, o))
		return;
	report_origin(c, o, "dma-unchecked-mapping",
		      ev->reg < 0 ? CONF_HIGH : CONF_MEDIUM, o->function,
		      ev->loc,
		      "its result is never tested");
}

/* The constant 0, or a register that is set to it. */
static bool is_zero(const struct function *f, const struct term *x)
{
	unsigned int b, e;

	if (x->kind != TERM_REG)
		return x->kind == TERM_CONST && !x->value;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_SET && ev->reg == x->value)
				return ev->value->kind == TERM_CONST &&
				       !ev->value->value;
		}
	return false;
}

/* Is the term the register, or another one of the same variable? */
static bool is_same_variable(const struct function *f, const struct term *x,
			     int reg)
{
	if (x->kind != TERM_REG || reg < 0)
		return false;
	return x->value == reg || (f->reg[reg].name &&
		f->reg[x->value].name == f->reg[reg].name);
}

/*
 * Does the driver itself write 0 where it keeps the handle, to say that there
 * is none? Then a comparison with 0 asks that, not whether mapping failed.
 */
static bool uses_zero(const struct checker *c, const struct origin *o)
{
	const struct function *f = o->function;
	unsigned int b, i, p;

	for (i = 0; o->holder && i < c->nzeroed; i++)
		if (place_same_member(c->zeroed[i], o->holder))
			return true;
	for (b = 0; b < f->nblocks; b++) {
		for (i = 0; i < f->block[b].nphis; i++) {
			const struct phi *phi = &f->block[b].phi[i];
			bool zero = false, mine = false;

			for (p = 0; p < f->block[b].npred; p++) {
				zero |= is_zero(f, phi->arg[p]);
				mine |= is_same_variable(f, phi->arg[p],
							 o->event->reg);
			}
			if (zero && mine)
				return true;
		}
	}
	return false;
}

/* Is this the code of an IOMMU, whose addresses are physical? */
static bool implements(const struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->u->nops; i++)
		if (rules_implements(c->r, c->u->ops[i].type))
			return true;
	return false;
}

static void drop_conversions(struct checker *c)
{
	unsigned int i, n = 0;

	for (i = 0; i < c->res->nfindings; i++) {
		const struct finding *f = &c->res->finding[i];

		if (!f->converted)
			c->res->finding[n++] = *f;
	}
	c->res->nfindings = n;
}

void judge_unit(struct checker *c)
{
	unsigned int i;

	judge_deferred(c);
	for (i = 0; i < c->nignored; i++)
		if (!tested_elsewhere(c, c->ignored[i].origin))
			report(c, &c->ignored[i]);
	judge_pairs(c);
	judge_waits(c);
	judge_masks(c);
	judge_class_devices(c);
	judge_members(c);
	judge_segments(c);
	if (!c->identity && !implements(c))
		judge_physical(c);
	judge_lifecycles(c);
	judge_unmapped(c);
	judge_teardown(c);
	if (c->identity || implements(c))
		drop_conversions(c);
	for (i = 0; i < c->norigins; i++) {
		const struct origin *o = c->origin[i];
		enum fail_kind fail = o->api->family->fail;

		if (o->wrongly_tested && !o->tested && uses_zero(c, o))
			judge_unchecked(c, o);
		else if (o->wrongly_tested && !o->tested)
			report_origin(c, o, "dma-wrong-check", CONF_HIGH,
				      o->wrong_in, o->wrong_loc,
				      arena_printf(c->a,
				      "%s does not tell whether it failed",
				      o->wrong_how));
		else if (o->wrongly_tested && fail == FAIL_NULL)
			report_origin(c, o, "dma-wrong-check", CONF_MEDIUM,
				      o->wrong_in, o->wrong_loc,
				      arena_printf(c->a,
				      "%s does not tell whether it failed",
				      o->wrong_how));
		else if (o->tested)
			continue;
		else if (fail == FAIL_TEST || fail == FAIL_NULL)
			judge_unchecked(c, o);
		else if (fail != FAIL_NEVER)
			judge_count(c, o);
	}
}
