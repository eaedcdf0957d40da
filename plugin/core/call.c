/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "checker.h"
#include "dispatch.h"
#include "device_rules.h"

const struct callee *callee_of(struct checker *c, const char *name)
{
	struct callee *k;
	unsigned int i;

	HASH_FIND_PTR(c->callees, &name, k);
	if (k)
		return k;
	k = arena_alloc(c->a, sizeof(*k));
	k->name = name;
	k->api = rules_api(c->r, name);
	k->index = -1;
	for (i = 0; i < c->u->nfunctions; i++)
		if (c->u->function[i]->name == name)
			k->index = i;
	for (i = 0; i < c->u->noutside; i++)
		k->outside |= c->u->outside[i] == name;
	k->quiet = rules_quiet(c->r, name);
	HASH_ADD_PTR(c->callees, name, k);
	return k;
}

void bind_result(struct checker *c, struct world *w, struct place_in_code at,
		 const struct term *value)
{
	if (at.ev->reg < 0)
		return;
	if (!value)
		value = term_fresh(c->t, at.ev->callee ? at.ev->callee : "call",
				   at.ev->id, iteration(c->fr, w, at.block));
	w->reg[at.ev->reg] = value;
}

/* What becomes an ERR_PTR() is an error number, or 0. */
static void learn_errno(struct checker *c, struct world *w,
			const struct term *x)
{
	fact_assume(c->t, c->fr->scratch, w,
		    term_op(c->t, OP_GE, x, term_const(c->t, -4095), NULL),
		    true);
	fact_assume(c->t, c->fr->scratch, w,
		    term_op(c->t, OP_LE, x, term_const(c->t, 0), NULL), true);
}

/* err.h's inlines, as what they are: comparisons and casts. */
static const struct term *intrinsic(struct checker *c, struct world *w,
				    const char *name, unsigned int nargs,
				    const struct term **arg)
{
	const struct term *err, *null;

	if (nargs != 1 || !name)
		return NULL;
	if (!strcmp(name, "ERR_PTR"))
		learn_errno(c, w, arg[0]);
	if (!strcmp(name, "PTR_ERR") || !strcmp(name, "ERR_PTR") ||
	    !strcmp(name, "ERR_CAST"))
		return arg[0];
	err = term_op(c->t, OP_GTU, arg[0], term_const(c->t, -4096), NULL);
	if (!strcmp(name, "IS_ERR"))
		return err;
	null = term_op(c->t, OP_EQ, arg[0], term_const(c->t, 0), NULL);
	if (!strcmp(name, "IS_ERR_OR_NULL"))
		return term_op(c->t, OP_OR, null, err, NULL);
	return NULL;
}

/* kfree() of what the DMA API allocated. */
static void judge_free(struct checker *c, struct world *w,
		       const struct term *obj, struct place_in_code at)
{
	struct owned *o = owned_memory(w, obj);
	struct report rep = {
		.rule = "dma-api-mismatch", .function = c->fr->f,
		.loc = at.ev->loc, .api = at.ev->callee, .trail = w->trail,
		.confidence = CONF_HIGH,
	};

	if (!o || !o->m->origin || o->m->role[ROLE_CPU] != obj ||
	    !is_live(o) || o->maybe_released || o->uncertain)
		return;
	rep.noun = family_noun(o->m->api);
	rep.place = owned_place(c, o, NULL);
	rep.origin = o->m->origin;
	rep.other = o->m->api->name;
	rep.value = at.ev->callee;
	rep.wanted = o->m->api->family->releases;
	rep.last = arena_printf(c->a, "given to %s() here", at.ev->callee);
	report(c, &rep);
	o->maybe_released = true;
}

static void free_object(struct checker *c, struct world *w,
			const struct term *obj, struct place_in_code at)
{
	unsigned int i, h;

	obj = term_strip(obj);
	judge_free(c, w, obj, at);
	judge_freed(c, w, obj, at);
	world_free(c->fr->scratch, w, obj);
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		for (h = 0; h < o->nholders; h++)
			if (place_object(o->holder[h]) == obj)
				o->holder[h--] = o->holder[--o->nholders];
	}
}

