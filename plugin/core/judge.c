/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules about one value: flags, tests of a result, results that are ignored.
 */
#include "checker.h"

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
 * A member of a struct or a variable is tested somewhere: what is stored in it
 * may be tested there, after the function that stored it has returned.
 */
static void note_checked(struct checker *c, const struct term *value)
{
	const struct term *addr;
	unsigned int i, n = c->nchecked;

	if (value->kind == TERM_CALL && value->nargs == 1)
		value = value->arg[0];
	addr = value->kind == TERM_LOAD ? value->arg[0] : NULL;
	if (!addr || (!place_member(addr) && addr->kind != TERM_GLOBAL))
		return;
	for (i = n; i && c->checked_in[i - 1] == c->fr->f; i--)
		if (place_same_thing(c->checked[i - 1], addr))
			return;
	c->checked = arena_grow(c->a, c->checked, n, sizeof(*c->checked));
	c->checked_in = arena_grow(c->a, c->checked_in, n,
				   sizeof(*c->checked_in));
	c->checked[n] = addr;
	c->checked_in[n] = c->fr->f;
	c->nchecked++;
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
		org->wrong_in = c->fr->f;
		org->use_trail = trail_save(c, w->trail, SAVED);
	}
}

/* Memory, or a pool, that is not there if it fails: no mapping of something
 * that is there all the same. */
static bool is_memory(const struct api *acquire)
{
	return !acquire->family->streaming &&
	       (acquire->ret == ROLE_CPU || acquire->ret == ROLE_PAGE ||
		api_arg(acquire, ROLE_OBJECT) < 0);
}

/* Does the callee always leave a mapping of @org behind when it succeeds? */
static bool is_allocator(const struct summary *s, const struct origin *org)
{
	unsigned int i, k;

	for (i = 0; i < s->noutcomes; i++) {
		const struct outcome *o = &s->outcome[i];

		for (k = 0; k < o->nowned; k++)
			if (o->owned[k].m->origin == org)
				break;
		if (!o->failed && !o->error && k == o->nowned)
			return false;
	}
	return true;
}

/* Is @to the function itself, or one that it calls? */
static bool is_near(const struct function *f, const struct function *to)
{
	unsigned int b, e;

	if (f->name == to->name)
		return true;
	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++)
			if (f->block[b].event[e].kind == EV_CALL &&
			    f->block[b].event[e].callee == to->name)
				return true;
	return false;
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

			if (is_live(o) && is_memory(o->m->api) &&
			    is_allocator(s, o->m->origin))
				org = o->m->origin;
		}
	/* What nobody but the callee knows, nobody can use; nor a variable of
	 * its own, where a function that it calls has put it. */
	if (!org || !org->holder ||
	    (!place_member(org->holder) &&
	     org->function->name != s->function->name))
		return;
	/* Of an object that was made for it nothing is left, as a rule. */
	if (place_root(org->holder)->kind == TERM_FRESH)
		return;
	/* Who is far from the allocation may well be right to go on. */
	if (!is_near(s->function, org->function))
		rep.confidence = CONF_LOW;
	rep.trail = trail_save(c, w->trail, SAVED);
	rep.origin = org;
	rep.noun = family_noun(org->api);
	rep.place = org->place ? org->place : "-";
	c->ignored = arena_grow(c->a, c->ignored, c->nignored, sizeof(rep));
	c->ignored[c->nignored++] = rep;
}
