/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 0 is a good DMA address: a variable that is 0 as long as there was none yet
 * must not be compared with one, and who is told 0 about a failed mapping
 * does not learn it from dma_mapping_error().
 */
#include <string.h>
#include "device_rules.h"

/* Is it a register of the type of handles? */
static bool is_handle(const struct function *f, const struct term *x)
{
	return x->kind == TERM_REG && f->reg[x->value].type &&
	       !strcmp(f->reg[x->value].type, "dma_addr_t");
}

static const char *name_of(const struct function *f, const struct term *x)
{
	return f->reg[x->value].name;
}

/*
 * In the first round "prev == addr", where prev is still 0, is true for a
 * good address 0. A world in which something else says that this is the first
 * round does not come here.
 */
void judge_sentinel(struct checker *c, struct world *w, const struct event *ev)
{
	const struct function *f = c->fr->f;
	const struct term *x = ev->value, *none, *handle;
	struct report rep = {
		.rule = "dma-wrong-check", .confidence = CONF_MEDIUM,
		.function = f, .loc = ev->loc, .trail = w->trail,
		.noun = "DMA address",
		.last = "compared here while it is still 0, which may be the "
			"address of the first buffer",
	};
	unsigned int zero;

	if (x->kind != TERM_OP || (x->op != OP_EQ && x->op != OP_NE) ||
	    !is_handle(f, x->arg[0]) || !is_handle(f, x->arg[1]))
		return;
	for (zero = 0; zero < 2; zero++) {
		none = world_eval(c->t, w, x->arg[zero]);
		handle = world_eval(c->t, w, x->arg[!zero]);
		if (none->kind == TERM_CONST && !none->value &&
		    handle->kind != TERM_CONST && !fact_not_zero(w, handle))
			break;
	}
	if (zero == 2 || !name_of(f, x->arg[zero]))
		return;
	rep.place = name_of(f, x->arg[zero]);
	rep.api = name_of(f, x->arg[!zero]);
	rep.message = arena_printf(c->a, "%s is 0 as long as there is no DMA "
				   "address, but 0 can be one", rep.place);
	report(c, &rep);
}

/* The call of the unit that gave the register its value, or NULL. */
static const struct event *given_by(const struct function *f,
				    const struct term *x)
{
	unsigned int b, e;

	for (b = 0; x->kind == TERM_REG && b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].reg == x->value)
				return &f->block[b].event[e];
	return NULL;
}

void judge_tested_zero(struct checker *c, struct world *w,
		       struct place_in_code at, const struct roles *r)
{
	const struct term *handle = r->role[ROLE_HANDLE];
	const struct callee *k = NULL;
	const struct event *call;
	struct report rep = {
		.rule = "dma-wrong-check", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = at.ev->loc, .trail = w->trail,
		.api = r->api->name,
	};

	if (!w->failed || handle->kind != TERM_CONST || handle->value)
		return;
	call = given_by(c->fr->f, at.ev->arg[api_arg(r->api, ROLE_HANDLE)]);
	if (call && call->kind == EV_CALL && call->callee)
		k = callee_of(c, call->callee);
	if (!k || k->index < 0 || k->api ||
	    c->u->function[k->index]->ret != RET_HANDLE)
		return;
	rep.place = call->callee;
	rep.message = arena_printf(c->a, "%s() returns 0 when the mapping "
				   "fails, which %s() takes for a good address",
				   call->callee, r->api->name);
	rep.last = "does not see here that the mapping failed";
	report(c, &rep);
}