/* What a callee may write through the address of an automatic variable. */
static void clobber(struct checker *c, struct world *w,
		    struct place_in_code at, const struct term *addr,
		    unsigned int i)
{
	if (!place_is_local(addr))
		return;
	expose_companions(c, w, addr);
	world_fill(c->fr->scratch, w, addr,
		   term_fresh(c->t, "out", at.ev->id * 16 + i,
			      iteration(c->fr, w, at.block)));
}

/*
 * Who is given what a pointer leads to may unlink it, as list_del() does:
 * the pointer may lead elsewhere afterwards.
 */
static void unlink_object(struct checker *c, struct world *w,
			  struct place_in_code at, const struct term *arg,
			  unsigned int i)
{
	const struct term *obj = place_object(arg);

	if (obj->kind != TERM_LOAD || obj->vague || is_key(w, obj) ||
	    !is_link(c, obj->arg[0]))
		return;
	world_store(c->fr->scratch, w, obj->arg[0],
		    term_fresh(c->t, "unlinked", at.ev->id * 16 + i,
			       iteration(c->fr, w, at.block)));
}

static bool is_fill(const char *name)
{
	return !strcmp(name, "memset") || !strcmp(name, "__memset");
}

static void borrow(struct checker *c, struct world *w,
		   struct place_in_code at, const struct term **arg)
{
	unsigned int i;

	for (i = 0; i < at.ev->nargs; i++)
		note_touch(c, w, arg[i], at.ev->loc, "used");
	if (is_fill(at.ev->callee) && at.ev->nargs == 3 &&
	    arg[1]->kind == TERM_CONST && arg[1]->value == 0) {
		world_fill(c->fr->scratch, w, arg[0], term_const(c->t, 0));
		return;
	}
	for (i = 0; i < at.ev->nargs; i++)
		clobber(c, w, at, arg[i], i);
}

/* Can the mapping be found by whoever has @arg? */
static bool reachable_from(const struct owned *o, const struct term *arg)
{
	unsigned int h;

	if (arg->kind == TERM_CONST || arg->kind == TERM_STRING)
		return false;
	for (h = 0; h < o->nholders; h++)
		if (place_root(o->holder[h]) == place_root(arg) ||
		    term_contains(o->holder[h], place_object(arg)))
			return true;
	return false;
}

/* A function of the driver in another file, or one that is not known. */
static void stranger(struct world *w, const struct term *arg)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		if (is_live(o) && reachable_from(o, arg))
			o->maybe_released = true;
		if (o->state == STATE_RELEASED && !o->m->origin)
			o->maybe_released = true;
	}
}

static bool releases_such(const struct summary *s, const struct family *family)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++)
		for (k = 0; k < s->outcome[i].nowned; k++) {
			const struct mapping *m = s->outcome[i].owned[k].m;

			if (!m->origin && m->api->family == family)
				return true;
		}
	return false;
}

/* On the ways that were not walked, more of what it releases may go. */
static void partial_call(struct world *w, const struct event *ev,
			 const struct summary *s, const struct term **arg)
{
	unsigned int i, k;

	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		for (k = 0; is_live(o) && k < ev->nargs; k++)
			if (reachable_from(o, arg[k]) &&
			    releases_such(s, o->m->api->family))
				o->maybe_released = true;
	}
}

/* Does @obj, or what is stored in it, lead to @to? */
static bool leads_to(const struct world *w, const struct term *obj,
		     const struct term *to, unsigned int depth)
{
	unsigned int i;

	if (term_contains(to, obj))
		return true;
	for (i = 0; depth && i < w->ncells; i++)
		if (place_object(w->cell[i].value) == to &&
		    leads_to(w, obj, place_object(w->cell[i].addr), depth - 1))
			return true;
	return false;
}

/* How far objects are followed that one object keeps. */
#define KEPT_DEPTH 3

