/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "defs.h"

const enum role key_role[MAPPING_KEYS] = {
	ROLE_HANDLE, ROLE_CPU, ROLE_OBJECT, ROLE_SGL, ROLE_SGT, ROLE_PAGE,
};

bool is_live(const struct owned *o)
{
	return o->state & (STATE_UNCHECKED | STATE_SHARED | STATE_DEVICE |
			   STATE_CPU);
}

const struct term *mapping_key(const struct mapping *m, unsigned int i)
{
	enum role role;

	if (i >= MAPPING_KEYS)
		return NULL;
	role = key_role[i];
	if (m->api->family->streaming && m->role[ROLE_HANDLE] &&
	    (role == ROLE_CPU || role == ROLE_PAGE))
		return NULL;
	return m->role[role];
}

bool mapping_has(const struct mapping *m, const struct term *value)
{
	unsigned int i;

	if (value->kind == TERM_CONST)
		return false;
	for (i = 0; i < MAPPING_KEYS; i++) {
		const struct term *k = m->role[key_role[i]];

		/* Parts are older than what they are in. */
		if (k && k->id <= value->id && k->kind != TERM_CONST &&
		    term_contains(value, k) && mapping_key(m, i))
			return true;
	}
	return false;
}

const struct mapping *mapping_make(struct checker *c, struct mapping m)
{
	struct frame *fr = c->fr;
	struct mapping *copy;
	unsigned int i;

	for (i = 0; i < fr->nmappings; i++) {
		const struct mapping *o = fr->mapping[i];

		if (o->origin == m.origin && o->api == m.api &&
		    o->in_loop == m.in_loop && o->imported == m.imported &&
		    o->again == m.again && o->literal == m.literal &&
		    o->returned == m.returned &&
		    !memcmp(o->role, m.role, sizeof(m.role)) &&
		    !memcmp(o->form, m.form, sizeof(m.form)))
			return o;
	}
	fr->mapping = arena_grow(c->a, fr->mapping, fr->nmappings,
				 sizeof(*fr->mapping));
	copy = arena_alloc(c->a, sizeof(*copy));
	*copy = m;
	copy->trail = trail_save(c, m.trail, 6);
	fr->mapping[fr->nmappings++] = copy;
	return copy;
}

struct origin *origin_of(struct checker *c, const struct event *ev,
			 const struct api *api)
{
	struct origin *o;
	unsigned int i;

	for (i = 0; i < c->norigins; i++)
		if (c->origin[i]->event == ev &&
		    c->origin[i]->function == c->fr->f)
			return c->origin[i];
	c->origin = arena_grow(c->a, c->origin, c->norigins,
			       sizeof(*c->origin));
	o = arena_alloc(c->a, sizeof(*o));
	o->function = c->fr->f;
	o->event = ev;
	o->api = api;
	c->origin[c->norigins++] = o;
	return o;
}

bool in_any_loop(const struct frame *fr, unsigned int block)
{
	unsigned int l;

	for (l = 0; l < fr->fl->nloops && !fr->exact; l++)
		if (fr->fl->in[l][block])
			return true;
	return false;
}

/* Is a result of a call part of the argument? */
static bool is_returned(struct checker *c, const struct term *arg)
{
	const struct event *ev;
	unsigned int i;

	if (arg->kind == TERM_REG) {
		ev = defs_of(c, c->fr->index)[arg->value].event;
		return ev && (ev->kind == EV_CALL || (ev->kind == EV_SET &&
			      is_returned(c, ev->value)));
	}
	for (i = 0; i < arg->nargs; i++)
		if (is_returned(c, arg->arg[i]))
			return true;
	return false;
}

struct roles roles_of(struct checker *c, struct place_in_code at,
		      const struct api *api, const struct term **arg)
{
	struct roles r = { .api = api, .loc = at.ev->loc,
			   .function = c->fr->f };
	unsigned int i;

	for (i = 0; i < api->nargs && i < at.ev->nargs; i++) {
		enum role role = api->arg[i];

		if (role == ROLE_NONE)
			continue;
		r.role[role] = term_strip(arg[i]);
		if (at.ev->arg[i]->kind == TERM_CONST)
			r.literal |= 1u << role;
		else if (arg[i]->kind == TERM_CONST &&
			 is_returned(c, at.ev->arg[i]))
			r.returned |= 1u << role;
		if (arg[i]->kind == TERM_UNKNOWN)
			add_unresolved(c, api, role, at.ev->loc);
	}
	r.block = at.block;
	r.in_loop = in_any_loop(c->fr, at.block);
	return r;
}

struct owned *find_owned(struct world *w, const struct roles *r, bool *exact)
{
	unsigned int i, k;

