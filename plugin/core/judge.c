/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules that look at one value, or at all uses of one acquire.
 */
#include <string.h>
#include "checker.h"

/* enum memory_kind of the function that made the fresh value, or OTHER. */
static enum memory_kind memory_of(struct checker *c, const struct term *x)
{
	const struct callee *k;

	if (x->kind != TERM_FRESH)
		return MEM_OTHER;
	k = callee_of(c, x->name);
	return k->api && k->api->kind == API_ALLOC ? k->api->memory :
	       MEM_OTHER;
}

static bool is_coherent(const struct world *w, const struct term *cpu)
{
	unsigned int i;

	for (i = 0; i < w->nowned; i++) {
		const struct mapping *m = w->owned[i].m;

		if (m->origin && m->api->ret == ROLE_CPU &&
		    m->role[ROLE_CPU] == cpu && !m->api->wrapper &&
		    m->api->family->implicit_dir)
			return true;
	}
	return false;
}

/* What is wrong with mapping the memory at @cpu, or NULL. */
static const char *bad_memory(struct checker *c, const struct world *w,
			      const struct term *cpu)
{
	const struct term *obj = place_object(cpu);

	if (obj->kind == TERM_LOCAL)
		return "memory on the stack";
	if (obj->kind == TERM_GLOBAL || obj->kind == TERM_STRING)
		return "static data of the module";
	if (memory_of(c, obj) == MEM_VMALLOC)
		return "vmalloc memory";
	if (memory_of(c, obj) == MEM_IOREMAP)
		return "I/O memory";
	return is_coherent(w, obj) ? "coherent memory" : NULL;
}

void judge_memory(struct checker *c, struct world *w, const struct mapping *m,
		  struct loc loc)
{
	const struct term *cpu = m->role[ROLE_CPU];
	struct report rep = {
		.rule = "dma-bad-memory", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = loc, .api = m->api->name,
		.noun = family_noun(m->api), .origin = m->origin,
		.trail = w->trail,
	};

	if (!cpu || m->api->ret != ROLE_HANDLE)
		return;
	rep.value = bad_memory(c, w, cpu);
	if (!rep.value)
		return;
	rep.place = value_name(c->a, c->fr->f, cpu);
	rep.last = arena_printf(c->a, "%s is mapped here", rep.value);
	report(c, &rep);
}

void judge_buffer(struct checker *c, struct world *w,
		  struct place_in_code at, const struct term *value)
{
	struct report rep = {
		.rule = "dma-bad-memory", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = at.ev->loc,
		.api = at.ev->callee, .noun = "transfer buffer",
		.trail = w->trail,
	};

	rep.value = bad_memory(c, w, value);
	if (!rep.value || !strcmp(rep.value, "coherent memory"))
		return;
	rep.place = value_name(c->a, c->fr->f, value);
	rep.last = arena_printf(c->a, "%s() maps %s here", at.ev->callee,
				rep.value);
	report(c, &rep);
}

/* __GFP_DMA, __GFP_HIGHMEM, __GFP_DMA32: dma_alloc_attrs() masks them. */
#define GFP_ZONES 7

/* The constant bits of a flag expression. */
static int64_t constant_bits(const struct term *x)
{
	if (x->kind == TERM_CONST)
		return x->value;
	if (x->kind == TERM_OP && x->op == OP_OR)
		return constant_bits(x->arg[0]) | constant_bits(x->arg[1]);
	return 0;
}

void judge_gfp(struct checker *c, struct world *w, const struct mapping *m,
	       struct loc loc)
{
	const struct term *gfp = m->role[ROLE_GFP];
	int64_t bad;
	struct report rep = {
		.rule = "dma-bad-gfp", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = loc, .api = m->api->name,
		.noun = family_noun(m->api), .origin = m->origin,
		.trail = w->trail, .place = "gfp",
	};