void drop_reference(struct checker *c, struct world *w,
		    const struct term *object, struct loc loc)
{
	const struct term *obj = place_object(object);
	unsigned int i, h;

	if (obj->kind == TERM_CONST || obj->kind == TERM_UNKNOWN)
		return;
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];

		for (h = 0; is_live(o) && h < o->nholders; h++)
			if (leads_to(w, obj, place_object(o->holder[h]),
				     KEPT_DEPTH))
				o->maybe_released = true;
	}
	give_away(c, w, object, loc, "handed over");
	world_refer(c->t, c->fr->scratch, w, obj, REF_DROPPED);
}

static void unknown_call(struct checker *c, struct world *w,
			 struct place_in_code at, const struct term **arg,
			 bool outside)
{
	unsigned int i;

	for (i = 0; i < at.ev->nargs; i++) {
		if (outside)
			stranger(w, arg[i]);
		give_away(c, w, arg[i], at.ev->loc, "passed on");
		clobber(c, w, at, arg[i], i);
		unlink_object(c, w, at, arg[i], i);
	}
	bind_result(c, w, at, NULL);
}

/* devm_add_action(): whatever is owned now may be what the action releases. */
static void add_action(struct world *w)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		w->owned[i].escaped = w->owned[i].maybe_released = true;
}

/* Is argument @i meant? Where the rules give no roles, all are. */
static bool has_part(const struct api *api, unsigned int i, enum role role)
{
	return !api->nargs || (i < api->nargs && api->arg[i] == role);
}

/* One argument goes to somebody else, by a reference that is dropped or by a
 * core that maps and keeps it. */
static void hand_over(struct checker *c, struct world *w,
		      struct place_in_code at, const struct api *api,
		      const struct term **arg)
{
	int n = api_arg(api, ROLE_OBJECT);

	if (api->kind == API_MAPS)
		borrow(c, w, at, arg);
	if (n < 0 || (unsigned int)n >= at.ev->nargs)
		return;
	if (api->kind == API_PUT)
		drop_reference(c, w, arg[n], at.ev->loc);
	else
		give_away(c, w, arg[n], at.ev->loc, "handed over");
}

static void api_call(struct checker *c, struct world *w,
		     struct place_in_code at, const struct api *api,
		     const struct term **arg)
{
	unsigned int i;
	int n;

	switch (api->kind) {
	case API_FREE:
		n = api_arg(api, ROLE_OBJECT);
		if (n < 0)
			n = 0;
		if ((unsigned int)n < at.ev->nargs)
			free_object(c, w, arg[n], at);
		break;
	case API_PURE:
		bind_result(c, w, at, term_call(c->t, api->name, at.ev->nargs,
						arg));
		return;
	case API_ADDRESS:
		judge_address(c, w, at, arg);
		bind_result(c, w, at, term_call(c->t, api->name, at.ev->nargs,
						arg));
		return;
	case API_DEVICE:
		for (i = 0; i < at.ev->nargs; i++) {
			if (!has_part(api, i, ROLE_HANDLE))
				continue;
			judge_device(c, w, at, arg[i]);
			note_use(c, w, arg[i], at.ev->loc,
				 "given to the device");
		}
		break;
	case API_TAKE:
		judge_count_of(c, w, at, api, arg);
		for (i = 0; i < at.ev->nargs; i++)
			if (has_part(api, i, ROLE_OBJECT) ||
			    has_part(api, i, ROLE_PAGE))
				give_away(c, w, arg[i], at.ev->loc,
					  "handed over");
		break;
	case API_ACTION:
		add_action(w);
		break;
	case API_PRINT:
		break;
	case API_MASK:
		judge_mask(c, w, at, api, arg);
		break;
	case API_PUT:
	case API_MAPS:
		hand_over(c, w, at, api, arg);
		break;
	default:
		borrow(c, w, at, arg);
		break;
	}
	bind_result(c, w, at, NULL);
	/* Allocators of memory return NULL when they fail. */
	if (api->kind == API_ALLOC && at.ev->reg >= 0)
		fact_no_err(c->fr->scratch, w, w->reg[at.ev->reg]);
}