	*exact = true;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		if (!x || x->kind == TERM_CONST || x->vague)
			continue;
		for (i = w->nowned; i-- > 0;) {
			const struct term *key = mapping_key(w->owned[i].m, k);

			if (key && term_strip(key) == x)
				return &w->owned[i];
		}
	}
	*exact = false;
	for (k = 0; k < MAPPING_KEYS; k++) {
		const struct term *x = r->role[key_role[k]];

		for (i = w->nowned; x && i-- > 0;)
			if (mapping_has(w->owned[i].m, x))
				return &w->owned[i];
	}
	return NULL;
}

bool is_key(const struct world *w, const struct term *value)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++)
		if (mapping_has(w->owned[i].m, value))
			return true;
	return false;
}

struct owned *owned_memory(struct world *w, const struct term *addr)
{
	const struct term *obj = place_object(addr);
	unsigned int i;

	for (i = w->nowned; i-- > 0;) {
		const struct mapping *m = w->owned[i].m;
		const struct term *cpu = m->role[ROLE_CPU];

		if (cpu && cpu == obj && cpu->kind != TERM_CONST &&
		    (!m->api->family->streaming || !m->role[ROLE_DIR] ||
		     m->api->ret == ROLE_CPU))
			return &w->owned[i];
	}
	return NULL;
}

const char *owned_place(struct checker *c, const struct owned *o,
			const struct roles *r)
{
	const char *name = "-";
	unsigned int k;

	/* "p->ring" says more than "p->ring_dma". */
	for (k = 0; o && k < o->nholders; k++)
		if (o->holder[k] != o->m->role[ROLE_HANDLE_OUT] ||
		    k + 1 == o->nholders)
			return place_name(c->a, c->fr->f, o->holder[k]);
	if (o && o->m->imported && o->m->origin && o->m->origin->place)
		return o->m->origin->place;
	for (k = 0; r && k < MAPPING_KEYS && name[0] == '-'; k++)
		if (r->role[key_role[k]])
			name = value_name(c->a, c->fr->f, r->role[key_role[k]]);
	for (k = 0; o && k < MAPPING_KEYS && name[0] == '-'; k++)
		if (mapping_key(o->m, k))
			name = value_name(c->a, c->fr->f,
					  mapping_key(o->m, k));
	return name;
}

void do_sync(struct checker *c, struct world *w, const struct roles *r)
{
	bool exact;
	struct owned *o = find_owned(w, r, &exact);
	enum action act = r->api->to_cpu ? ACT_SYNC_CPU : ACT_SYNC_DEVICE;
	struct move m;
	struct report rep = {
		.rule = "dma-sync-misuse", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.trail = w->trail, .confidence = CONF_HIGH,
	};

	judge_handle(c, w, r);
	if (!o || !exact)
		return;
	m = state_move(o->state, act, o->m->api->family->streaming);
	rep.noun = family_noun(o->m->api);
	rep.origin = o->m->origin;
	rep.place = owned_place(c, o, r);
	if (m.wrong == WRONG_USE_AFTER_FREE && !o->maybe_released &&
	    !o->m->in_loop) {
		rep.last = "synced here, after it was released";
		report(c, &rep);
	}
	if (o->m->origin && o->m->role[ROLE_DIR] && r->role[ROLE_DIR] &&
	    o->m->role[ROLE_DIR]->kind == TERM_CONST &&
	    o->m->role[ROLE_DIR]->value != 0 &&
	    r->role[ROLE_DIR] != o->m->role[ROLE_DIR] &&
	    r->role[ROLE_DIR]->kind == TERM_CONST) {
		rep.last = "synced here with a direction it is not mapped for";
		report(c, &rep);
	}
	if (r->role[ROLE_NENTS] && o->m->role[ROLE_COUNT] && o->m->origin &&
	    o->m->role[ROLE_COUNT] != o->m->role[ROLE_NENTS] &&
	    r->role[ROLE_NENTS] == o->m->role[ROLE_COUNT]) {
		rep.rule = "dma-nents-misuse";
		rep.value = "the returned count";
		rep.wanted = value_name(c->a, c->fr->f,
					o->m->role[ROLE_NENTS]);
		rep.last = "synced here with the count that was returned";
		report(c, &rep);
	}
	if (is_live(o) && o->state != STATE_UNCHECKED)
		o->state = m.next;
}

/* dma_mapping_error(): a pure function of the handle. */
void do_test(struct checker *c, struct world *w, const struct roles *r)
{
	bool exact;
	struct owned *o = find_owned(w, r, &exact);
	struct origin *org = o ? o->m->origin : NULL;

	if (!org || !exact)
		return;
	if (o->m->api->family->fail == FAIL_TEST) {
		org->tested = true;
		return;
	}
	if (!org->wrong_how) {
		org->wrong_how = arena_printf(c->a, "%s()", r->api->name);
		org->wrong_loc = r->loc;
		org->wrongly_tested = true;
		org->wrong_in = c->fr->f;
		org->use_trail = trail_save(c, w->trail, SAVED);
	}
}

