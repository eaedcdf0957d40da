/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Escapes: where DMA addresses and the CPU addresses of DMA memory leave the
 * driver's own variables, from where no owner can take them back. They are no
 * mistakes; who wants to know what a driver has to keep in order counts them.
 *
 * By the types of registers and by what acquires return, whatever the path:
 * a dma_addr_t is one where its member was set in another function, too.
 */
#include <string.h>
#include "unitwide.h"

enum holds { NOTHING, HANDLE, CPU };

struct escapes {
	struct checker *c;
	struct arena *a;
	const struct function *f;
	unsigned char *reg;		/* enum holds, by register */
	const struct event **load;	/* that read it, by register */
	bool upper;			/* the upper half is taken somewhere */
};

static bool is_handle_type(const char *type)
{
	return type && !strcmp(type, "dma_addr_t");
}

/* Comparisons and tests tell of an address, they do not contain it. */
static bool carries(enum term_op op)
{
	return op == OP_ADD || op == OP_SUB || op == OP_SHL || op == OP_SHR ||
	       op == OP_SHRU || op == OP_AND || op == OP_OR ||
	       op == OP_TRUNC || op == OP_COND;
}

static enum holds held_by(struct escapes *e, const struct term *x)
{
	enum holds h = NOTHING;
	unsigned int i;

	if (x->kind == TERM_REG)
		return e->reg[x->value];
	if (x->kind == TERM_PARAM)
		return x->value < e->f->nparams &&
		       is_handle_type(e->f->param[x->value].type) ? HANDLE :
		       NOTHING;
	if (x->kind != TERM_OP || !carries(x->op))
		return NOTHING;
	for (i = x->op == OP_COND; i < x->nargs && !h; i++)
		h = held_by(e, x->arg[i]);
	return h;
}

static bool is_shift(const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_OP && (x->op == OP_SHR || x->op == OP_SHRU) &&
	    x->arg[1]->kind == TERM_CONST && x->arg[1]->value >= 16)
		return true;
	for (i = 0; i < x->nargs; i++)
		if (is_shift(x->arg[i]))
			return true;
	return false;
}

static enum holds result_of(struct escapes *e, const struct event *ev)
{
	const struct api *api = ev->callee ?
				callee_of(e->c, ev->callee)->api : NULL;
	enum holds h = NOTHING;
	unsigned int i;

	if (api && api->kind == API_ACQUIRE)
		return api->ret == ROLE_HANDLE ? HANDLE :
		       api->ret == ROLE_CPU ? CPU : NOTHING;
	/* Byte swaps; what looks an address up has a type that says so. */
	for (i = 0; api && api->kind == API_PURE && i < ev->nargs; i++)
		h = h ? h : held_by(e, ev->arg[i]) == HANDLE ? HANDLE : NOTHING;
	return h;
}

static void find_held(struct escapes *e, const struct event *ev)
{
	enum holds h = NOTHING;

	if (ev->reg < 0)
		return;
	if (ev->kind == EV_SET) {
		h = held_by(e, ev->value);
		e->upper |= h == HANDLE && is_shift(ev->value);
	} else if (ev->kind == EV_LOAD) {
		h = is_handle_type(ev->type) ? HANDLE : NOTHING;
		e->load[ev->reg] = ev;
	} else if (ev->kind == EV_CALL) {
		h = result_of(e, ev);
	}
	if (!h && is_handle_type(e->f->reg[ev->reg].type))
		h = HANDLE;
	if (h)
		e->reg[ev->reg] = h;
}

static void find_phis(struct escapes *e, const struct block *b)
{
	unsigned int i, p;

	for (i = 0; i < b->nphis; i++)
		for (p = 0; p < b->npred && !e->reg[b->phi[i].reg]; p++)
			e->reg[b->phi[i].reg] = held_by(e, b->phi[i].arg[p]);
}

static void find_registers(struct escapes *e)
{
	unsigned int b, i, round;

	/* Twice, for what a loop carries round. */
	for (round = 0; round < 2; round++) {
		for (b = 0; b < e->f->nblocks; b++) {
			const struct block *blk = &e->f->block[b];

			find_phis(e, blk);
			for (i = 0; i < blk->nevents; i++)
				find_held(e, &blk->event[i]);
		}
	}
}

