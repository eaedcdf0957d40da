/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include "place.h"
#include "world.h"

/* Room for one more of an array that lives in the arena. */
static void *grow(struct arena *a, void *array, unsigned int n,
		  unsigned int *cap, size_t size)
{
	void *bigger;

	if (n < *cap)
		return array;
	*cap = n ? n * 2 : 8;
	bigger = arena_alloc(a, *cap * size);
	if (n)
		memcpy(bigger, array, n * size);
	return bigger;
}

static void *dup(struct arena *a, const void *array, unsigned int n,
		 size_t size)
{
	void *copy;

	if (!n)
		return NULL;
	copy = arena_alloc(a, n * size);
	memcpy(copy, array, n * size);
	return copy;
}

struct world *world_new(struct arena *a, const struct flow *fl)
{
	struct world *w = arena_alloc(a, sizeof(*w));

	w->nregs = fl->f->nregs;
	w->reg = arena_alloc(a, (w->nregs + 1) * sizeof(*w->reg));
	w->count = arena_alloc(a, fl->nloops + 1);
	return w;
}

struct world *world_copy(struct arena *a, const struct world *w,
			 const struct flow *fl)
{
	struct world *c = arena_alloc(a, sizeof(*c));

	*c = *w;
	c->reg = dup(a, w->reg, w->nregs + 1, sizeof(*w->reg));
	c->count = dup(a, w->count, fl->nloops + 1, 1);
	c->cell = dup(a, w->cell, w->ncells, sizeof(*w->cell));
	c->fact = dup(a, w->fact, w->nfacts, sizeof(*w->fact));
	c->owned = dup(a, w->owned, w->nowned, sizeof(*w->owned));
	c->escaped = dup(a, w->escaped, w->nescaped, sizeof(*w->escaped));
	c->freed = dup(a, w->freed, w->nfreed, sizeof(*w->freed));
	c->kept = dup(a, w->kept, w->nkept, sizeof(*w->kept));
	c->cells_cap = c->ncells;
	c->facts_cap = c->nfacts;
	c->owned_cap = c->nowned;
	c->escaped_cap = c->nescaped;
	c->freed_cap = c->nfreed;
	c->kept_cap = c->nkept;
	return c;
}

struct world *world_pack(struct arena *a, const struct world *w,
			 const struct flow *fl, unsigned int block)
{
	unsigned int n = fl->nlive[block], i;
	const struct term **reg = arena_alloc(a, (n + 1) * sizeof(*reg));
	struct world packed = *w;

	for (i = 0; i < n; i++)
		reg[i] = w->reg[fl->live[block][i]];
	packed.nregs = n;
	packed.reg = reg;
	return world_copy(a, &packed, fl);
}

struct world *world_unpack(struct arena *a, const struct world *w,
			   const struct flow *fl, unsigned int block)
{
	struct world *c = world_copy(a, w, fl);
	unsigned int i;

	c->nregs = fl->f->nregs;
	c->reg = arena_alloc(a, (c->nregs + 1) * sizeof(*c->reg));
	for (i = 0; i < w->nregs; i++)
		c->reg[fl->live[block][i]] = w->reg[i];
	return c;
}

static bool same_owned(const struct owned *a, const struct owned *b)
{
	unsigned int i;

	if (a->m != b->m || a->state != b->state ||
	    a->maybe_released != b->maybe_released ||
	    a->escaped != b->escaped || a->nholders != b->nholders ||
	    a->started != b->started || a->waited != b->waited)
		return false;
	for (i = 0; i < a->nholders; i++)
		if (a->holder[i] != b->holder[i])
			return false;
	return true;
}

static bool same_fact(const struct fact *a, const struct fact *b)
{
	return a->x == b->x && a->low == b->low && a->high == b->high &&
	       a->not_zero == b->not_zero && a->not_err == b->not_err;
}

const struct fact *world_fact(const struct world *w, const struct term *x,
			      unsigned int hint)
{
	unsigned int i;

	if (hint < w->nfacts && w->fact[hint].x == x)
		return &w->fact[hint];
	for (i = 0; i < w->nfacts; i++)
		if (w->fact[i].x == x)
			return &w->fact[i];
	return NULL;
}

const struct cell *world_cell(const struct world *w, const struct cell *like,
			      unsigned int hint)
{
	const struct cell *cell;

	if (hint < w->ncells && w->cell[hint].addr == like->addr &&
	    w->cell[hint].region == like->region)
		return &w->cell[hint];
	for (cell = w->cell; cell < w->cell + w->ncells; cell++)
		if (cell->addr == like->addr && cell->region == like->region)
			return cell;
	return NULL;
}

static bool has_fact(const struct world *w, const struct fact *f,
		     unsigned int hint)
{
	const struct fact *mine = world_fact(w, f->x, hint);

	return mine && same_fact(mine, f);
}

