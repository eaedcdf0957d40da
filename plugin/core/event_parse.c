// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "event.h"
#include "event_text.h"
#include "text.h"

/* A register of a larger number is taken for a mistake, not for memory. */
#define REGS_MAX (1u << 20)

/* A phi as it was read: its values still carry labels. */
struct labels {
	unsigned int block, phi, line, n;
	unsigned int *label;
};

struct parser {
	struct arena *arena;
	struct error *err;
	struct unit *u;
	const char *at;			/* in the current line */
	unsigned int line;
	struct function *f;		/* NULL: outside of a function */
	struct block *b;		/* NULL: before the first block */
	bool ended;			/* the block has its last event */
	unsigned int room;		/* of f->reg */
	struct labels *labels;
	unsigned int nlabels;
};

static int number(struct parser *p, unsigned int *n)
{
	return text_unsigned(&p->at, n, p->err);
}

static int name(struct parser *p, const char **s)
{
	*s = text_name(p->arena, &p->at, p->err);
	return *s ? 0 : -1;
}

static int term(struct parser *p, const struct term **x)
{
	*x = term_parse(p->u->terms, &p->at, p->err);
	return *x ? 0 : -1;
}

static int missing(struct parser *p, const char *what)
{
	return error_set(p->err, "%s before \"%.20s\"", what, p->at);
}

/* Is the next word @word? Then moves behind it. */
static bool word(struct parser *p, const char *word)
{
	size_t n = strlen(word);

	text_blanks(&p->at);
	if (strncmp(p->at, word, n) ||
	    (p->at[n] && !isspace((unsigned char)p->at[n])))
		return false;
	p->at += n;
	return true;
}

static bool punctuation(struct parser *p, char c)
{
	text_blanks(&p->at);
	if (*p->at != c)
		return false;
	p->at++;
	return true;
}

static int reg(struct parser *p, int *reg)
{
	unsigned int n;

	if (!punctuation(p, '%'))
		return missing(p, "a register is missing");
	if (number(p, &n))
		return -1;
	if (n >= REGS_MAX)
		return error_set(p->err, "register number %u is too large", n);
	*reg = (int)n;
	return 0;
}

/* Three numbers joined by colons; leaves @loc and returns 1 if there are
 * none. */
static int location(struct parser *p, struct loc *loc)
{
	const char *at = p->at;
	struct loc l;

	text_blanks(&at);
	if (!isdigit((unsigned char)*at) ||
	    text_unsigned(&at, &l.file, p->err) || *at != ':')
		return 1;
	at++;
	if (!isdigit((unsigned char)*at) ||
	    text_unsigned(&at, &l.line, p->err) || *at != ':')
		return 1;
	at++;
	if (!isdigit((unsigned char)*at) ||
	    text_unsigned(&at, &l.col, p->err))
		return 1;
	if (l.file >= p->u->nfiles)
		return error_set(p->err, "file %u is not declared", l.file);
	*loc = l;
	p->at = at;
	return 0;
}

/* Lines outside of functions. */

static int read_file(struct parser *p)
{
	unsigned int n;
	const char *path;

	if (number(p, &n) || name(p, &path))
		return -1;
	if (n != p->u->nfiles || unit_file(p->u, path) != n)
		return error_set(p->err, "file %u is out of order or repeated",
				 n);
	return 0;
}

static int read_ops(struct parser *p)
{
	struct ops o;

	if (name(p, &o.type) || name(p, &o.field) || name(p, &o.object) ||
	    name(p, &o.function))
		return -1;
	unit_add_ops(p->u, o);
	return 0;
}

static int read_outside(struct parser *p)
{
	const char *callee;

	if (name(p, &callee))
		return -1;
	unit_add_outside(p->u, callee);
	return 0;
}

static const struct function_flag *read_flag(struct parser *p)
{
	const struct function_flag *flag;

	for (flag = function_flags; flag->name; flag++)
		if (word(p, flag->name))
			return flag;
	return NULL;
}

