/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The edges of value flow: what each event copies.
 */
#include <string.h>
#include "valueflow_priv.h"

#define TARGETS 16

/* What tells nodes of one kind apart. */
static const char param_key, content_key;

/* The function whose events are looked at. */
struct vbuild {
	struct vflow *v;
	unsigned int fn;
	const struct function *f;
};

static unsigned int note_place(struct vflow *v, unsigned int node,
			       const struct term *x)
{
	v->place = arena_grow(v->a, v->place, v->nplaces, sizeof(*v->place));
	v->place[v->nplaces++] = (struct vplace){ node, x,
						  place_member(x) };
	return node;
}

static unsigned int member_node(struct vflow *v, const struct term *x)
{
	unsigned int before = v->nnodes;
	unsigned int node = vflow_node(v, V_MEMBER, 0, x->type, x->name,
				       x->value);

	return v->nnodes > before ? note_place(v, node, x) : node;
}

static unsigned int global_node(struct vflow *v, const struct term *x)
{
	unsigned int before = v->nnodes;
	unsigned int node = vflow_node(v, V_GLOBAL, 0, x->name, NULL, 0);

	return v->nnodes > before ? note_place(v, node, x) : node;
}

/*
 * The node of the memory at an address; @kind says whether it is read
 * (V_READ) or written (V_WRITTEN), which matters where a pointer leads to it.
 */
static unsigned int memory(struct vbuild *b, const struct term *x,
			   enum vkind kind)
{
	switch (x->kind) {
	case TERM_FIELD:
		if (!x->name)
			return memory(b, x->arg[0], kind);
		return member_node(b->v, x);
	case TERM_ELEM:
		return memory(b, x->arg[0], kind);
	case TERM_OP:
		return x->nargs ? memory(b, x->arg[0], kind) : NO_NODE;
	case TERM_LOCAL:
		return vflow_node(b->v, V_LOCAL, b->fn, x->name, NULL, 0);
	case TERM_GLOBAL:
		return global_node(b->v, x);
	case TERM_REG:
		return vflow_node(b->v, kind, b->fn, NULL, NULL, x->value);
	case TERM_PARAM:
		return vflow_node(b->v, kind, b->fn, &param_key, NULL,
				  x->value);
	default:
		return NO_NODE;
	}
}

/* What the memory at @x points to, as one more node of that memory. */
static unsigned int pointed(struct vbuild *b, const struct term *x)
{
	unsigned int at = memory(b, x, V_READ), before = b->v->nnodes, node;

	if (at == NO_NODE)
		return at;
	node = vflow_node(b->v, V_READ, 0, &content_key, NULL, at);
	/* an array that a member leads to is kept by the member */
	if (b->v->nnodes > before && place_member(x))
		note_place(b->v, node, place_member(x));
	return node;
}

/* All values that @x is made of flow to @to. */
static void flow(struct vbuild *b, const struct term *x, unsigned int to,
		 bool part)
{
	unsigned int i;

	switch (x->kind) {
	case TERM_REG:
		vflow_edge(b->v, vflow_node(b->v, V_REG, b->fn, NULL, NULL,
					    x->value), to, part);
		return;
	case TERM_PARAM:
		vflow_edge(b->v, vflow_node(b->v, V_PARAM, b->fn, NULL, NULL,
					    x->value), to, part);
		return;
	case TERM_LOAD:
		vflow_edge(b->v, memory(b, x->arg[0], V_READ), to, part);
		return;
	case TERM_FIELD:
	case TERM_ELEM:
		flow(b, x->arg[0], to, true);
		return;
	case TERM_CALL:
		for (i = 0; i < x->nargs; i++)
			flow(b, x->arg[i], to, part);
		return;
	case TERM_OP:
		for (i = 0; i < x->nargs; i++)
			flow(b, x->arg[i], to, part || x->op != OP_COND);
		return;
	default:
		return;
	}
}

/* Pointer @to is now also @x: both lead to one memory. */
static void alias(struct vbuild *b, const struct term *x,
		  unsigned int to_read, unsigned int to_written)
{
	if (x->kind == TERM_CONST || x->kind == TERM_STRING ||
	    x->kind == TERM_UNKNOWN)
		return;
	vflow_edge(b->v, memory(b, x, V_READ), to_read, false);
	vflow_edge(b->v, to_written, memory(b, x, V_WRITTEN), false);
	vflow_edge(b->v, to_written, memory(b, x, V_READ), false);
}

static void set_reg(struct vbuild *b, const struct term *x, unsigned int reg)
{
	struct vflow *v = b->v;

	flow(b, x, vflow_node(v, V_REG, b->fn, NULL, NULL, reg), false);
	alias(b, x, vflow_node(v, V_READ, b->fn, NULL, NULL, reg),
	      vflow_node(v, V_WRITTEN, b->fn, NULL, NULL, reg));
}