	if (!gfp)
		return;
	bad = constant_bits(gfp) & m->api->family->gfp_forbidden;
	if (!bad)
		return;
	/* Flags that are quietly dropped do no harm; others do. */
	if (!(bad & ~GFP_ZONES) && !m->api->family->streaming)
		rep.confidence = CONF_MEDIUM;
	rep.value = rules_gfp_names(c->r, c->a, bad);
	rep.last = arena_printf(c->a, "called here with flags that the DMA "
				"API ignores or refuses (%s)", rep.value);
	report(c, &rep);
}

/*
 * A member of a struct is tested somewhere: what is stored in it may be
 * tested there, after the function that stored it has returned.
 */
void note_checked(struct checker *c, const struct term *value)
{
	const struct term *addr;
	unsigned int i, n = c->nchecked;

	if (value->kind == TERM_CALL && value->nargs == 1)
		value = value->arg[0];
	addr = value->kind == TERM_LOAD ? value->arg[0] : NULL;
	if (!addr || !place_member(addr))
		return;
	for (i = 0; i < n; i++)
		if (c->checked_in[i] == c->fr->f &&
		    place_same_member(c->checked[i], addr))
			return;
	c->checked = arena_grow(c->a, c->checked, n, sizeof(*c->checked));
	c->checked_in = arena_grow(c->a, c->checked_in, n,
				   sizeof(*c->checked_in));
	c->checked[n] = addr;
	c->checked_in[n] = c->fr->f;
	c->nchecked++;
}

/* "if (p->buf) free(p->buf)" asks whether there is something to release. */
static bool guards_release(const struct checker *c, unsigned int i)
{
	unsigned int k;

	for (k = 0; k < c->nloose; k++)
		if (c->loose[k].r->function == c->checked_in[i])
			return true;
	return false;
}

static bool tested_elsewhere(const struct checker *c, const struct origin *o)
{
	unsigned int i;

	for (i = 0; o->holder && i < c->nchecked; i++)
		if (place_same_member(c->checked[i], o->holder) &&
		    !guards_release(c, i))
			return true;
	return false;
}

static const char *wrong_test(const struct owned *o, const struct term *cond)
{
	const struct mapping *m = o->m;
	enum fail_kind fail = m->api->family->fail;
	const struct term *x = term_strip(cond->arg[0]);
	int64_t k = cond->arg[1]->value;
	bool equality = cond->op == OP_EQ || cond->op == OP_NE;

	if (fail == FAIL_TEST && x == m->role[ROLE_HANDLE]) {
		if (equality && k == 0)
			return "a comparison with 0";
		if (equality && k == -1)
			return "a comparison with all ones";
		if (cond->op == OP_LT || cond->op == OP_GE)
			return "a test for a negative value";
		if (cond->op == OP_GTU && k == -4096)
			return "IS_ERR()";
	}
	if (fail == FAIL_NULL && m->api->ret != ROLE_NONE &&
	    x == m->role[m->api->ret] && cond->op == OP_GTU && k == -4096)
		return "IS_ERR()";
	if (fail == FAIL_ZERO && m->role[ROLE_COUNT] &&
	    x == m->role[ROLE_COUNT] &&
	    (cond->op == OP_LT || cond->op == OP_GE) && k == 0)
		return "a test for a negative value";
	if (fail == FAIL_ERR_PTR && m->api->ret != ROLE_NONE &&
	    x == m->role[m->api->ret] && equality && k == 0)
		return "a comparison with NULL";
	return NULL;
}

/* The result of a converted address inside @value, or NULL. */
static const struct term *converted(struct checker *c, const struct term *x)
{
	unsigned int i;

	if (x->kind == TERM_CALL) {
		const struct callee *k = callee_of(c, x->name);

		return k->api && k->api->kind == API_ADDRESS ? x : NULL;
	}
	if (x->kind != TERM_OP)
		return NULL;
	for (i = 0; i < x->nargs; i++) {
		const struct term *y = converted(c, x->arg[i]);

		if (y)
			return y;
	}
	return NULL;
}

