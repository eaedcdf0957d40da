/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "targets.h"

struct slot_key {
	const char *type, *field;	/* interned */
};

/* A member of a table, and the functions that are put there. */
struct slot {
	struct slot_key key;
	unsigned int n;
	unsigned int *function;
	UT_hash_handle hh;
};

struct targets {
	struct checker *c;
	struct arena *a;
	struct slot *slots;
	const struct term ***loaded;	/* by function, register; NULL: not
					 * looked at yet */
};

static struct slot *find_slot(struct targets *t, const char *type,
			      const char *field)
{
	struct slot_key key = { type, field };
	struct slot *s;

	HASH_FIND(hh, t->slots, &key, sizeof(key), s);
	return s;
}

static void add_target(struct targets *t, const struct ops *o)
{
	const char *type = arena_intern(t->c->a, o->type);
	const char *field = arena_intern(t->c->a, o->field);
	int k = callee_of(t->c, arena_intern(t->c->a, o->function))->index;
	struct slot *s = find_slot(t, type, field);
	unsigned int i;

	if (k < 0)
		return;
	if (!s) {
		s = arena_alloc(t->a, sizeof(*s));
		s->key.type = type;
		s->key.field = field;
		HASH_ADD(hh, t->slots, key, sizeof(s->key), s);
	}
	for (i = 0; i < s->n; i++)
		if (s->function[i] == (unsigned int)k)
			return;
	s->function = arena_grow(t->a, s->function, s->n,
				 sizeof(*s->function));
	s->function[s->n++] = (unsigned int)k;
}

struct targets *targets_new(struct checker *c, struct arena *a)
{
	struct targets *t = arena_alloc(a, sizeof(*t));
	unsigned int i;

	t->c = c;
	t->a = a;
	t->loaded = arena_alloc(a, (c->u->nfunctions + 1) *
				sizeof(*t->loaded));
	for (i = 0; i < c->u->nops; i++)
		add_target(t, &c->u->ops[i]);
	return t;
}

void targets_release(struct targets *t)
{
	struct slot *s, *next;

	HASH_ITER(hh, t->slots, s, next)
		HASH_DEL(t->slots, s);
}

static const struct term **loads_of(struct targets *t,
				    const struct function *f)
{
	const struct term **loaded = arena_alloc(t->a, (f->nregs + 1) *
						 sizeof(*loaded));
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_LOAD)
				loaded[ev->reg] = place_member(ev->addr);
		}
	return loaded;
}

const struct term *targets_loaded(struct targets *t, unsigned int fn,
				  int64_t reg)
{
	const struct function *f = t->c->u->function[fn];

	if (reg < 0 || reg >= f->nregs)
		return NULL;
	if (!t->loaded[fn])
		t->loaded[fn] = loads_of(t, f);
	return t->loaded[fn][reg];
}

unsigned int targets_of(struct targets *t, unsigned int fn,
			const struct event *ev, unsigned int *to,
			unsigned int most)
{
	const struct term *x = ev->addr, *m;
	const struct slot *s;
	unsigned int i;

	if (ev->callee || !x)
		return 0;
	m = x->kind == TERM_REG ? targets_loaded(t, fn, x->value) :
	    x->kind == TERM_LOAD ? place_member(x->arg[0]) : NULL;
	if (!m || !m->type || !m->name)
		return 0;
	s = find_slot(t, m->type, m->name);
	for (i = 0; s && i < s->n && i < most; i++)
		to[i] = s->function[i];
	return i;
}
