// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "term_priv.h"

#define SLOTS_FIRST 1024

struct slot {
	const struct term *term;
	uint32_t hash;
};

struct term_table {
	struct arena *arena;
	const struct term *unknown;
	struct slot *slot;		/* open addressing, a power of two */
	uint32_t nslots, nterms;
};

/* What tells a term from another; names are interned already. */
struct shape {
	enum term_kind kind;
	enum term_op op;
	uint32_t extra;
	unsigned int nargs;
	int64_t value;
	const char *name, *type;
	const struct term *const *arg;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
	return hash ^ hash >> 32;
}

static uint32_t shape_hash(const struct shape *s)
{
	uint64_t hash = mix((uint64_t)s->kind << 8 | (uint64_t)s->op,
			    (uint64_t)s->value);
	unsigned int i;

	if (s->name)
		hash = mix(hash, (uintptr_t)s->name);
	if (s->type)
		hash = mix(hash, (uintptr_t)s->type);
	if (s->extra)
		hash = mix(hash, s->extra);
	for (i = 0; i < s->nargs; i++)
		hash = mix(hash, s->arg[i]->id + 1);
	return (uint32_t)hash;
}

static bool same_shape(const struct term *x, const struct shape *s)
{
	unsigned int i;

	if (x->kind != s->kind || x->op != s->op || x->value != s->value ||
	    x->name != s->name || x->type != s->type ||
	    x->extra != s->extra || x->nargs != s->nargs)
		return false;
	for (i = 0; i < s->nargs; i++)
		if (x->arg[i] != s->arg[i])
			return false;
	return true;
}

static void grow_slots(struct term_table *t)
{
	uint32_t n = t->nslots * 2, i, at;
	struct slot *slot = arena_alloc(t->arena, n * sizeof(*slot));

	for (i = 0; i < t->nslots; i++) {
		if (!t->slot[i].term)
			continue;
		at = t->slot[i].hash & (n - 1);
		while (slot[at].term)
			at = (at + 1) & (n - 1);
		slot[at] = t->slot[i];
	}
	t->slot = slot;
	t->nslots = n;
}

static unsigned int hash_name(const char *name, unsigned int h)
{
	while (*name)
		h = (h ^ (unsigned char)*name++) * 16777619u;
	return (h ^ h >> 16) % 256 + 1;
}

unsigned int term_name_key(const char *name)
{
	return name ? hash_name(name, 2166136261u) : 0;
}

/* By what a term is looked for: the outermost member, a parameter. */
static unsigned int key_of(const struct shape *s)
{
	switch (s->kind) {
	case TERM_FIELD:
	case TERM_GLOBAL:
	case TERM_LOCAL:
	case TERM_CALL:
		return term_name_key(s->name);
	case TERM_PARAM:
		return hash_name("$", (unsigned int)s->value);
	default:
		return 0;
	}
}

/* NULL if the term would be too large. */
static const struct term *new_term(struct term_table *t,
				   const struct shape *s)
{
	uint32_t size = 1;
	bool vague = s->kind == TERM_UNKNOWN, fresh = s->kind == TERM_FRESH;
	struct term *x;
	unsigned int i;

	for (i = 0; i < s->nargs; i++) {
		size += s->arg[i]->size;
		vague |= s->arg[i]->vague;
		fresh |= s->arg[i]->has_fresh;
	}
	if (size > TERM_MAX_SIZE)
		return NULL;
	x = arena_alloc(t->arena, sizeof(*x) + s->nargs * sizeof(x->arg[0]));
	x->kind = s->kind;
	x->op = s->op;
	x->id = t->nterms++;
	x->extra = s->extra;
	x->size = size;
	x->vague = vague;
	x->has_fresh = fresh;
	x->key = key_of(s);
	x->value = s->value;
	x->name = s->name;
	x->type = s->type;
	x->nargs = s->nargs;
	for (i = 0; i < s->nargs; i++)
		x->arg[i] = s->arg[i];
	x->base = s->kind == TERM_FIELD ? s->arg[0]->base : x;
	x->at = s->kind == TERM_FIELD ? s->arg[0]->at + s->value : 0;
	x->root = term_is_offset(x) ? x->arg[0]->root : x->id;
	return x;
}

static const struct term *cons(struct term_table *t, const struct shape *s)
{
	uint32_t hash = shape_hash(s), at;
	const struct term *x;

	for (at = hash & (t->nslots - 1); (x = t->slot[at].term);
	     at = (at + 1) & (t->nslots - 1))
		if (t->slot[at].hash == hash && same_shape(x, s))
			return x;
	x = new_term(t, s);
	if (!x)
		return t->unknown;
	t->slot[at] = (struct slot){ .term = x, .hash = hash };
	if (t->nterms * 2 > t->nslots)
		grow_slots(t);
	return x;
}

struct term_table *term_table_new(struct arena *arena)
{
	struct term_table *t = arena_alloc(arena, sizeof(*t));
	const struct shape unknown = { .kind = TERM_UNKNOWN };

	t->arena = arena;
	t->nslots = SLOTS_FIRST;
	t->slot = arena_alloc(arena, t->nslots * sizeof(*t->slot));
	t->unknown = cons(t, &unknown);
	return t;
}

struct arena *term_arena(struct term_table *t)
{
	return t->arena;
}

static const struct term *named(struct term_table *t, enum term_kind kind,
				const char *name)
{
	const struct shape s = {
		.kind = kind,
		.name = arena_intern(t->arena, name),
	};

	return cons(t, &s);
}

static const struct term *numbered(struct term_table *t, enum term_kind kind,
				   int64_t value)
{
	const struct shape s = { .kind = kind, .value = value };

	return cons(t, &s);
}

