// SPDX-License-Identifier: GPL-2.0-or-later
/* The blocks of a function, read back: phis, events, and its end. */
#include <ctype.h>
#include <string.h>
#include "event_parse.h"
#include "text.h"

static struct event *add_event(struct parser *p, enum event_kind kind)
{
	struct block *b = p->b;
	struct event *e;

	b->event = arena_grow(p->arena, b->event, b->nevents,
			      sizeof(*b->event));
	e = &b->event[b->nevents++];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->reg = -1;
	return e;
}

static void close_block(struct parser *p)
{
	if (p->b && !p->ended)
		add_event(p, EV_STOP);
	p->ended = false;
}

int parse_block(struct parser *p)
{
	struct function *f = p->f;
	unsigned int n;

	if (parse_number(p, &n))
		return -1;
	if (n != f->nblocks)
		return error_set(p->err, "block %u is out of order", n);
	close_block(p);
	f->block = arena_grow(p->arena, f->block, n, sizeof(*f->block));
	p->b = &f->block[f->nblocks++];
	memset(p->b, 0, sizeof(*p->b));
	return 0;
}

static void add_succ(struct parser *p, unsigned int to)
{
	struct block *b = p->b;

	b->succ = arena_grow(p->arena, b->succ, b->nsucc, sizeof(*b->succ));
	b->succ[b->nsucc++] = to;
}

int parse_phi(struct parser *p)
{
	struct block *b = p->b;
	struct phi phi = { 0 };
	struct labels l = { p->f->nblocks - 1, b->nphis, p->line, 0, NULL };
	unsigned int label;
	int number_of;

	if (b->nevents)
		return error_set(p->err, "a phi behind the first event");
	if (parse_reg(p, &number_of))
		return -1;
	phi.reg = (unsigned int)number_of;
	for (text_blanks(&p->at); isdigit((unsigned char)*p->at);
	     text_blanks(&p->at)) {
		l.label = arena_grow(p->arena, l.label, l.n, sizeof(label));
		phi.arg = arena_grow(p->arena, phi.arg, l.n, sizeof(*phi.arg));
		phi.loc = arena_grow(p->arena, phi.loc, l.n, sizeof(*phi.loc));
		phi.loc[l.n] = (struct loc){ 0 };
		if (parse_number(p, &l.label[l.n]))
			return -1;
		if (!parse_mark(p, ':'))
			return parse_missing(p, "\":\" is missing");
		if (parse_term(p, &phi.arg[l.n]) ||
		    parse_loc(p, &phi.loc[l.n]) < 0)
			return -1;
		l.n++;
	}
	b->phi = arena_grow(p->arena, b->phi, b->nphis, sizeof(*b->phi));
	b->phi[b->nphis++] = phi;
	p->labels = arena_grow(p->arena, p->labels, p->nlabels, sizeof(l));
	p->labels[p->nlabels++] = l;
	return 0;
}

/* "%5", or "-" for no result. */
static int read_result(struct parser *p, struct event *e)
{
	return parse_word(p, "-") ? 0 : parse_reg(p, &e->reg);
}

static int read_call(struct parser *p, struct event *e)
{
	const struct term *x;

	if (read_result(p, e))
		return -1;
	if (parse_mark(p, '@') ? parse_term(p, &e->addr) :
				 parse_name(p, &e->callee))
		return -1;
	if (!parse_mark(p, '('))
		return parse_missing(p, "\"(\" is missing");
	while (!parse_mark(p, ')')) {
		if (parse_term(p, &x))
			return -1;
		e->arg = arena_grow(p->arena, e->arg, e->nargs,
				    sizeof(*e->arg));
		e->arg[e->nargs++] = x;
	}
	return 0;
}

/* The index in succ of block @to, which each arm has once. */
static unsigned int arm(struct parser *p, unsigned int to)
{
	unsigned int i;

	for (i = 1; i < p->b->nsucc; i++)
		if (p->b->succ[i] == to)
			return i;
	add_succ(p, to);
	return i;
}

/* Cases that lead where the default leads share its way. */
static void share_default(struct block *b)
{
	unsigned int i, r;

	for (i = 1; i < b->nsucc && b->succ[i] != b->succ[0]; i++)
		;
	if (i == b->nsucc)
		return;
	b->nsucc--;
	memmove(&b->succ[i], &b->succ[i + 1],
		(b->nsucc - i) * sizeof(*b->succ));
	for (r = 0; r < b->nranges; r++) {
		if (b->range[r].succ == i)
			b->range[r].succ = 0;
		else if (b->range[r].succ > i)
			b->range[r].succ--;
	}
}

