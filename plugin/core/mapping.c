/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "checker.h"

/* Roles that say which mapping is meant, the most telling first. */
static const enum role keys[] = {
	ROLE_HANDLE, ROLE_CPU, ROLE_OBJECT, ROLE_SGL, ROLE_SGT, ROLE_PAGE,
};

#define NKEYS (sizeof(keys) / sizeof(keys[0]))

bool is_live(const struct owned *o)
{
	return o->state & (STATE_UNCHECKED | STATE_SHARED | STATE_DEVICE |
			   STATE_CPU);
}

/*
 * The @i-th term that names the mapping, NULL where there is none. The CPU
 * address and the page given to a streaming acquire name memory, not the
 * mapping.
 */
const struct term *mapping_key(const struct mapping *m, unsigned int i)
{
	enum role role;

	if (i >= NKEYS)
		return NULL;
	role = keys[i];
	if (m->api->family->streaming && m->role[ROLE_HANDLE] &&
	    (role == ROLE_CPU || role == ROLE_PAGE))
		return NULL;
	return m->role[role];
}

bool mapping_has(const struct mapping *m, const struct term *value)
{
	unsigned int i;

	for (i = 0; i < NKEYS; i++) {
		const struct term *k = mapping_key(m, i);

		if (k && k->kind != TERM_CONST && term_contains(value, k))
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
		    !memcmp(o->role, m.role, sizeof(m.role)))
			return o;
	}
	if (fr->nmappings == fr->mappings_cap) {
		const struct mapping **bigger;

		fr->mappings_cap = fr->nmappings ? fr->nmappings * 2 : 16;
		bigger = arena_alloc(c->a, fr->mappings_cap * sizeof(*bigger));
		if (fr->nmappings)
			memcpy(bigger, fr->mapping,
			       fr->nmappings * sizeof(*bigger));
		fr->mapping = bigger;
	}
	copy = arena_alloc(c->a, sizeof(*copy));
	*copy = m;
	copy->trail = trail_save(c, m.trail, 6);
	fr->mapping[fr->nmappings++] = copy;
	return copy;
}

struct origin *origin_of(struct checker *c, const struct event *ev,
			 const struct api *api)
{
	struct origin *o, **bigger;
	unsigned int i;

	for (i = 0; i < c->norigins; i++)
		if (c->origin[i]->event == ev &&
		    c->origin[i]->function == c->fr->f)
			return c->origin[i];
	if (c->norigins == c->origins_cap) {
		c->origins_cap = c->norigins ? c->norigins * 2 : 16;
		bigger = arena_alloc(c->a, c->origins_cap * sizeof(*bigger));
		if (c->norigins)
			memcpy(bigger, c->origin,
			       c->norigins * sizeof(*bigger));
		c->origin = bigger;
	}
	o = arena_alloc(c->a, sizeof(*o));
	o->function = c->fr->f;
	o->event = ev;
	o->api = api;
	o->id = c->norigins;
	c->origin[c->norigins++] = o;
	return o;
}

bool in_any_loop(const struct frame *fr, unsigned int block)
{
	unsigned int l;

	for (l = 0; l < fr->fl->nloops; l++)
		if (fr->fl->in[l][block])
			return true;
	return false;
}

struct roles roles_of(struct checker *c, struct world *w,
		      struct place_in_code at, const struct api *api,
		      const struct term **arg)
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
		if (arg[i]->kind == TERM_UNKNOWN)
			add_unresolved(c, api, role, at.ev->loc);
	}
	r.block = at.block;
	r.in_loop = in_any_loop(c->fr, at.block);
	(void)w;
	return r;
}

static bool widened(const struct frame *fr, const struct world *w,
		    unsigned int block)
{
	unsigned int l;

	for (l = 0; l < fr->fl->nloops; l++)
		if (fr->fl->in[l][block] && w->count[l])
			return true;
	return false;
}

/* The values that the acquire yields: result, and what it stores. */
static void acquire_results(struct checker *c, struct world *w,
			    struct place_in_code at, struct roles *r)
{
	const struct api *api = r->api;
	uint32_t it = iteration(c->fr, w, at.block);
	const struct term *out;

