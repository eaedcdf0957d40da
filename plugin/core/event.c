// SPDX-License-Identifier: GPL-2.0-or-later
#include "event.h"

/* Numbers by name. Names are interned, so that pointers are compared. */
struct name_map {
	struct {
		const char *name;
		unsigned int number;
	} *slot;			/* open addressing, a power of two */
	unsigned int nslots, n;
};

struct unit_index {
	struct name_map functions, files, outside, structs;
};

static unsigned int *map_find(const struct name_map *m, const char *name)
{
	unsigned int at;

	if (!m->nslots)
		return NULL;
	at = (unsigned int)((uintptr_t)name * 0x9e3779b97f4a7c15ull >> 32);
	for (at &= m->nslots - 1; m->slot[at].name;
	     at = (at + 1) & (m->nslots - 1))
		if (m->slot[at].name == name)
			return &m->slot[at].number;
	return NULL;
}

static void map_put(struct arena *a, struct name_map *m, const char *name,
		    unsigned int number)
{
	struct name_map more = { .nslots = m->nslots ? 2 * m->nslots : 16 };
	unsigned int at;

	if (2 * (m->n + 1) > m->nslots) {
		more.slot = arena_alloc(a, more.nslots * sizeof(*more.slot));
		for (at = 0; at < m->nslots; at++)
			if (m->slot[at].name)
				map_put(a, &more, m->slot[at].name,
					m->slot[at].number);
		*m = more;
	}
	at = (unsigned int)((uintptr_t)name * 0x9e3779b97f4a7c15ull >> 32);
	for (at &= m->nslots - 1; m->slot[at].name;
	     at = (at + 1) & (m->nslots - 1))
		;
	m->slot[at].name = name;
	m->slot[at].number = number;
	m->n++;
}

struct unit *unit_new(struct arena *arena, const char *path)
{
	struct unit *u = arena_alloc(arena, sizeof(*u));

	u->arena = arena;
	u->terms = term_table_new(arena);
	u->index = arena_alloc(arena, sizeof(*u->index));
	u->nsources = 1;
	unit_file(u, path);
	return u;
}

unsigned int unit_file(struct unit *u, const char *path)
{
	const char *name = arena_intern(u->arena, path);
	const unsigned int *known = map_find(&u->index->files, name);

	if (known)
		return *known;
	u->file = arena_grow(u->arena, u->file, u->nfiles, sizeof(*u->file));
	u->file[u->nfiles] = name;
	map_put(u->arena, &u->index->files, name, u->nfiles);
	return u->nfiles++;
}

void unit_add_function(struct unit *u, struct function *f)
{
	const char *name = arena_intern(u->arena, f->name);

	u->function = arena_grow(u->arena, u->function, u->nfunctions,
				 sizeof(*u->function));
	u->function[u->nfunctions] = f;
	if (!map_find(&u->index->functions, name))
		map_put(u->arena, &u->index->functions, name, u->nfunctions);
	u->nfunctions++;
}

void unit_add_ops(struct unit *u, struct ops o)
{
	u->ops = arena_grow(u->arena, u->ops, u->nops, sizeof(*u->ops));
	u->ops[u->nops++] = o;
}

void unit_add_outside(struct unit *u, const char *name)
{
	name = arena_intern(u->arena, name);
	if (map_find(&u->index->outside, name))
		return;
	map_put(u->arena, &u->index->outside, name, u->noutside);
	u->outside = arena_grow(u->arena, u->outside, u->noutside,
				sizeof(*u->outside));
	u->outside[u->noutside++] = name;
}

void unit_add_struct(struct unit *u, const char *tag)
{
	if (unit_has_struct(u, tag))
		return;
	tag = arena_intern(u->arena, tag);
	map_put(u->arena, &u->index->structs, tag, u->nstructs);
	u->structs = arena_grow(u->arena, u->structs, u->nstructs,
				sizeof(*u->structs));
	u->structs[u->nstructs++] = tag;
}

bool unit_has_struct(const struct unit *u, const char *tag)
{
	return map_find(&u->index->structs, arena_intern(u->arena, tag));
}

const struct function *unit_find(const struct unit *u, const char *name)
{
	const unsigned int *number =
		map_find(&u->index->functions, arena_intern(u->arena, name));

	return number ? u->function[*number] : NULL;
}

void function_finish(struct unit *u, struct function *f)
{
	struct block *b, *to;
	unsigned int i, s, e;

	f->nevents = 0;
	for (i = 0; i < f->nblocks; i++)
		f->block[i].npred = 0;
	for (i = 0; i < f->nblocks; i++) {
		b = &f->block[i];
		for (e = 0; e < b->nevents; e++)
			b->event[e].id = f->nevents++;
		for (s = 0; s < b->nsucc; s++)
			if (b->succ[s] < f->nblocks)
				f->block[b->succ[s]].npred++;
	}
	for (i = 0; i < f->nblocks; i++) {
		b = &f->block[i];
		b->pred = arena_alloc(u->arena, b->npred * sizeof(*b->pred));
		b->npred = 0;
	}
	for (i = 0; i < f->nblocks; i++) {
		b = &f->block[i];
		for (s = 0; s < b->nsucc; s++) {
			if (b->succ[s] >= f->nblocks)
				continue;
			to = &f->block[b->succ[s]];
			to->pred[to->npred++] = i;
		}
	}
}

/* What function_verify() is looking at. */
struct verifier {
	const struct function *f;
	unsigned int block;
	struct error *err;
};

static int wrong(const struct verifier *v, const char *what)
{
	return error_set(v->err, "function %s, block %u: %s", v->f->name,
			 v->block, what);
}