void judge_test(struct checker *c, struct world *w, const struct term *cond,
		struct loc loc)
{
	unsigned int i;

	if (cond->kind != TERM_OP || cond->nargs != 2)
		return;
	if (converted(c, cond->arg[0]) || converted(c, cond->arg[1]))
		c->identity = true;
	/* IS_ERR_OR_NULL() asks both. */
	if (cond->op == OP_OR && cond->arg[0]->nargs == 2 &&
	    cond->arg[1]->nargs == 2 &&
	    cond->arg[0]->arg[0] == cond->arg[1]->arg[0])
		return;
	if (cond->op == OP_AND || cond->op == OP_OR) {
		judge_test(c, w, cond->arg[0], loc);
		judge_test(c, w, cond->arg[1], loc);
		return;
	}
	if (cond->arg[1]->kind != TERM_CONST)
		return;
	if ((cond->op == OP_EQ || cond->op == OP_NE) && !cond->arg[1]->value)
		note_checked(c, cond->arg[0]);
	for (i = 0; i < w->nowned; i++) {
		struct owned *o = &w->owned[i];
		struct origin *org = o->m->origin;
		const char *how;

		if (!org || o->state != STATE_UNCHECKED || org->wrong_how)
			continue;
		how = wrong_test(o, cond);
		if (!how)
			continue;
		org->wrongly_tested = true;
		org->wrong_how = how;
		org->wrong_loc = loc;
		org->use_trail = trail_save(c, w->trail, SAVED);
	}
}

/* Is there a finding of the rule in this function already? */
static bool said_here(const struct checker *c, const char *rule)
{
	unsigned int i;

	for (i = 0; i < c->res->nfindings; i++)
		if (!strcmp(c->res->finding[i].rule->id, rule) &&
		    !strcmp(c->res->finding[i].function, c->fr->f->name))
			return true;
	return false;
}

/* A physical address becomes a dma_addr_t with no mapping in between. */
void judge_store(struct checker *c, struct world *w, const struct event *ev,
		 const struct term *value)
{
	const struct term *x;
	struct report rep = {
		.rule = "dma-missing-map", .confidence = CONF_HIGH,
		.function = c->fr->f, .loc = ev->loc, .trail = w->trail,
		.last = "kept here as if it were a DMA address",
		.converted = true,
	};

	if (!ev->type || strcmp(ev->type, "dma_addr_t"))
		return;
	x = converted(c, value);
	if (!x || said_here(c, rep.rule))
		return;
	/* Memory of an allocator is certainly meant to be mapped. */
	if (!x->nargs ||
	    memory_of(c, place_object(x->arg[0])) != MEM_KMALLOC ||
	    place_object(world_eval(c->t, w, ev->addr))->kind == TERM_FRESH)
		rep.confidence = CONF_MEDIUM;
	rep.api = x->name;
	rep.place = place_name(c->a, c->fr->f,
			       world_eval(c->t, w, ev->addr));
	rep.value = x->name;
	report(c, &rep);
}

/* What is unmapped or synced never was mapped: it is a physical address. */
void judge_handle(struct checker *c, struct world *w, const struct roles *r)
{
	const struct term *h = r->role[ROLE_HANDLE], *x;
	struct report rep = {
		.rule = "dma-handle-mismatch", .confidence = CONF_HIGH,
		.function = r->function, .loc = r->loc, .trail = w->trail,
		.api = r->api->name, .noun = family_noun(r->api),
		.message = "{api}() is given the result of {value}() for "
			   "{place}, which was never mapped",
		.last = "given here as if it were a DMA address",
		.converted = true,
	};

	x = h ? converted(c, h) : NULL;
	if (!x || r->function != c->fr->f)
		return;
	rep.place = value_name(c->a, c->fr->f, x->nargs ? x->arg[0] : x);
	rep.value = x->name;
	rep.wanted = "the handle that a mapping returned";
	rep.other = x->name;
	report(c, &rep);
}