	if (api->ret != ROLE_NONE)
		r->role[api->ret] = term_fresh(c->t, api->name, at.ev->id, it);
	out = r->role[ROLE_HANDLE_OUT];
	if (out) {
		r->role[ROLE_HANDLE] = term_fresh(c->t, "handle",
						  at.ev->id, it);
		world_store(c->fr->scratch, w, out, r->role[ROLE_HANDLE]);
	}
	out = r->role[ROLE_OBJECT_OUT];
	if (out) {
		r->role[ROLE_OBJECT] = term_fresh(c->t, "object",
						  at.ev->id, it);
		world_store(c->fr->scratch, w, out, r->role[ROLE_OBJECT]);
	}
}

/* The scatterlist or object is mapped again: the mapping before is gone. */
static void forget_same_key(struct world *w, const struct mapping *m)
{
	unsigned int i, k;

	for (i = 0; i < w->nowned; i++) {
		for (k = 0; k < NKEYS; k++) {
			const struct term *key = mapping_key(m, k);

			if (key && key == mapping_key(w->owned[i].m, k))
				break;
		}
		if (k < NKEYS) {
			w->owned[i] = w->owned[--w->nowned];
			i--;
		}
	}
}

/* dma_map_sg() returns 0 up to the entries it was given. */
static void bound_count(struct checker *c, struct world *w,
			const struct mapping *m)
{
	const struct term *count = m->role[ROLE_COUNT];
	const struct term *nents = m->role[ROLE_NENTS];

	if (!count || m->api->family->fail != FAIL_ZERO)
		return;
	if (nents && nents->kind == TERM_CONST)
		fact_assume(c->t, c->fr->scratch, w,
			    term_op(c->t, OP_LE, count, nents, NULL), true);
}

/* Coherent memory is whole pages, dma-api-howto.rst; blocks of pools not. */
static void align_results(struct checker *c, struct world *w,
			  const struct mapping *m)
{
	if (!m->api->family->implicit_dir || m->role[ROLE_POOL] ||
	    m->api->ret != ROLE_CPU)
		return;
	fact_align(c->fr->scratch, w, m->role[ROLE_CPU]);
	if (m->role[ROLE_HANDLE])
		fact_align(c->fr->scratch, w, m->role[ROLE_HANDLE]);
}

void do_acquire(struct checker *c, struct world *w, struct place_in_code at,
		const struct api *api, const struct term **arg)
{
	struct roles r = roles_of(c, w, at, api, arg);
	const struct family *fam = api->family;
	struct mapping m = { .api = api, .in_loop = r.in_loop };
	const struct mapping *made;
	struct owned *o;

	acquire_results(c, w, at, &r);
	memcpy(m.role, r.role, sizeof(m.role));
	m.literal = r.literal;
	m.origin = origin_of(c, at.ev, api);
	m.block = at.block;
	m.again = widened(c->fr, w, at.block);
	trail_add(c, w, TRAIL_ACQUIRE, at.ev->loc, "the %s is %s here",
		  family_noun(api), fam->streaming ? "mapped" : "allocated");
	m.trail = w->trail;
	made = mapping_make(c, m);
	forget_same_key(w, made);
	o = world_own(c->fr->scratch, w, made,
		      fam->fail == FAIL_NEVER ?
		      (fam->streaming ? STATE_DEVICE : STATE_SHARED) :
		      STATE_UNCHECKED);
	if (r.role[ROLE_HANDLE_OUT] && !place_is_local(r.role[ROLE_HANDLE_OUT]))
		o->holder[o->nholders++] = r.role[ROLE_HANDLE_OUT];
	bind_result(c, w, at, api->ret == ROLE_NONE ? NULL :
		    r.role[api->ret]);
	bound_count(c, w, made);
	align_results(c, w, made);
	judge_memory(c, w, made, at.ev->loc);
	judge_gfp(c, w, made, at.ev->loc);
	add_site(c, "acquire", api, at, "-");
}

