/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One unit: callees before callers, each function once.
 */
#include <string.h>
#include <time.h>
#include "checker.h"
#include "leave.h"
#include "split.h"
#include "tables.h"
#include "unitwide.h"

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

/* Sites that no world reached, and which of them were fully evaluated. */
static void finish_sites(struct checker *c, bool complete)
{
	const struct function *f = c->fr->f;
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];
			static const char *const kind[API_KIND_MAX] = {
				[API_ACQUIRE] = "acquire",
				[API_RELEASE] = "release",
				[API_TEST] = "test", [API_SYNC] = "sync",
			};
			const struct api *api = ev->kind == EV_CALL &&
				ev->callee ? callee_of(c, ev->callee)->api :
				NULL;
			struct place_in_code at = { b, ev };

			if (!api || !kind[api->kind])
				continue;
			add_site(c, kind[api->kind], api, at, "-");
			if (c->fr->site[ev->id])
				c->res->site[c->fr->site[ev->id] - 1].seen =
					complete;
		}
	}
}

static void check_function(struct checker *c, unsigned int index)
{
	struct function *f = split_calls(c, index);
	struct frame fr = { .f = f };
	struct verdict *v = &c->res->verdict[c->res->nverdicts++];
	double start = cpu_seconds();

	fr.index = index;
	fr.keep = arena_new_like(c->a);
	fr.scratch = arena_new_like(c->a);
	fr.fl = flow_of(fr.keep, f);
	fr.site = arena_alloc(fr.keep, (f->nevents + 1) * sizeof(*fr.site));
	c->fr = &fr;
	if (f->nblocks)
		walk_function(c);
	judge_leaks(c);
	judge_rounds(c);
	judge_buried(c);
	c->summary[index] = summary_make(c, &fr);
	finish_sites(c, !fr.reason);
	v->function = c->u->function[index];
	v->complete = !fr.reason;
	v->reason = fr.reason;
	v->worlds = fr.worlds;
	v->summary = summary_text(c, c->summary[index]);
	v->owns = c->summary[index]->owns;
	v->seconds = cpu_seconds() - start;
	arena_free(fr.scratch);
	arena_free(fr.keep);
}

static void visit(struct checker *c, unsigned char *seen, unsigned int index,
		  unsigned int depth);

static void visit_callees(struct checker *c, unsigned char *seen,
			  unsigned int index, const struct event *ev,
			  unsigned int depth)
{
	unsigned int i;
	int k;

	for (i = 0; (k = leads_to(c, index, ev, i)) != NO_CALLEE; i++)
		if (k >= 0 && !c->u->function[k]->is_aside && !seen[k] &&
		    depth < 200)
			visit(c, seen, k, depth + 1);
}

/* Depth first over the call graph; a cycle is cut where it closes. */
static void visit(struct checker *c, unsigned char *seen, unsigned int index,
		  unsigned int depth)
{
	const struct function *f = c->u->function[index];
	unsigned int b, e;

	seen[index] = 1;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			visit_callees(c, seen, index, &f->block[b].event[e],
				      depth);
	check_function(c, index);
}

bool is_link(const struct checker *c, const struct term *addr)
{
	return place_set_has(&c->links, addr);
}

/* The members that make lists: pointers to the struct they are in. */
static void add_links(struct checker *c, const struct function *f)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind != EV_LOAD || !ev->type ||
			    ev->addr->kind != TERM_FIELD ||
			    ev->type != ev->addr->type)
				continue;
			place_set_add(c->a, &c->links, ev->addr);
		}
	}
}

/* Where the driver itself says that nothing is mapped, by writing 0. */
static void add_zeroed(struct checker *c, const struct function *f)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind != EV_STORE ||
			    ev->value->kind != TERM_CONST || ev->value->value ||
			    !place_member(ev->addr))
				continue;
			c->zeroed = arena_grow(c->a, c->zeroed, c->nzeroed,
					       sizeof(*c->zeroed));
			c->zeroed[c->nzeroed++] = ev->addr;
		}
}

static void mark_called(struct checker *c, unsigned int index,
			const struct event *ev)
{
	unsigned int i;
	int k;

	for (i = 0; (k = leads_to(c, index, ev, i)) != NO_CALLEE; i++)
		if (k >= 0 && (unsigned int)k != index)
			c->called[k] = true;
}

static void find_called(struct checker *c, unsigned int index)
{
	const struct function *f = c->u->function[index];
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			mark_called(c, index, &f->block[b].event[e]);
}

static void find_entries(struct checker *c)
{
	unsigned int i;
	int k;

	for (i = 0; i < c->u->nfunctions; i++) {
		const struct function *f = c->u->function[i];

		if (f->is_init && f->ret == RET_INT && f->is_static &&
		    !f->nparams)
			c->entry[i] = ENTRY_OUTER;
	}
	for (i = 0; i < c->u->nops; i++) {
		const struct ops *o = &c->u->ops[i];
		const struct lifecycle *l;

		k = callee_of(c, arena_intern(c->a, o->function))->index;
		if (k < 0 || !rules_is_entry(c->r, o->type, o->field))
			continue;
		l = rules_lifecycle(c->r, o->type, o->field);
		if (!c->entry[k] || !l->depth)
			c->entry[k] = l->depth ? ENTRY_INNER : ENTRY_OUTER;
	}
}

struct result *check_unit(struct unit *u, const struct rules *r)
{
	struct checker c = { .u = u, .r = r, .a = u->arena, .t = u->terms };
	unsigned int n = u->nfunctions, i;
	unsigned char *seen = arena_alloc(u->arena, n + 1);
	struct callee *k, *next;

	c.start = arena_used(u->arena);
	c.res = arena_alloc(u->arena, sizeof(*c.res));
	c.res->verdict = arena_alloc(u->arena,
				     (n + 1) * sizeof(*c.res->verdict));
	c.summary = arena_alloc(u->arena, (n + 1) * sizeof(*c.summary));
	c.entry = arena_alloc(u->arena, n + 1);
	c.called = arena_alloc(u->arena, n + 1);
	find_entries(&c);
	for (i = 0; i < n; i++)
		if (!u->function[i]->is_aside)
			add_links(&c, u->function[i]);
	for (i = 0; i < n; i++)
		if (!u->function[i]->is_aside)
			add_zeroed(&c, u->function[i]);
	find_choices(&c);
	for (i = 0; i < n; i++)
		find_called(&c, i);
	find_dead(&c);
	find_guards(&c);
	find_switches(&c);
	for (i = 0; i < n; i++)
		if (!seen[i] && !u->function[i]->is_aside)
			visit(&c, seen, i, 0);
	judge_unit(&c);
	judge_context(&c);
	judge_devres(&c);
	find_escapes(&c);
	report_finish(&c);
	release_choices(&c);
	HASH_ITER(hh, c.callees, k, next)
		HASH_DEL(c.callees, k);
	return c.res;
}