/* A physical address is written to the device. */
void judge_device(struct checker *c, struct world *w,
		  struct place_in_code at, const struct term *value)
{
	const struct term *x = converted(c, value);
	struct report rep = {
		.rule = "dma-missing-map", .confidence = CONF_MEDIUM,
		.function = c->fr->f, .loc = at.ev->loc, .trail = w->trail,
		.last = "given to the device here", .converted = true,
	};

	if (!x)
		return;
	rep.api = x->name;
	rep.value = x->name;
	rep.place = value_name(c->a, c->fr->f, x->nargs ? x->arg[0] : x);
	report(c, &rep);
}

/*
 * The callee says by its result that an allocation failed; nobody listens.
 * Unless somebody tests the member that it is kept in, which is known only
 * when the whole unit has been walked. A ring that could not be filled is
 * filled later: streaming mappings are left out.
 */
void judge_ignored(struct checker *c, struct world *w,
		   struct place_in_code at, const struct summary *s)
{
	const struct origin *org = NULL;
	struct report rep = {
		.rule = "dma-unchecked-alloc",
		.function = c->fr->f, .loc = at.ev->loc,
		.api = s->function->name, .confidence = CONF_MEDIUM,
		.last = "its result, which says whether that failed, is "
			"ignored here",
	};
	unsigned int i, k;

	if (!s->fails || (at.ev->reg >= 0 && c->fr->fl->uses[at.ev->reg]))
		return;
	for (i = 0; i < s->noutcomes && !org; i++)
		for (k = 0; k < s->outcome[i].nowned && !org; k++) {
			const struct owned *o = &s->outcome[i].owned[k];

			if (is_live(o) && !o->m->api->family->streaming &&
			    !org)
				org = o->m->origin;
		}
	/* What nobody but the callee knows, nobody can use. */
	if (!org || !org->holder)
		return;
	rep.trail = trail_save(c, w->trail, SAVED);
	rep.origin = org;
	rep.noun = family_noun(org->api);
	rep.place = org->place ? org->place : "-";
	c->ignored = arena_grow(c->a, c->ignored, c->nignored, sizeof(rep));
	c->ignored[c->nignored++] = rep;
}

static void report_origin(struct checker *c, const struct origin *o,
			  const char *rule, enum confidence conf,
			  struct loc loc, const char *last)
{
	struct report rep = {
		.rule = rule, .confidence = conf, .function = o->function,
		.loc = loc, .api = o->api->name, .noun = family_noun(o->api),
		.origin = o, .trail = o->use_trail, .last = last,
		.place = o->place ? o->place : "-",
		.value = o->wrong_how,
	};
	const struct event *ev = o->event;

	if (!o->place && ev->reg >= 0 && o->function->reg[ev->reg].name)
		rep.place = o->function->reg[ev->reg].name;
	report(c, &rep);
}

static unsigned int index_of(const struct checker *c, const struct function *f)
{
	unsigned int i;

	for (i = 0; i < c->u->nfunctions; i++)
		if (c->u->function[i]->name == f->name)
			return i;
	return 0;
}

/*
 * Nobody in this unit asks whether the acquire failed. How sure that is a
 * bug depends on who else could ask.
 */
static void judge_unchecked(struct checker *c, const struct origin *o)
{
	bool streaming = o->api->family->fail == FAIL_TEST;
	enum confidence conf = CONF_HIGH;
	const char *last;

	if (!o->used && !(streaming && o->released))
		return;
	if (tested_elsewhere(c, o))
		return;
	if (o->leaves && !o->function->is_static)
		conf = CONF_LOW;
	else if (o->leaves && !c->called[index_of(c, o->function)])
		conf = CONF_LOW;
	else if (!streaming && (!o->use_how || !strcmp(o->use_how, "stored")))
		conf = CONF_MEDIUM;
	last = arena_printf(c->a, "%s here, without a test whether it failed",
			    o->use_how ? o->use_how : "used");
	report_origin(c, o, streaming ? "dma-unchecked-mapping" :
		      "dma-unchecked-alloc", conf,
		      o->use_how ? o->use_loc : o->event->loc, last);
}