const struct term *term_const(struct term_table *t, int64_t value)
{
	return numbered(t, TERM_CONST, value);
}

const struct term *term_string(struct term_table *t, const char *text)
{
	return named(t, TERM_STRING, text);
}

const struct term *term_reg(struct term_table *t, unsigned int number)
{
	return numbered(t, TERM_REG, number);
}

const struct term *term_param(struct term_table *t, unsigned int index)
{
	return numbered(t, TERM_PARAM, index);
}

const struct term *term_global(struct term_table *t, const char *name)
{
	return named(t, TERM_GLOBAL, name);
}

const struct term *term_local(struct term_table *t, const char *name)
{
	return named(t, TERM_LOCAL, name);
}

const struct term *term_unknown(struct term_table *t)
{
	return t->unknown;
}

const struct term *term_fresh(struct term_table *t, const char *label,
			      int64_t site, uint32_t iteration)
{
	const struct shape s = {
		.kind = TERM_FRESH,
		.name = arena_intern(t->arena, label),
		.value = site,
		.extra = iteration,
	};

	return cons(t, &s);
}

const struct term *term_fresh_like(struct term_table *t,
				   const struct term *like, int64_t site,
				   uint32_t iteration)
{
	const struct shape s = {
		.kind = TERM_FRESH,
		.name = like->name,
		.value = site,
		.extra = iteration,
	};

	return cons(t, &s);
}

const struct term *term_load(struct term_table *t, const struct term *addr,
			     int64_t version)
{
	const struct shape s = {
		.kind = TERM_LOAD,
		.value = version,
		.nargs = 1,
		.arg = &addr,
	};

	return addr->vague ? t->unknown : cons(t, &s);
}

/* NULL for what is not there: NULL, "" and "-". */
static const char *tag(struct term_table *t, const char *name)
{
	if (!name || !name[0] || !strcmp(name, "-"))
		return NULL;
	return arena_intern(t->arena, name);
}

/* @type and @name are interned. */
static const struct term *field(struct term_table *t, const struct term *addr,
				const char *type, const char *name,
				int64_t offset)
{
	const struct shape s = {
		.kind = TERM_FIELD,
		.type = type,
		.name = name,
		.value = offset,
		.nargs = 1,
		.arg = &addr,
	};

	if (addr->kind == TERM_UNKNOWN)
		return addr;
	if (!s.type && !s.name && !offset)
		return addr;
	return cons(t, &s);
}

const struct term *term_field(struct term_table *t, const struct term *addr,
			      const char *type, const char *name,
			      int64_t offset)
{
	return field(t, addr, tag(t, type), tag(t, name), offset);
}

const struct term *term_elem(struct term_table *t, const struct term *addr,
			     const struct term *index, int64_t size)
{
	const struct term *arg[] = { addr, index };
	const struct shape s = {
		.kind = TERM_ELEM,
		.value = size,
		.nargs = 2,
		.arg = arg,
	};

	if (addr->kind == TERM_UNKNOWN)
		return addr;
	if (addr->kind == TERM_ELEM && addr->value == size && size) {
		arg[0] = addr->arg[0];
		arg[1] = term_op(t, OP_ADD, addr->arg[1], index, NULL);
	}
	return cons(t, &s);
}

const struct term *term_call(struct term_table *t, const char *name,
			     unsigned int nargs, const struct term *const *arg)
{
	struct shape s = { .kind = TERM_CALL, .nargs = nargs, .arg = arg };
	unsigned int i;

	if (nargs > TERM_MAX_ARGS)
		return t->unknown;
	for (i = 0; i < nargs; i++)
		if (arg[i]->vague)
			return t->unknown;
	s.name = arena_intern(t->arena, name);
	return cons(t, &s);
}

const struct term *term_op_raw(struct term_table *t, enum term_op op,
			       unsigned int nargs,
			       const struct term *const *arg)
{
	const struct shape s = {
		.kind = TERM_OP,
		.op = op,
		.nargs = nargs,
		.arg = arg,
	};

	return cons(t, &s);
}

bool term_contains(const struct term *whole, const struct term *part)
{
	unsigned int i;

	if (whole == part)
		return true;
	/* Parts are older than what they are in. */
	if (whole->id < part->id)
		return false;
	if (whole->size <= part->size)
		return false;
	if (part->has_fresh && !whole->has_fresh)
		return false;
	for (i = 0; i < whole->nargs; i++)
		if (term_contains(whole->arg[i], part))
			return true;
	return false;
}

/* @x with the arguments @arg, by the constructor of its kind. */
static const struct term *rebuild(struct term_table *t, const struct term *x,
				  const struct term *const *arg)
{
	switch (x->kind) {
	case TERM_FIELD:
		return field(t, arg[0], x->type, x->name, x->value);
	case TERM_ELEM:
		return term_elem(t, arg[0], arg[1], x->value);
	case TERM_LOAD:
		return term_load(t, arg[0], x->value);
	case TERM_CALL:
		return term_call(t, x->name, x->nargs, arg);
	case TERM_OP:
		return term_op(t, x->op, arg[0], x->nargs > 1 ? arg[1] : NULL,
			       x->nargs > 2 ? arg[2] : NULL);
	default:
		return x;
	}
}

const struct term *term_map(struct term_table *t, const struct term *x,
			    const struct term *(*f)(void *data,
						    const struct term *x),
			    void *data)
{
	const struct term *arg[TERM_MAX_ARGS];
	const struct term *y = f(data, x);
	bool changed = false;
	unsigned int i;

	if (y)
		return y;
	for (i = 0; i < x->nargs; i++) {
		arg[i] = term_map(t, x->arg[i], f, data);
		changed |= arg[i] != x->arg[i];
	}
	return changed ? rebuild(t, x, arg) : x;
}