/* Exact: one key is equal. Not exact: derived from one, or same shape. */
struct owned *find_owned(struct world *w, const struct roles *r, bool *exact)
{
	unsigned int i, k;

	*exact = true;
	for (k = 0; k < NKEYS; k++) {
		const struct term *x = r->role[keys[k]];

		if (!x || x->kind == TERM_CONST || x->vague)
			continue;
		for (i = w->nowned; i-- > 0;) {
			const struct term *key = mapping_key(w->owned[i].m, k);

			if (key && term_strip(key) == x)
				return &w->owned[i];
		}
	}
	*exact = false;
	for (k = 0; k < NKEYS; k++) {
		const struct term *x = r->role[keys[k]];

		for (i = w->nowned; x && i-- > 0;)
			if (mapping_has(w->owned[i].m, x))
				return &w->owned[i];
	}
	return NULL;
}

/*
 * Releases that go through a table (a ring, a fifo) release whatever was
 * entered there, under whatever name.
 */
static bool by_table(const struct owned *o, const struct roles *r,
		     const struct term *addr)
{
	return o->nholders && o->m->api->family->streaming &&
	       r->api->family->streaming && place_has_element(addr);
}

/*
 * A release whose mapping is not known by value may still be that of a place
 * of the same shape, or of the same member of another object of the type.
 */
void release_maybe(struct world *w, const struct roles *r)
{
	unsigned int i, k, h;

	for (k = 0; k < NKEYS; k++) {
		const struct term *x = r->role[keys[k]];
		const struct term *addr;

		if (!x || x->kind == TERM_CONST)
			continue;
		addr = x->kind == TERM_LOAD ? x->arg[0] : x;
		for (i = 0; i < w->nowned; i++) {
			struct owned *o = &w->owned[i];

			if (x->kind == TERM_UNKNOWN && is_live(o))
				o->maybe_released = true;
			for (h = 0; h < o->nholders; h++)
				if (place_same_shape(o->holder[h], addr) ||
				    place_same_member(o->holder[h], addr) ||
				    (place_has_element(addr) &&
				     place_object(addr) ==
				     place_object(o->holder[h])))
					o->maybe_released = true;
			if (is_live(o) && (r->in_loop || r->maybe) &&
			    ((o->m->in_loop && !o->nholders) ||
			     by_table(o, r, addr)))
				o->maybe_released = true;
		}
	}
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
	for (k = 0; r && k < NKEYS && name[0] == '-'; k++)
		if (r->role[keys[k]])
			name = value_name(c->a, c->fr->f, r->role[keys[k]]);
	for (k = 0; o && k < NKEYS && name[0] == '-'; k++)
		if (mapping_key(o->m, k))
			name = value_name(c->a, c->fr->f,
					  mapping_key(o->m, k));
	return name;
}

static void report_again(struct checker *c, struct world *w,
			 const struct owned *o, const struct roles *r)
{
	struct report rep = {
		.rule = "dma-double-free", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .confidence = CONF_HIGH,
		.place = owned_place(c, o, r),
	};

	if (o->maybe_released || r->maybe || o->m->in_loop || o->partial ||
	    r->assumed)
		return;
	/* What was acquired elsewhere may have been renewed elsewhere. */
	if (!o->m->origin)
		rep.confidence = CONF_MEDIUM;
	rep.other = o->released_by ? o->released_by->name : "-";
	rep.last = "released again here";
	report(c, &rep);
}

static void report_failed(struct checker *c, struct world *w,
			  const struct owned *o, const struct roles *r)
{
	struct report rep = {
		.rule = "dma-release-of-failed", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name,
		.noun = family_noun(o->m->api), .origin = o->m->origin,
		.trail = w->trail, .confidence = CONF_HIGH,
		.place = owned_place(c, o, r),
		.last = "released here, although there is nothing to release",
	};

	if (o->m->api->family->null_ok || r->maybe || o->partial ||
	    r->assumed)
		return;
	/* In a loop it may be that of another element. */
	if (o->m->imported || r->in_loop ||
	    (r->function != c->fr->f && o->nholders &&
	     place_has_element(o->holder[0])))
		rep.confidence = CONF_MEDIUM;
	report(c, &rep);
}