static int read_function(struct parser *p)
{
	struct function *f = arena_alloc(p->arena, sizeof(*f));
	const struct function_flag *flag;
	unsigned int i;

	if (name(p, &f->name))
		return -1;
	for (i = 0; event_ret_names[i] && !word(p, event_ret_names[i]); i++)
		;
	if (!event_ret_names[i])
		return missing(p, "unknown kind of result");
	f->ret = (enum ret_kind)i;
	if (location(p, &f->loc) < 0)
		return -1;
	while ((flag = read_flag(p)))
		*function_flag(f, flag) = true;
	p->f = f;
	p->b = NULL;
	p->room = 0;
	p->labels = NULL;
	p->nlabels = 0;
	return 0;
}

/* Lines at the head of a function. */

static int read_var(struct parser *p, struct var *v)
{
	return text_optional(p->arena, &p->at, &v->name, p->err) ||
	       text_optional(p->arena, &p->at, &v->type, p->err) ? -1 : 0;
}

static int read_param(struct parser *p)
{
	struct function *f = p->f;
	unsigned int n;

	if (number(p, &n))
		return -1;
	if (n != f->nparams)
		return error_set(p->err, "parameter %u is out of order", n);
	f->param = arena_grow(p->arena, f->param, n, sizeof(*f->param));
	f->nparams++;
	return read_var(p, &f->param[n]);
}

static int read_local(struct parser *p)
{
	struct function *f = p->f;

	f->local = arena_grow(p->arena, f->local, f->nlocals,
			      sizeof(*f->local));
	return read_var(p, &f->local[f->nlocals++]);
}

static int read_reg(struct parser *p)
{
	struct function *f = p->f;
	struct var *more;
	unsigned int n;

	if (number(p, &n))
		return -1;
	if (n < f->nregs)
		return error_set(p->err, "register %u is out of order", n);
	if (n >= REGS_MAX)
		return error_set(p->err, "register number %u is too large", n);
	if (n >= p->room) {
		p->room = n < 32 ? 64 : 2 * n;
		more = arena_alloc(p->arena, p->room * sizeof(*more));
		if (f->nregs)
			memcpy(more, f->reg, f->nregs * sizeof(*more));
		f->reg = more;
	}
	f->nregs = n + 1;
	return read_var(p, &f->reg[n]);
}

/* Blocks. */

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