static int read_switch(struct parser *p, struct event *e)
{
	struct block *b = p->b;
	struct range r;
	unsigned int to;

	if (parse_term(p, &e->value))
		return -1;
	add_succ(p, 0);		/* the default, which is read last */
	for (;;) {
		if (!parse_mark(p, '('))
			return parse_missing(p, "no case or default");
		if (parse_number(p, &to))
			return -1;
		if (parse_mark(p, ')'))
			break;
		if (text_number(&p->at, &r.low, p->err) ||
		    text_number(&p->at, &r.high, p->err))
			return -1;
		if (!parse_mark(p, ')'))
			return parse_missing(p, "\")\" is missing");
		r.succ = arm(p, to);
		b->range = arena_grow(p->arena, b->range, b->nranges,
				      sizeof(*b->range));
		b->range[b->nranges++] = r;
	}
	b->succ[0] = to;
	share_default(b);
	return 0;
}

static int read_ways(struct parser *p, unsigned int n)
{
	unsigned int to;

	while (n--) {
		if (parse_number(p, &to))
			return -1;
		add_succ(p, to);
	}
	return 0;
}

static int read_type(struct parser *p, struct event *e)
{
	return text_optional(p->arena, &p->at, &e->type, p->err);
}

static int read_operands(struct parser *p, struct event *e)
{
	switch (e->kind) {
	case EV_SET:
		return parse_reg(p, &e->reg) ||
		       parse_term(p, &e->value) ? -1 : 0;
	case EV_LOAD:
		return parse_reg(p, &e->reg) || parse_term(p, &e->addr) ||
		       read_type(p, e) ? -1 : 0;
	case EV_STORE:
		return parse_term(p, &e->addr) || parse_term(p, &e->value) ||
		       read_type(p, e) ? -1 : 0;
	case EV_CALL:
		return read_call(p, e);
	case EV_TEST:
		return parse_term(p, &e->value) || read_ways(p, 2) ? -1 : 0;
	case EV_SWITCH:
		return read_switch(p, e);
	case EV_GOTO:
		return read_ways(p, 1);
	case EV_RETURN:
		return parse_word(p, "-") ? 0 : parse_term(p, &e->value);
	default:
		return 0;
	}
}

int parse_event(struct parser *p, enum event_kind kind)
{
	struct event *e;

	if (p->ended)
		return error_set(p->err, "an event behind the end of block %u",
				 p->f->nblocks - 1);
	e = add_event(p, kind);
	p->ended = kind >= EV_TEST;
	if (read_operands(p, e))
		return -1;
	return parse_loc(p, &e->loc) < 0 ? -1 : 0;
}

/* Puts the values of a phi in the order of the predecessors. */
static int order_phi(struct parser *p, const struct labels *l)
{
	const struct block *b = &p->f->block[l->block];
	struct phi *phi = &b->phi[l->phi];
	const struct term **arg;
	struct loc *loc;
	unsigned int i, j, first = 0;

	p->line = l->line;
	if (l->n != b->npred)
		return error_set(p->err, "a phi of %u values in block %u, "
				 "which has %u predecessors",
				 l->n, l->block, b->npred);
	arg = arena_alloc(p->arena, l->n * sizeof(*arg));
	loc = arena_alloc(p->arena, l->n * sizeof(*loc));
	for (i = 0; i < l->n; i++) {
		while (!phi->arg[first])
			first++;
		/* What was printed is in order: the first try succeeds. */
		for (j = first; j < l->n; j++)
			if (phi->arg[j] && l->label[j] == b->pred[i])
				break;
		if (j == l->n)
			return error_set(p->err, "a phi without a value for "
					 "predecessor %u", b->pred[i]);
		arg[i] = phi->arg[j];
		loc[i] = phi->loc[j];
		phi->arg[j] = NULL;
	}
	phi->arg = arg;
	phi->loc = loc;
	return 0;
}

int parse_end(struct parser *p)
{
	struct function *f = p->f;
	unsigned int i, line = p->line;

	close_block(p);
	function_finish(p->u, f);
	for (i = 0; i < p->nlabels; i++)
		if (order_phi(p, &p->labels[i]))
			return -1;
	p->line = line;
	if (function_verify(f, p->err))
		return -1;
	unit_add_function(p->u, f);
	p->f = NULL;
	return 0;
}