static bool has_cell(const struct world *w, const struct cell *c,
		     unsigned int hint)
{
	const struct cell *mine = world_cell(w, c, hint);

	return mine && mine->value == c->value;
}

bool world_equal(const struct world *a, const struct world *b,
		 const struct flow *fl)
{
	unsigned int i;

	if (a->ncells != b->ncells || a->nfacts != b->nfacts ||
	    a->nowned != b->nowned || a->nescaped != b->nescaped ||
	    a->nfreed != b->nfreed || a->nkept != b->nkept ||
	    a->failed != b->failed ||
	    a->left != b->left || a->wait != b->wait ||
	    a->timed_out != b->timed_out)
		return false;
	if (memcmp(a->reg, b->reg, a->nregs * sizeof(*a->reg)) ||
	    memcmp(a->count, b->count, fl->nloops))
		return false;
	for (i = 0; i < a->nowned; i++)
		if (!same_owned(&a->owned[i], &b->owned[i]))
			return false;
	for (i = 0; i < a->ncells; i++)
		if (!has_cell(b, &a->cell[i], i))
			return false;
	for (i = 0; i < a->nfacts; i++)
		if (!has_fact(b, &a->fact[i], i))
			return false;
	return true;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0x9e3779b97f4a7c15ull;
	return h ^ h >> 29;
}

/* Order does not matter where world_equal() ignores it: sums of hashes. */
uint64_t world_hash(const struct world *w, const struct flow *fl)
{
	uint64_t h = mix(1, w->nowned), sum = 0;
	unsigned int i;

	for (i = 0; i < w->nregs; i++)
		if (w->reg[i])
			h = mix(h, w->reg[i]->id + ((uint64_t)i << 32));
	for (i = 0; i < fl->nloops; i++)
		h = mix(h, w->count[i]);
	for (i = 0; i < w->nowned; i++)
		h = mix(h, (uintptr_t)w->owned[i].m ^ w->owned[i].state);
	for (i = 0; i < w->ncells; i++)
		sum += mix(w->cell[i].addr->id, w->cell[i].value->id);
	for (i = 0; i < w->nfacts; i++)
		sum += mix(w->fact[i].x->id, w->fact[i].low) ^
		       (uint64_t)w->fact[i].high;
	return mix(h, sum);
}

static bool below(const struct term *addr, const struct term *base)
{
	/* Parts are older than what they are in. */
	while (addr->id > base->id) {
		if (!term_is_offset(addr))
			return false;
		addr = addr->arg[0];
	}
	return addr == base;
}

/* Members of a union are one place. */
static bool same_offset(const struct term *a, const struct term *b)
{
	return a->kind == TERM_FIELD && a->base == b->base && a->at == b->at;
}

static struct cell *find_cell(const struct world *w, const struct term *addr,
			      bool region)
{
	bool field = !region && addr->kind == TERM_FIELD;
	struct cell *other = NULL, *cell;

	for (cell = w->cell; cell < w->cell + w->ncells; cell++) {
		if (cell->root != addr->root || cell->region != region)
			continue;
		if (cell->addr == addr)
			return cell;
		if (field && !other && same_offset(cell->addr, addr))
			other = cell;
	}
	return other;
}

/* The innermost region that the address is in. */
static const struct cell *find_region(const struct world *w,
				      const struct term *addr)
{
	const struct cell *found = NULL, *cell;

	for (cell = w->cell; cell < w->cell + w->ncells; cell++)
		if (cell->region && cell->root == addr->root &&
		    below(addr, cell->addr) &&
		    (!found || cell->addr->id > found->addr->id))
			found = cell;
	return found;
}

const struct term *world_load(struct term_table *t, const struct world *w,
			      const struct term *addr)
{
	const struct cell *c = find_cell(w, addr, false);

	if (c)
		return c->value;
	if (addr->vague)
		return term_unknown(t);
	c = find_region(w, addr);
	if (!c)
		return term_load(t, addr, 0);
	return c->value->kind == TERM_CONST ? c->value :
	       term_load(t, addr, c->value->id);
}

struct cell *world_add_cell(struct arena *a, struct world *w, struct cell one)
{
	w->cell = grow(a, w->cell, w->ncells, &w->cells_cap, sizeof(*w->cell));
	w->cell[w->ncells] = one;
	w->cell[w->ncells].root = one.addr->root;
	return &w->cell[w->ncells++];
}

static void set_cell(struct arena *a, struct world *w, const struct term *addr,
		     const struct term *value, bool region)
{
	struct cell *c = find_cell(w, addr, region);

	if (!c)
		c = world_add_cell(a, w, (struct cell){ .addr = addr });
	c->value = value;
	c->region = region;
}