static int read_block(struct parser *p)
{
	struct function *f = p->f;
	unsigned int n;

	if (number(p, &n))
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

static int read_phi(struct parser *p)
{
	struct block *b = p->b;
	struct phi phi = { 0 };
	struct labels l = { p->f->nblocks - 1, b->nphis, p->line, 0, NULL };
	unsigned int label;
	int number_of;

	if (b->nevents)
		return error_set(p->err, "a phi behind the first event");
	if (reg(p, &number_of))
		return -1;
	phi.reg = (unsigned int)number_of;
	for (text_blanks(&p->at); isdigit((unsigned char)*p->at);
	     text_blanks(&p->at)) {
		l.label = arena_grow(p->arena, l.label, l.n, sizeof(label));
		phi.arg = arena_grow(p->arena, phi.arg, l.n, sizeof(*phi.arg));
		phi.loc = arena_grow(p->arena, phi.loc, l.n, sizeof(*phi.loc));
		phi.loc[l.n] = (struct loc){ 0 };
		if (number(p, &l.label[l.n]))
			return -1;
		if (!punctuation(p, ':'))
			return missing(p, "\":\" is missing");
		if (term(p, &phi.arg[l.n]) || location(p, &phi.loc[l.n]) < 0)
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
	return word(p, "-") ? 0 : reg(p, &e->reg);
}

static int read_call(struct parser *p, struct event *e)
{
	const struct term *x;

	if (read_result(p, e))
		return -1;
	if (punctuation(p, '@') ? term(p, &e->addr) : name(p, &e->callee))
		return -1;
	if (!punctuation(p, '('))
		return missing(p, "\"(\" is missing");
	while (!punctuation(p, ')')) {
		if (term(p, &x))
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

	if (term(p, &e->value))
		return -1;
	add_succ(p, 0);		/* the default, which is read last */
	for (;;) {
		if (!punctuation(p, '('))
			return missing(p, "a case or the default is missing");
		if (number(p, &to))
			return -1;
		if (punctuation(p, ')'))
			break;
		if (text_number(&p->at, &r.low, p->err) ||
		    text_number(&p->at, &r.high, p->err))
			return -1;
		if (!punctuation(p, ')'))
			return missing(p, "\")\" is missing");
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
		if (number(p, &to))
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
		return reg(p, &e->reg) || term(p, &e->value) ? -1 : 0;
	case EV_LOAD:
		return reg(p, &e->reg) || term(p, &e->addr) ||
		       read_type(p, e) ? -1 : 0;
	case EV_STORE:
		return term(p, &e->addr) || term(p, &e->value) ||
		       read_type(p, e) ? -1 : 0;
	case EV_CALL:
		return read_call(p, e);
	case EV_TEST:
		return term(p, &e->value) || read_ways(p, 2) ? -1 : 0;
	case EV_SWITCH:
		return read_switch(p, e);
	case EV_GOTO:
		return read_ways(p, 1);
	case EV_RETURN:
		return word(p, "-") ? 0 : term(p, &e->value);
	default:
		return 0;
	}
}

static int read_event(struct parser *p, enum event_kind kind)
{
	struct event *e;

	if (p->ended)
		return error_set(p->err, "an event behind the end of block %u",
				 p->f->nblocks - 1);
	e = add_event(p, kind);
	p->ended = kind >= EV_TEST;
	if (read_operands(p, e))
		return -1;
	return location(p, &e->loc) < 0 ? -1 : 0;
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

static int read_end(struct parser *p)
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

/* One line, by its first word and by where it may stand. */

static int outer_line(struct parser *p)
{
	if (word(p, "file"))
		return read_file(p);
	if (word(p, "ops"))
		return read_ops(p);
	if (word(p, "outside"))
		return read_outside(p);
	if (word(p, "function"))
		return read_function(p);
	return missing(p, "file, ops, outside or function is expected");
}

static int inner_line(struct parser *p)
{
	unsigned int i;

	if (word(p, "block"))
		return read_block(p);
	if (word(p, "end"))
		return read_end(p);
	if (!p->b && word(p, "param"))
		return read_param(p);
	if (!p->b && word(p, "reg"))
		return read_reg(p);
	if (!p->b && word(p, "local"))
		return read_local(p);
	if (p->b && word(p, "phi"))
		return read_phi(p);
	for (i = 0; p->b && event_names[i]; i++)
		if (word(p, event_names[i]))
			return read_event(p, (enum event_kind)i);
	return missing(p, p->b ? "an event is expected" :
				 "param, reg, local or block is expected");
}

static int unit_line(struct parser *p)
{
	const char *path;

	if (!word(p, "unit"))
		return missing(p, "unit is expected");
	if (name(p, &path))
		return -1;
	p->u = unit_new(p->arena, path);
	return 0;
}

static bool at_end(struct parser *p)
{
	text_blanks(&p->at);
	return !*p->at || *p->at == '#';
}

static int read_line(struct parser *p)
{
	int ret;

	if (at_end(p))
		return 0;
	if (!p->u)
		ret = unit_line(p);
	else
		ret = p->f ? inner_line(p) : outer_line(p);
	if (ret)
		return -1;
	return at_end(p) ? 0 : missing(p, "the line should end");
}

/* Reads the lines of @text one by one, each from a copy of its own. */
static int read_lines(struct parser *p, const char *text)
{
	char *copy = NULL;
	size_t room = 0, n;

	for (;; text += n + 1) {
		n = strcspn(text, "\n");
		p->line++;
		if (n >= room) {
			room = 2 * n + 256;
			copy = arena_alloc(p->arena, room);
		}
		memcpy(copy, text, n);
		copy[n] = '\0';
		p->at = copy;
		if (read_line(p))
			return -1;
		if (!text[n])
			break;
	}
	if (!p->u)
		return error_set(p->err, "the text is empty");
	if (p->f)
		return error_set(p->err, "function %s has no end", p->f->name);
	return 0;
}

struct unit *unit_parse(struct arena *arena, const char *text,
			struct error *err)
{
	struct parser p = { .arena = arena, .err = err };

	if (!read_lines(&p, text))
		return p.u;
	error_prefix(err, "line %u", p.line);
	return NULL;
}