static void foreign_release(struct checker *c, struct world *w,
			    const struct roles *r)
{
	struct mapping m = { .api = r->api, .in_loop = r->in_loop };
	struct owned *o;
	unsigned int k;
	bool named = false;

	release_maybe(w, r);
	for (k = 0; k < NKEYS; k++) {
		const struct term *x = r->role[keys[k]];

		named |= x && x->kind != TERM_CONST &&
			 !x->vague;
	}
	if (!named)
		return;
	memcpy(m.role, r->role, sizeof(m.role));
	m.literal = r->literal;
	m.imported = r->function != c->fr->f;
	m.block = r->block;
	if (!r->by_place && !r->maybe)
		note_loose(c, w, r);
	o = world_own(c->fr->scratch, w, mapping_make(c, m), STATE_RELEASED);
	o->released = w->trail;
	o->in = r->function;
	o->released_by = r->api;
	o->maybe_released = r->maybe;
}

/* A value that is certainly NULL has nothing to release. */
static bool nothing_there(struct checker *c, struct world *w,
			  const struct roles *r)
{
	unsigned int k;

	if (!r->api->family->null_ok)
		return false;
	for (k = 0; k < NKEYS; k++) {
		const struct term *x = r->role[keys[k]];

		if (x && keys[k] != ROLE_HANDLE && !fact_truth(c->t, w, x))
			return true;
	}
	return false;
}

void do_release(struct checker *c, struct world *w, const struct roles *r)
{
	bool exact;
	struct owned *o;
	struct move m;

	if (nothing_there(c, w, r))
		return;
	judge_handle(c, w, r);
	o = find_owned(w, r, &exact);
	trail_add(c, w, TRAIL_RELEASE, r->loc, "released by %s() here",
		  r->api->name, NULL)->function = r->function;
	if (!o) {
		foreign_release(c, w, r);
		return;
	}
	if (!exact) {
		o->maybe_released = true;
		return;
	}
	if (o->m->origin)
		o->m->origin->released = true;
	m = state_move(o->state, ACT_RELEASE, o->m->api->family->streaming);
	if (m.wrong == WRONG_DOUBLE_FREE)
		report_again(c, w, o, r);
	else if (m.wrong == WRONG_RELEASE_OF_FAILED)
		report_failed(c, w, o, r);
	else if (o->m->origin && !r->maybe && !o->partial &&
		 !o->maybe_released && !r->assumed)
		compare_release(c, w, o, r);
	if (o->state == STATE_FAILED)
		return;
	o->state = m.next;
	o->released = w->trail;
	o->released_by = r->api;
	o->in = r->function;
	/* Whoever else might have released it before did not. */
	o->maybe_released = r->maybe;
	release_maybe(w, r);
}

void do_sync(struct checker *c, struct world *w, const struct roles *r)
{
	bool exact;
	struct owned *o = find_owned(w, r, &exact);
	enum action act = r->api->to_cpu ? ACT_SYNC_CPU : ACT_SYNC_DEVICE;
	struct move m;
	struct report rep = {
		.rule = "dma-sync-misuse", .function = c->fr->f,
		.loc = r->call.line ? r->call : r->loc, .api = r->api->name, .trail = w->trail,
		.confidence = CONF_HIGH,
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
		org->use_trail = trail_save(c, w->trail, SAVED);
	}
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
		return high == 0 ? 1 : fact_not_zero(w, x) && high > 0 ? 0 : -1;
	case FAIL_NONZERO:
		return fact_truth(c->t, w, x);
	case FAIL_TEST:
		test = term_call(c->t, "dma_mapping_error", 1, &x);
		return fact_truth(c->t, w, test);
	case FAIL_NEGATIVE:
		fact_range(w, x, &low, &high);
		return high < 0 ? 1 : low >= 0 ? 0 : -1;
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
	if (!h || h->kind == TERM_CONST)
		return;
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