/* A union's members, or a struct and its parts: forget what was stored. */
static void drop_below(struct world *w, const struct term *addr)
{
	unsigned int i, n = 0;

	for (i = 0; i < w->ncells; i++) {
		const struct cell *cell = &w->cell[i];

		if (cell->root != addr->root || cell->addr == addr ||
		    !below(cell->addr, addr))
			w->cell[n++] = *cell;
	}
	w->ncells = n;
}

void world_store(struct arena *a, struct world *w, const struct term *addr,
		 const struct term *value)
{
	if (addr->kind == TERM_UNKNOWN || addr->vague)
		return;
	drop_below(w, addr);
	set_cell(a, w, addr, value, false);
}

void world_fill(struct arena *a, struct world *w, const struct term *addr,
		const struct term *value)
{
	struct cell *c = find_cell(w, addr, false);

	if (addr->vague)
		return;
	drop_below(w, addr);
	if (c && (c = find_cell(w, addr, false)))
		*c = w->cell[--w->ncells];
	set_cell(a, w, addr, value, true);
}

static bool listed(const struct term *const *list, unsigned int n,
		   const struct term *x)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (list[i] == x)
			return true;
	return false;
}

/* A text, or a number that was computed: no object. */
static bool is_number(const struct term *x)
{
	return x->kind == TERM_STRING || x->kind == TERM_CONST ||
	       (x->kind == TERM_OP && x->op != OP_ADD);
}

void world_escape(struct arena *a, struct world *w, const struct term *obj)
{
	if (is_number(obj) || listed(w->escaped, w->nescaped, obj))
		return;
	w->escaped = grow(a, w->escaped, w->nescaped, &w->escaped_cap,
			  sizeof(*w->escaped));
	w->escaped[w->nescaped++] = obj;
}

bool world_escaped(const struct world *w, const struct term *addr)
{
	const struct term *obj = place_object(addr);

	for (;;) {
		if (listed(w->escaped, w->nescaped, obj))
			return true;
		if (obj->kind != TERM_LOAD)
			break;
		obj = place_object(obj->arg[0]);
	}
	return obj->kind != TERM_LOCAL && obj->kind != TERM_FRESH;
}

static const char *const references[] = {
	[REF_DROPPED] = "dropped", [REF_CONSUMED] = "consumed",
};

void world_refer(struct term_table *t, struct arena *a, struct world *w,
		 const struct term *obj, enum reference ref)
{
	world_escape(a, w, term_call(t, references[ref], 1, &obj));
}

const struct term *world_referred(const struct term *x, enum reference ref)
{
	return x->kind == TERM_CALL && !strcmp(x->name, references[ref]) ?
	       x->arg[0] : NULL;
}

void world_free(struct arena *a, struct world *w, const struct term *obj)
{
	if (listed(w->freed, w->nfreed, obj))
		return;
	w->freed = grow(a, w->freed, w->nfreed, &w->freed_cap,
			sizeof(*w->freed));
	w->freed[w->nfreed++] = obj;
}

void world_keep(struct arena *a, struct world *w, const struct term *obj)
{
	if (listed(w->kept, w->nkept, obj))
		return;
	w->kept = grow(a, w->kept, w->nkept, &w->kept_cap, sizeof(*w->kept));
	w->kept[w->nkept++] = obj;
}

struct owned *world_own(struct arena *a, struct world *w,
			const struct mapping *m, enum state s)
{
	w->owned = grow(a, w->owned, w->nowned, &w->owned_cap,
			sizeof(*w->owned));
	w->owned[w->nowned] = (struct owned){ .m = m, .state = s };
	return &w->owned[w->nowned++];
}

struct leftover *leftover_seen(struct leftover *l)
{
	for (; l->same; l = l->same)
		if (l->same->same)
			l->same = l->same->same;
	return l;
}

void leftover_join(struct leftover *a, struct leftover *b, bool alike)
{
	for (; a && b && (alike || a->below || b->below);
	     a = a->below, b = b->below) {
		struct leftover *to = leftover_seen(a);
		struct leftover *from = leftover_seen(b);

		if (to == from)
			return;
		to->seen |= from->seen;
		to->released |= from->released;
		from->same = to;
	}
}

struct eval {
	struct term_table *t;
	const struct world *w;
};

static const struct term *eval_leaf(void *data, const struct term *x)
{
	struct eval *e = data;

	if (x->kind != TERM_REG)
		return x->nargs ? NULL : x;
	if (!e->w->reg[x->value])
		return term_unknown(e->t);
	return e->w->reg[x->value];
}

const struct term *world_eval(struct term_table *t, const struct world *w,
			      const struct term *x)
{
	struct eval e = { t, w };

	if (!x->nargs)
		return eval_leaf(&e, x);
	return term_map(t, x, eval_leaf, &e);
}