static void load(struct vbuild *b, const struct event *ev)
{
	struct vflow *v = b->v;
	unsigned int reg = (unsigned int)ev->reg;

	vflow_edge(v, memory(b, ev->addr, V_READ),
		   vflow_node(v, V_REG, b->fn, NULL, NULL, reg), false);
	vflow_edge(v, pointed(b, ev->addr),
		   vflow_node(v, V_READ, b->fn, NULL, NULL, reg), false);
	vflow_edge(v, vflow_node(v, V_WRITTEN, b->fn, NULL, NULL, reg),
		   pointed(b, ev->addr), false);
}

static void store(struct vbuild *b, const struct event *ev)
{
	flow(b, ev->value, memory(b, ev->addr, V_WRITTEN), false);
	/* what is written through a pointer is read there, too */
	flow(b, ev->value, memory(b, ev->addr, V_READ), false);
	alias(b, ev->value, pointed(b, ev->addr), pointed(b, ev->addr));
}

static unsigned int result(struct vbuild *b, const struct event *ev)
{
	return ev->reg < 0 ? NO_NODE :
	       vflow_node(b->v, V_REG, b->fn, NULL, NULL, ev->reg);
}

static void call_function(struct vbuild *b, const struct event *ev,
			  unsigned int to)
{
	struct vflow *v = b->v;
	struct vbuild callee = { v, to, v->c->u->function[to] };
	unsigned int i;

	for (i = 0; i < ev->nargs; i++) {
		const struct term *p = term_param(v->c->t, i);

		flow(b, ev->arg[i], vflow_node(v, V_PARAM, to, NULL, NULL, i),
		     false);
		alias(b, ev->arg[i], memory(&callee, p, V_READ),
		      memory(&callee, p, V_WRITTEN));
	}
	vflow_edge(v, vflow_node(v, V_RESULT, to, NULL, NULL, 0),
		   result(b, ev), false);
}

/* Nobody knows what becomes of the arguments. */
static void call_unknown(struct vbuild *b, const struct event *ev)
{
	struct vflow *v = b->v;
	unsigned int i;

	for (i = 0; i < ev->nargs; i++) {
		const struct term *x = ev->arg[i];

		flow(b, x, v->out, false);
		flow(b, x, result(b, ev), false);
		if (x->kind == TERM_FIELD || x->kind == TERM_LOCAL ||
		    x->kind == TERM_ELEM)
			vflow_edge(v, memory(b, x, V_READ), v->out, false);
	}
}

static void call_borrow(struct vbuild *b, const struct event *ev)
{
	unsigned int i, k;

	for (i = 0; i < ev->nargs; i++)
		for (k = 0; k < ev->nargs && ev->nargs < 4; k++) {
			unsigned int to = memory(b, ev->arg[k], V_WRITTEN);

			if (i == k || ev->arg[k]->kind == TERM_CONST)
				continue;
			flow(b, ev->arg[i], to, false);
			vflow_edge(b->v, memory(b, ev->arg[i], V_READ), to,
				   false);
		}
}

static bool names_mapping(enum role role)
{
	unsigned int k;

	for (k = 0; k < MAPPING_KEYS; k++)
		if (key_role[k] == role)
			return true;
	return role == ROLE_HANDLE_OUT || role == ROLE_OBJECT_OUT;
}

static void acquire(struct vbuild *b, const struct event *ev,
		    const struct api *api)
{
	struct vflow *v = b->v;
	struct vsite s = { api, b->fn, ev, 0 };
	unsigned int i;

	s.node = vflow_node(v, V_SITE, b->fn, ev, NULL, 0);
	if (names_mapping(api->ret))
		vflow_edge(v, s.node, result(b, ev), false);
	for (i = 0; i < api->nargs && i < ev->nargs; i++)
		if (api->arg[i] == ROLE_HANDLE_OUT ||
		    api->arg[i] == ROLE_OBJECT_OUT) {
			vflow_edge(v, s.node, memory(b, ev->arg[i], V_WRITTEN),
				   false);
			vflow_edge(v, s.node, memory(b, ev->arg[i], V_READ),
				   false);
		}
	v->acquire = arena_grow(v->a, v->acquire, v->nacquires,
				sizeof(*v->acquire));
	v->acquire[v->nacquires++] = s;
}