static void ownership_call(struct checker *c, struct world *w,
			   struct place_in_code at, const struct api *api,
			   const struct term **arg)
{
	struct roles r;

	if (api->kind == API_ACQUIRE) {
		do_acquire(c, w, at, api, arg);
		return;
	}
	r = roles_of(c, at, api, arg);
	judge_device_of(c, w, api, r.role[ROLE_DEV], NULL, at.ev->loc);
	if (api->kind == API_TEST && r.role[ROLE_HANDLE]) {
		judge_tested_zero(c, w, at, &r);
		do_test(c, w, &r);
		add_site(c, "test", api, at, "-");
		bind_result(c, w, at, term_call(c->t, "dma_mapping_error", 1,
						&r.role[ROLE_HANDLE]));
		return;
	}
	if (api->kind == API_RELEASE) {
		do_release(c, w, &r);
		add_site(c, "release", api, at, owned_place(c, NULL, &r));
	} else if (api->kind == API_SYNC) {
		do_sync(c, w, &r);
		add_site(c, "sync", api, at, owned_place(c, NULL, &r));
	}
	bind_result(c, w, at, NULL);
}

/* devm_add_action() that fails has added nothing: that world goes first. */
static void try_action(struct checker *c, struct world *w,
		       struct place_in_code at, then_fn *then, void *data)
{
	const struct term *result = term_fresh(c->t, at.ev->callee, at.ev->id,
					       iteration(c->fr, w, at.block));
	const struct term *failed = term_op(c->t, OP_LT, result,
					    term_const(c->t, 0), NULL);
	struct world *fork = world_copy(c->fr->scratch, w, c->fr->fl);

	bind_result(c, fork, at, result);
	if (fact_assume(c->t, c->fr->scratch, fork, failed, true))
		then(data, fork);
	bind_result(c, w, at, result);
	if (!fact_assume(c->t, c->fr->scratch, w,
			 term_op(c->t, OP_EQ, result, term_const(c->t, 0),
				 NULL), true))
		return;
	add_action(w);
	then(data, w);
}

static bool moves_ownership(const struct api *api)
{
	return api->kind == API_ACQUIRE || api->kind == API_RELEASE ||
	       api->kind == API_SYNC || api->kind == API_TEST;
}

void do_call(struct checker *c, struct world *w, struct place_in_code at,
	     then_fn *then, void *data)
{
	const struct callee *k = at.ev->callee ?
				 callee_of(c, at.ev->callee) : NULL;
	const struct term *arg[at.ev->nargs + 1], *value;
	const struct summary *s = NULL;
	enum dispatched d = DISPATCH_NONE;
	unsigned int i;
	bool maps;

	for (i = 0; i < at.ev->nargs; i++)
		arg[i] = world_eval(c->t, w, at.ev->arg[i]);
	if (!k)
		d = dispatch(c, w, at, arg, then, data);
	if (d == DISPATCH_ALL)
		return;
	value = intrinsic(c, w, at.ev->callee, at.ev->nargs, arg);
	if (k && k->index >= 0) {
		s = c->summary[k->index];
		judge_demands(c, w, at, c->u->function[k->index], arg);
	}
	maps = k && k->api && k->api->kind == API_MAPS;
	if (maps || (k && k->api && k->api->kind == API_BORROW))
		judge_buffers(c, w, at, k->api, arg);
	if (k && k->api && k->api->kind == API_TRY_ACTION) {
		try_action(c, w, at, then, data);
		return;
	}
	if (value) {
		bind_result(c, w, at, value);
	} else if (k && k->api && moves_ownership(k->api)) {
		ownership_call(c, w, at, k->api, arg);
	} else if (k && k->api && !(s && s->noutcomes && maps)) {
		api_call(c, w, at, k->api, arg);
	} else if (s && s->noutcomes) {
		judge_ignored(c, w, at, s);
		wait_enter(c, w, k);
		if (s->partial)
			partial_call(w, at.ev, s, arg);
		summary_apply(c, w, at, s, arg, then, data);
		return;
	} else {
		unknown_call(c, w, at, arg, k ? k->outside || k->index >= 0 :
						d == DISPATCH_NONE);
	}
	wait_call(c, w, at, k);
	then(data, w);
}