static int verify_term(const struct verifier *v, const struct term *x)
{
	unsigned int i;

	if (!x)
		return wrong(v, "a value or an address is missing");
	if (x->kind == TERM_REG && x->value >= v->f->nregs)
		return wrong(v, "register out of range");
	if (x->kind == TERM_PARAM && x->value >= v->f->nparams &&
	    !v->f->is_variadic)
		return wrong(v, "parameter out of range");
	for (i = 0; i < x->nargs; i++)
		if (verify_term(v, x->arg[i]))
			return -1;
	return 0;
}

static int verify_call(const struct verifier *v, const struct event *e)
{
	unsigned int i;

	if (!e->callee && verify_term(v, e->addr))
		return -1;
	for (i = 0; i < e->nargs; i++)
		if (verify_term(v, e->arg[i]))
			return -1;
	return 0;
}

static int verify_event(const struct verifier *v, const struct event *e)
{
	bool result = e->kind == EV_SET || e->kind == EV_LOAD;

	if (e->reg < -1 || (e->reg >= 0 && (unsigned int)e->reg >= v->f->nregs))
		return wrong(v, "result register out of range");
	if (result && e->reg < 0)
		return wrong(v, "set or load without a register");
	if (!result && e->kind != EV_CALL && e->reg >= 0)
		return wrong(v, "only set, load and call have a result");
	switch (e->kind) {
	case EV_LOAD:
		return verify_term(v, e->addr);
	case EV_STORE:
		return verify_term(v, e->addr) || verify_term(v, e->value) ?
		       -1 : 0;
	case EV_CALL:
		return verify_call(v, e);
	case EV_RETURN:
		return e->value ? verify_term(v, e->value) : 0;
	case EV_GOTO:
	case EV_STOP:
		return 0;
	default:
		return verify_term(v, e->value);
	}
}

static int verify_switch(const struct verifier *v, const struct block *b)
{
	unsigned int i, j;

	for (i = 0; i < b->nranges; i++)
		if (b->range[i].succ >= b->nsucc ||
		    b->range[i].low > b->range[i].high)
			return wrong(v, "a case is out of range");
	for (i = 1; i < b->nsucc; i++) {
		for (j = 0; j < i; j++)
			if (b->succ[j] == b->succ[i])
				return wrong(v, "a switch leads to a block "
					     "twice");
		for (j = 0; j < b->nranges && b->range[j].succ != i; j++)
			;
		if (j == b->nranges)
			return wrong(v, "a block of a switch has no case");
	}
	return 0;
}

/* How a block ends, against where it leads to. */
static int verify_end(const struct verifier *v, const struct block *b)
{
	const struct event *last = &b->event[b->nevents - 1];

	if (last->kind != EV_SWITCH && b->nranges)
		return wrong(v, "only a switch has cases");
	switch (last->kind) {
	case EV_TEST:
		return b->nsucc == 2 ? 0 :
		       wrong(v, "a test leads to two blocks");
	case EV_SWITCH:
		return b->nsucc ? verify_switch(v, b) :
		       wrong(v, "a switch has no default");
	case EV_GOTO:
		return b->nsucc == 1 ? 0 :
		       wrong(v, "a goto leads to one block");
	case EV_RETURN:
	case EV_STOP:
		return !b->nsucc ? 0 :
		       wrong(v, "a return or stop leads nowhere");
	default:
		return wrong(v, "it ends in no test, switch, goto, return or "
			     "stop");
	}
}

static int verify_phis(const struct verifier *v, const struct block *b)
{
	unsigned int i, j;

	for (i = 0; i < b->nphis; i++) {
		if (b->phi[i].reg >= v->f->nregs)
			return wrong(v, "phi register out of range");
		for (j = 0; j < b->npred; j++)
			if (verify_term(v, b->phi[i].arg[j]))
				return -1;
	}
	return 0;
}

static int verify_block(const struct verifier *v, const struct block *b)
{
	unsigned int i;

	if (!b->nevents)
		return wrong(v, "the block is empty");
	for (i = 0; i < b->nevents; i++) {
		if (i + 1 < b->nevents && b->event[i].kind >= EV_TEST)
			return wrong(v, "events behind the end of the block");
		if (verify_event(v, &b->event[i]))
			return -1;
	}
	for (i = 0; i < b->nsucc; i++)
		if (b->succ[i] >= v->f->nblocks)
			return wrong(v, "it leads to a block that is not "
				     "there");
	return verify_end(v, b);
}

/* The edges into each block are those out of the others, in their order. */
static int verify_preds(struct verifier *v)
{
	const struct function *f = v->f;
	const struct block *b;
	unsigned int i, s, n;

	for (v->block = 0; v->block < f->nblocks; v->block++) {
		b = &f->block[v->block];
		for (n = 0, i = 0; i < b->npred; i++) {
			if (b->pred[i] >= f->nblocks ||
			    (i && b->pred[i] < b->pred[i - 1]))
				return wrong(v, "predecessors out of order");
			if (i && b->pred[i] == b->pred[i - 1])
				continue;
			for (s = 0; s < f->block[b->pred[i]].nsucc; s++)
				n += f->block[b->pred[i]].succ[s] == v->block;
		}
		if (n != b->npred)
			return wrong(v, "predecessors and ways in differ");
		if (verify_phis(v, b))
			return -1;
	}
	for (n = 0, i = 0; i < f->nblocks; i++)
		n += f->block[i].npred - f->block[i].nsucc;
	v->block = 0;
	return n ? wrong(v, "ways in and out of blocks differ") : 0;
}

int function_verify(const struct function *f, struct error *err)
{
	struct verifier v = { .f = f, .err = err };

	if (!f->nblocks)
		return error_set(err, "function %s has no blocks", f->name);
	for (v.block = 0; v.block < f->nblocks; v.block++)
		if (verify_block(&v, &f->block[v.block]))
			return -1;
	return verify_preds(&v);
}