static void release(struct vbuild *b, const struct event *ev,
		    const struct api *api)
{
	struct vflow *v = b->v;
	struct vsite s = { api, b->fn, ev, 0 };
	unsigned int i;

	s.node = vflow_node(v, V_SITE, b->fn, ev, NULL, 0);
	for (i = 0; i < ev->nargs; i++) {
		if (!api->nargs || (i < api->nargs &&
				    names_mapping(api->arg[i])))
			flow(b, ev->arg[i], s.node, false);
		/* a container is given by its address */
		if (i < api->nargs && api->arg[i] == ROLE_OBJECT)
			vflow_edge(v, memory(b, ev->arg[i], V_READ), s.node,
				   false);
	}
	v->release = arena_grow(v->a, v->release, v->nreleases,
				sizeof(*v->release));
	v->release[v->nreleases++] = s;
}

/* devm_add_action(): the callback is given the data. */
static void call_action(struct vbuild *b, const struct event *ev)
{
	unsigned int i, k;

	for (i = 0; i < ev->nargs; i++) {
		const struct term *fn = ev->arg[i];
		int to = fn->kind == TERM_GLOBAL ?
			 callee_of(b->v->c, fn->name)->index : -1;

		for (k = 0; to >= 0 && k < ev->nargs; k++)
			flow(b, ev->arg[k], vflow_node(b->v, V_PARAM,
				(unsigned int)to, NULL, NULL, 0), false);
	}
	call_unknown(b, ev);
}

static void call_api(struct vbuild *b, const struct event *ev,
		     const struct api *api)
{
	unsigned int i;

	switch (api->kind) {
	case API_ACQUIRE:
		acquire(b, ev, api);
		break;
	case API_RELEASE:
	case API_FREE:
		release(b, ev, api);
		break;
	case API_PRINT:
		break;
	case API_BORROW:
		call_borrow(b, ev);
		break;
	case API_PURE:
	case API_ADDRESS:
	case API_ALLOC:
		for (i = 0; i < ev->nargs; i++)
			flow(b, ev->arg[i], result(b, ev), false);
		break;
	case API_TAKE:
	case API_PUT:
	case API_MAPS:
		for (i = 0; i < ev->nargs; i++)
			if (!api->nargs || (i < api->nargs &&
					    api->arg[i] == ROLE_OBJECT))
				flow(b, ev->arg[i], b->v->out, false);
		break;
	case API_ACTION:
	case API_TRY_ACTION:
		call_action(b, ev);
		break;
	default:
		break;
	}
}

static void call(struct vbuild *b, const struct event *ev)
{
	struct checker *c = b->v->c;
	const struct callee *k = ev->callee ? callee_of(c, ev->callee) : NULL;
	unsigned int to[TARGETS], n, i;

	if (k && k->api && !(k->api->kind == API_MAPS && k->index >= 0)) {
		call_api(b, ev, k->api);
	} else if (k && k->index >= 0) {
		call_function(b, ev, (unsigned int)k->index);
	} else {
		n = targets_of(b->v->t, b->fn, ev, to, TARGETS);
		for (i = 0; i < n; i++)
			call_function(b, ev, to[i]);
		if (!n)
			call_unknown(b, ev);
	}
}

/* Who calls it is not seen: what it returns or stores for its caller. */
static void leave_unit(struct vbuild *b)
{
	struct vflow *v = b->v;
	unsigned int i;

	if (b->f->is_static && v->c->called[b->fn] && !b->f->address_taken)
		return;
	vflow_edge(v, vflow_node(v, V_RESULT, b->fn, NULL, NULL, 0), v->out,
		   false);
	for (i = 0; i < b->f->nparams; i++)
		vflow_edge(v, memory(b, term_param(v->c->t, i), V_WRITTEN),
			   v->out, false);
}

static void add_event(struct vbuild *b, const struct event *ev)
{
	switch (ev->kind) {
	case EV_SET:
		set_reg(b, ev->value, (unsigned int)ev->reg);
		break;
	case EV_LOAD:
		load(b, ev);
		break;
	case EV_STORE:
		store(b, ev);
		break;
	case EV_CALL:
		call(b, ev);
		break;
	case EV_RETURN:
		if (ev->value)
			flow(b, ev->value, vflow_node(b->v, V_RESULT, b->fn,
						      NULL, NULL, 0), false);
		break;
	default:
		break;
	}
}

void vflow_function(struct vflow *v, unsigned int fn)
{
	struct vbuild b = { v, fn, v->c->u->function[fn] };
	unsigned int n, i, p;

	for (n = 0; n < b.f->nblocks; n++) {
		const struct block *blk = &b.f->block[n];

		for (i = 0; i < blk->nphis; i++)
			for (p = 0; p < blk->npred; p++)
				set_reg(&b, blk->phi[i].arg[p],
					blk->phi[i].reg);
		for (i = 0; i < blk->nevents; i++)
			add_event(&b, &blk->event[i]);
	}
	leave_unit(&b);
}