/* Does nothing but the lower half of a handle leave the function? */
static bool is_cut(const struct escapes *e, const struct term *value,
		   const char *type)
{
	const char *digits = type ? strpbrk(type, "0123456789") : NULL;
	bool narrow = (digits && (!strncmp(digits, "32", 2) ||
				  !strncmp(digits, "16", 2))) ||
		      (value->kind == TERM_OP && value->op == OP_TRUNC);

	return narrow && !e->upper;
}

static const char *stored_to(struct escapes *e, const struct event *ev)
{
	enum holds h = held_by(e, ev->value);
	const struct term *obj = place_object(ev->addr);

	if (!h || (obj->kind == TERM_LOCAL && ev->addr->kind == TERM_LOCAL))
		return NULL;
	if (obj->kind == TERM_GLOBAL)
		return "global";
	if (ev->addr->kind == TERM_PARAM)
		return "out-parameter";
	if (h == CPU || is_handle_type(ev->type))
		return NULL;		/* its owner keeps it */
	return is_cut(e, ev->value, ev->type) ? "truncated" : "descriptor";
}

static const char *passed_to(struct escapes *e, const struct event *ev,
			     const struct term *arg)
{
	const struct callee *k = ev->callee ? callee_of(e->c, ev->callee) :
				 NULL;
	enum holds h = held_by(e, arg);

	if (!h || (k && !k->api && k->index >= 0))
		return NULL;
	if (!k || !k->api || k->api->kind == API_TAKE)
		return "module";
	if (k->api->kind == API_USER)
		return "user";
	if (k->api->kind != API_DEVICE || h != HANDLE)
		return NULL;
	return is_cut(e, arg, NULL) ? "truncated" : "register";
}

/* Where the event lets an address go, or NULL; *@what: the address. */
static const char *escapes_to(struct escapes *e, const struct event *ev,
			      const struct term **what)
{
	const char *to = NULL;
	unsigned int i;

	*what = ev->value;
	if (ev->kind == EV_STORE)
		return stored_to(e, ev);
	if (ev->kind == EV_RETURN)
		return ev->value && held_by(e, ev->value) ? "return" : NULL;
	for (i = 0; ev->kind == EV_CALL && !to && i < ev->nargs; i++) {
		*what = ev->arg[i];
		to = passed_to(e, ev, ev->arg[i]);
	}
	return to;
}

/* The name of the variable or the member that held it last. */
static const char *name_of(const struct escapes *e, const struct term *x)
{
	const struct term *member = NULL;

	while (x->kind == TERM_OP)
		x = x->arg[x->op == OP_COND];
	if (x->kind == TERM_PARAM)
		return e->f->param[x->value].name;
	if (x->kind == TERM_REG && e->load[x->value])
		member = place_member(e->load[x->value]->addr);
	if (member && member->type)
		return arena_printf(e->c->a, "%s.%s", member->type,
				    member->name);
	return x->kind == TERM_REG ? e->f->reg[x->value].name : NULL;
}

static void add_escape(struct escapes *e, const struct event *ev,
		       const char *to, const struct term *what)
{
	struct result *res = e->c->res;
	const char *name = name_of(e, what);

	res->site = arena_grow(e->c->a, res->site, res->nsites,
			       sizeof(*res->site));
	res->site[res->nsites++] = (struct site){
		.kind = "escape", .api = to, .family = "-",
		.function = e->f->name, .file = e->c->u->file[ev->loc.file],
		.line = ev->loc.line, .col = ev->loc.col,
		.place = name ? name : "-", .seen = true,
	};
}

static void look_at(struct escapes *e)
{
	unsigned int b, i;

	e->reg = arena_alloc(e->a, e->f->nregs + 1);
	e->load = arena_alloc(e->a, (e->f->nregs + 1) * sizeof(*e->load));
	find_registers(e);
	for (b = 0; b < e->f->nblocks; b++) {
		for (i = 0; i < e->f->block[b].nevents; i++) {
			const struct event *ev = &e->f->block[b].event[i];
			const struct term *what;
			const char *to = escapes_to(e, ev, &what);

			if (to)
				add_escape(e, ev, to, what);
		}
	}
}

void find_escapes(struct checker *c)
{
	struct escapes e = { .c = c, .a = arena_new_like(c->a) };
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++) {
		e.f = c->u->function[i];
		e.upper = false;
		/* Accessors of headers: what counts is who calls them. */
		if (!e.f->is_inline)
			look_at(&e);
	}
	arena_free(e.a);
}
