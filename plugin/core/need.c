/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call needs of the context it is made in: by the rules, by its flags,
 * and under which conditions that its caller may decide.
 */
#include "atomic.h"

/* May an allocation with these flags sleep? 1 yes, 0 no, -1 not known. */
static int may_sleep(const struct contexts *k, const struct term *x)
{
	unsigned int bits = k->c->r->gfp_sleeps;
	int a, b;

	if (x->kind == TERM_CONST)
		return (x->value & bits) != 0;
	if (x->kind != TERM_OP)
		return -1;
	a = may_sleep(k, x->arg[x->op == OP_COND]);
	b = x->nargs > 1 ? may_sleep(k, x->arg[x->nargs - 1]) : a;
	switch (x->op) {
	case OP_COND:
		return a == b ? a : -1;
	case OP_OR:
		return a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : -1;
	case OP_AND:
		return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : -1;
	case OP_TRUNC:
		return a;
	default:
		return -1;
	}
}

static bool asks(const struct contexts *k, const struct term *x)
{
	const struct api *api = x->kind == TERM_CALL ?
				callee_of(k->c, x->name)->api : NULL;
	unsigned int i;

	if (api && api->kind == API_ASK)
		return true;
	for (i = 0; i < x->nargs; i++)
		if (asks(k, x->arg[i]))
			return true;
	return false;
}

struct static_values *context_values(struct contexts *k)
{
	if (!k->values)
		k->values = static_values_new(k->c, k->a, k->f);
	return k->values;
}

struct collect {
	struct contexts *k;
	struct need *need;
	bool asked;			/* it knows in which context it runs */
};

/*
 * "if (!p) return" says nothing of the context, and neither does a number
 * that is compared with another one.
 */
static bool is_flag(struct contexts *k, const struct term *x)
{
	if (x->kind == TERM_OP && x->nargs == 2 &&
	    (x->op == OP_EQ || x->op == OP_NE || x->op == OP_AND))
		return x->arg[1]->kind == TERM_CONST &&
		       (x->op == OP_AND || !x->arg[1]->value) &&
		       is_flag(k, x->arg[0]);
	if (x->kind == TERM_OP && x->op == OP_LNOT)
		return is_flag(k, x->arg[0]);
	return x->kind == TERM_PARAM &&
	       !static_is_pointer(context_values(k), x);
}

/* Does the function write from @block on to what @x is read from? */
static bool is_set_below(struct contexts *k, const struct term *x,
			 unsigned int block)
{
	unsigned int i;

	if (x->kind == TERM_LOAD && place_member(x->arg[0]) &&
	    static_sets(context_values(k), x->arg[0], block))
		return true;
	for (i = 0; x->kind == TERM_OP && i < x->nargs; i++)
		if (is_set_below(k, x->arg[i], block))
			return true;
	return false;
}

/*
 * "if (p->buf) return; p->buf = alloc()" is done once, and perhaps never
 * here: it goes on only as long as what it sets itself is 0.
 */
static bool is_once(struct contexts *k, const struct term *x, bool truth,
		    unsigned int from)
{
	bool compared = x->kind == TERM_OP && x->nargs == 2 &&
			x->arg[1]->kind == TERM_CONST && !x->arg[1]->value;

	if (compared && x->op == OP_NE)
		truth = !truth;
	else if (!compared || x->op != OP_EQ)
		truth = x->kind == TERM_OP && x->op == OP_LNOT ? truth :
			!truth;
	return truth && is_set_below(k, x, from);
}

static void add_condition(void *data, const struct term *x, bool truth,
			  unsigned int from)
{
	struct collect *col = data;
	struct need *n = col->need;

	col->asked |= asks(col->k, x);
	n->guess |= is_once(col->k, x, truth, from);
	if (n->nconditions == CONDITIONS || x->kind == TERM_CONST ||
	    !of_parameters(x))
		return;
	n->condition[n->nconditions++] = (struct condition){
		x, truth, is_flag(col->k, x) };
}

bool need_of_api(struct contexts *k, struct need *n, const struct event *ev,
		 const struct api *api)
{
	const struct family *fam = api->family;
	int gfp = api_arg(api, ROLE_GFP);

	n->api = api;
	if (api->kind == API_RELEASE) {
		n->irqs = fam->release_irqs;
		return fam->release_irqs || fam->release_sleeps;
	}
	if (fam->acquire_sleeps)
		return true;
	if (gfp < 0 || (unsigned int)gfp >= ev->nargs)
		return false;
	n->gfp = static_value(context_values(k), ev->arg[gfp]);
	return true;
}

bool need_of_callee(struct contexts *k, struct need *n,
		    const struct event *ev, const struct need *down)
{
	unsigned int i;

	n->api = down->api;
	n->irqs = down->irqs;
	n->guess = down->guess;
	n->doubt = down->doubt;
	n->down = down;
	if (down->gfp)
		n->gfp = static_translate(context_values(k), ev, down->gfp);
	for (i = 0; i < down->nconditions; i++) {
		struct condition d = down->condition[i];

		d.x = static_translate(context_values(k), ev, d.x);
		if (d.x->kind == TERM_CONST) {
			if (!!d.x->value != d.truth)
				return false;
		} else if (of_parameters(d.x) &&
			   n->nconditions < CONDITIONS) {
			n->condition[n->nconditions++] = d;
		} else {
			n->guess |= d.flag;
		}
	}
	return true;
}

bool need_conditions(struct contexts *k, struct need *n, unsigned int block)
{
	struct collect col = { k, n, false };

	static_conditions(context_values(k), block, add_condition, &col);
	return !col.asked;
}

int need_sleeps(const struct contexts *k, const struct need *n)
{
	return n->gfp ? may_sleep(k, n->gfp) : 1;
}