static void judge_count(struct checker *c, const struct origin *o)
{
	const struct event *ev = o->event;

	if (o->leaves || tested_elsewhere(c, o))
		return;
	report_origin(c, o, "dma-unchecked-mapping",
		      ev->reg < 0 ? CONF_HIGH : CONF_MEDIUM, ev->loc,
		      "its result is never tested");
}

/* The constant 0, or a register that is set to it. */
static bool is_zero(const struct function *f, const struct term *x)
{
	unsigned int b, e;

	if (x->kind != TERM_REG)
		return x->kind == TERM_CONST && !x->value;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_SET && ev->reg == x->value)
				return ev->value->kind == TERM_CONST &&
				       !ev->value->value;
		}
	return false;
}

/* Is the term the register, or another one of the same variable? */
static bool is_same_variable(const struct function *f, const struct term *x,
			     int reg)
{
	if (x->kind != TERM_REG || reg < 0)
		return false;
	return x->value == reg || (f->reg[reg].name &&
		f->reg[x->value].name == f->reg[reg].name);
}

/*
 * Does the driver itself write 0 where it keeps the handle, to say that there
 * is none? Then a comparison with 0 asks that, not whether mapping failed.
 */
static bool uses_zero(const struct checker *c, const struct origin *o)
{
	const struct function *f = o->function;
	unsigned int b, i, p;

	for (i = 0; o->holder && i < c->nzeroed; i++)
		if (place_same_member(c->zeroed[i], o->holder))
			return true;
	for (b = 0; b < f->nblocks; b++) {
		for (i = 0; i < f->block[b].nphis; i++) {
			const struct phi *phi = &f->block[b].phi[i];
			bool zero = false, mine = false;

			for (p = 0; p < f->block[b].npred; p++) {
				zero |= is_zero(f, phi->arg[p]);
				mine |= is_same_variable(f, phi->arg[p],
							 o->event->reg);
			}
			if (zero && mine)
				return true;
		}
	}
	return false;
}

/* Is this the code of an IOMMU, whose addresses are physical? */
static bool implements(const struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->u->nops; i++)
		if (rules_implements(c->r, c->u->ops[i].type))
			return true;
	return false;
}

static void drop_conversions(struct checker *c)
{
	unsigned int i, n = 0;

	for (i = 0; i < c->res->nfindings; i++) {
		const struct finding *f = &c->res->finding[i];

		if (!f->converted)
			c->res->finding[n++] = *f;
	}
	c->res->nfindings = n;
}

void judge_unit(struct checker *c)
{
	unsigned int i;

	for (i = 0; i < c->nignored; i++)
		if (!tested_elsewhere(c, c->ignored[i].origin))
			report(c, &c->ignored[i]);
	judge_pairs(c);
	if (c->identity || implements(c))
		drop_conversions(c);
	for (i = 0; i < c->norigins; i++) {
		const struct origin *o = c->origin[i];
		enum fail_kind fail = o->api->family->fail;

		if (o->wrongly_tested && !o->tested && uses_zero(c, o))
			judge_unchecked(c, o);
		else if (o->wrongly_tested && !o->tested)
			report_origin(c, o, "dma-wrong-check", CONF_HIGH,
				      o->wrong_loc, arena_printf(c->a,
				      "%s does not tell whether it failed",
				      o->wrong_how));
		else if (o->wrongly_tested && fail == FAIL_NULL)
			report_origin(c, o, "dma-wrong-check", CONF_MEDIUM,
				      o->wrong_loc, arena_printf(c->a,
				      "%s does not tell whether it failed",
				      o->wrong_how));
		else if (o->tested)
			continue;
		else if (fail == FAIL_TEST || fail == FAIL_NULL)
			judge_unchecked(c, o);
		else if (fail != FAIL_NEVER)
			judge_count(c, o);
	}
}