/* A count kept in fewer bits is tested there: no list has so many entries. */
static int narrow_is_zero(struct checker *c, const struct world *w,
			  const struct term *x)
{
	static const int64_t bits[] = { 16, 8 };
	int i, truth;

	for (i = 0; i < 2; i++) {
		truth = fact_truth(c->t, w, term_op(c->t, OP_TRUNC, x,
					term_const(c->t, bits[i]), NULL));
		if (truth >= 0)
			return !truth;
	}
	return -1;
}

static int failed(struct checker *c, const struct world *w,
		  const struct mapping *m)
{
	const struct term *x, *test;
	enum fail_kind kind = m->api->family->fail;
	int64_t low, high;

	x = m->api->ret != ROLE_NONE ? m->role[m->api->ret] : NULL;
	if (kind == FAIL_TEST)
		x = m->role[ROLE_HANDLE];
	if (!x)
		return -1;
	switch (kind) {
	case FAIL_NULL:
		low = fact_truth(c->t, w, x);
		return low < 0 ? -1 : !low;
	case FAIL_ZERO:
		fact_range(w, x, &low, &high);
		if (high != 0 && (high < 0 || !fact_not_zero(w, x)))
			return narrow_is_zero(c, w, x);
		return !high;
	case FAIL_NONZERO:
		return fact_truth(c->t, w, x);
	case FAIL_TEST:
		test = term_call(c->t, "dma_mapping_error", 1, &x);
		return fact_truth(c->t, w, test);
	case FAIL_NEGATIVE:
		fact_range(w, x, &low, &high);
		/* A count of 0: there was nothing to map. */
		if (high == 0 && m->api->ret == ROLE_COUNT)
			return 1;
		if (high < 0 || low >= 0)
			return high < 0;
		/* 0 or an error number: all but 0 is one. */
		return m->api->ret == ROLE_ERR && fact_not_zero(w, x) ? 1 : -1;
	case FAIL_ERR_PTR:
		return fact_truth(c->t, w, term_op(c->t, OP_GTU, x,
					term_const(c->t, -4096), NULL));
	default:
		return -1;
	}
}

/*
 * Drivers take "handle != 0" to mean that something is mapped. A mapping that
 * was tested is not at 0, nor is it empty; one that failed, and only that, is
 * DMA_MAPPING_ERROR, all ones.
 */
static void mark_handle(struct checker *c, struct world *w,
			const struct mapping *m, bool failed)
{
	const struct term *h = m->role[ROLE_HANDLE];
	enum fail_kind fail = m->api->family->fail;

	if (!failed && m->role[ROLE_SIZE] &&
	    m->role[ROLE_SIZE]->kind != TERM_CONST)
		fact_assume(c->t, c->fr->scratch, w, m->role[ROLE_SIZE], true);
	if (!failed && m->api->ret == ROLE_ERR && m->role[ROLE_ERR])
		fact_assume(c->t, c->fr->scratch, w,
			    term_op(c->t, OP_EQ, m->role[ROLE_ERR],
				    term_const(c->t, 0), NULL), true);
	/* There is no memory at NULL to be mapped. */
	if (!failed && fail == FAIL_TEST && m->role[ROLE_CPU]) {
		const struct term *cpu = m->role[ROLE_CPU];

		fact_assume(c->t, c->fr->scratch, w, cpu, true);
		if (cpu->kind == TERM_OP && cpu->op == OP_ADD)
			fact_assume(c->t, c->fr->scratch, w, cpu->arg[0], true);
	}
	if (!h || h->kind == TERM_CONST)
		return;
	if (!failed)
		fact_assume(c->t, c->fr->scratch, w,
			    term_call(c->t, "dma_mapping_error", 1, &h), false);
	if (!failed && fact_assume(c->t, c->fr->scratch, w, h, true))
		fact_assume(c->t, c->fr->scratch, w,
			    term_op(c->t, OP_EQ, h, term_const(c->t, -1),
				    NULL), false);
	if (failed && fail == FAIL_TEST)
		fact_assume(c->t, c->fr->scratch, w,
			    term_op(c->t, OP_EQ, h, term_const(c->t, -1),
				    NULL), true);
}

void settle(struct checker *c, struct world *w)
{
	unsigned int i;

	wait_settle(c, w);
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];
		int f;

		if (o->state != STATE_UNCHECKED || !o->m->origin)
			continue;
		f = failed(c, w, o->m);
		if (f < 0)
			continue;
		o->m->origin->tested = true;
		o->state = state_move(o->state, f ? ACT_TEST_FAILED :
				      ACT_TEST_OK,
				      o->m->api->family->streaming).next;
		w->failed |= f;
		mark_handle(c, w, o->m, f);
		if (f)
			trail_add(c, w, TRAIL_FAIL, o->m->origin->event->loc,
				  "assuming that %s() fails", o->m->api->name,
				  NULL);
	}
}
