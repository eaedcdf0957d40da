/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An acquire: a mapping begins, and with it the values that name it.
 */
#include <string.h>
#include "agree.h"
#include "device_rules.h"

static bool widened(const struct frame *fr, const struct world *w,
		    unsigned int block)
{
	unsigned int l;

	for (l = 0; l < fr->fl->nloops && !fr->exact; l++)
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
		for (k = 0; k < MAPPING_KEYS; k++) {
			const struct term *key = mapping_key(m, k);

			if (key && key == mapping_key(w->owned[i].m, k))
				break;
		}
		if (k < MAPPING_KEYS) {
			w->owned[i] = w->owned[--w->nowned];
			i--;
		}
	}
}

/* dma_map_sg() returns 0 up to the entries it was given, and nothing else. */
static void bound_count(struct checker *c, struct world *w,
			const struct mapping *m)
{
	const struct term *count = m->role[ROLE_COUNT];
	const struct term *nents = m->role[ROLE_NENTS];

	if (!count || m->api->family->fail != FAIL_ZERO)
		return;
	fact_assume(c->t, c->fr->scratch, w,
		    term_op(c->t, OP_GE, count, term_const(c->t, 0), NULL),
		    true);
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
	struct roles r = roles_of(c, at, api, arg);
	const struct family *fam = api->family;
	struct mapping m = { .api = api, .in_loop = r.in_loop };
	const struct mapping *made;
	struct owned *o;

	acquire_results(c, w, at, &r);
	memcpy(m.role, r.role, sizeof(m.role));
	forms_of(c, w, m.role, m.form);
	m.literal = r.literal;
	m.returned = r.returned;
	m.origin = origin_of(c, at.ev, api);
	m.block = at.block;
	m.again = widened(c->fr, w, at.block);
	trail_add(c, w, TRAIL_ACQUIRE, at.ev->loc, "the %s is %s here",
		  family_noun(api), fam->streaming ? "mapped" : "allocated");
	m.trail = w->trail;
	made = mapping_make(c, m);
	note_mapped(c, made);
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
	judge_device_of(c, w, api, r.role[ROLE_DEV], m.origin, at.ev->loc);
	add_site(c, "acquire", api, at, "-");
}
