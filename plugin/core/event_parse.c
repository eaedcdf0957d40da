// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "event_parse.h"
#include "event_text.h"
#include "text.h"

int parse_number(struct parser *p, unsigned int *n)
{
	return text_unsigned(&p->at, n, p->err);
}

int parse_name(struct parser *p, const char **s)
{
	*s = text_name(p->arena, &p->at, p->err);
	return *s ? 0 : -1;
}

int parse_term(struct parser *p, const struct term **x)
{
	*x = term_parse(p->u->terms, &p->at, p->err);
	return *x ? 0 : -1;
}

int parse_missing(struct parser *p, const char *what)
{
	return error_set(p->err, "%s before \"%.20s\"", what, p->at);
}

bool parse_word(struct parser *p, const char *word)
{
	size_t n = strlen(word);

	text_blanks(&p->at);
	if (strncmp(p->at, word, n) ||
	    (p->at[n] && !isspace((unsigned char)p->at[n])))
		return false;
	p->at += n;
	return true;
}

bool parse_mark(struct parser *p, char c)
{
	text_blanks(&p->at);
	if (*p->at != c)
		return false;
	p->at++;
	return true;
}

int parse_reg(struct parser *p, int *reg)
{
	unsigned int n;

	if (!parse_mark(p, '%'))
		return parse_missing(p, "a register is missing");
	if (parse_number(p, &n))
		return -1;
	if (n >= REGS_MAX)
		return error_set(p->err, "register number %u is too large", n);
	*reg = (int)n;
	return 0;
}

int parse_loc(struct parser *p, struct loc *loc)
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
	if (l.file >= (p->file ? p->nfiles : p->u->nfiles))
		return error_set(p->err, "file %u is not declared", l.file);
	if (p->file)
		l.file = p->file[l.file];
	*loc = l;
	p->at = at;
	return 0;
}

/* Lines outside of functions. */

static int read_file(struct parser *p)
{
	unsigned int n;
	const char *path;

	if (parse_number(p, &n) || parse_name(p, &path))
		return -1;
	if (n != p->u->nfiles || unit_file(p->u, path) != n)
		return error_set(p->err, "file %u is out of order or repeated",
				 n);
	return 0;
}

static bool at_end(struct parser *p)
{
	text_blanks(&p->at);
	return !*p->at || *p->at == '#';
}

static int read_ops(struct parser *p)
{
	struct ops o = { 0 };

	if (parse_name(p, &o.type) || parse_name(p, &o.field) ||
	    parse_name(p, &o.object) || parse_name(p, &o.function))
		return -1;
	if (!at_end(p) && parse_number(p, &o.element))
		return -1;
	unit_add_ops(p->u, o);
	return 0;
}

static int read_outside(struct parser *p)
{
	const char *callee;

	if (parse_name(p, &callee))
		return -1;
	unit_add_outside(p->u, callee);
	return 0;
}

static int read_struct(struct parser *p)
{
	const char *tag;

	if (parse_name(p, &tag))
		return -1;
	unit_add_struct(p->u, tag);
	return 0;
}

static const struct function_flag *read_flag(struct parser *p)
{
	const struct function_flag *flag;

	for (flag = function_flags; flag->name; flag++)
		if (parse_word(p, flag->name))
			return flag;
	return NULL;
}

static int read_function(struct parser *p)
{
	struct function *f = arena_alloc(p->arena, sizeof(*f));
	const struct function_flag *flag;
	unsigned int i;

	if (parse_name(p, &f->name))
		return -1;
	for (i = 0; event_ret_names[i]; i++)
		if (parse_word(p, event_ret_names[i]))
			break;
	if (!event_ret_names[i])
		return parse_missing(p, "unknown kind of result");
	f->ret = (enum ret_kind)i;
	if (parse_loc(p, &f->loc) < 0)
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

	if (parse_number(p, &n))
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

static int read_member(struct parser *p)
{
	struct function *f = p->f;
	struct member m;

	if (parse_name(p, &m.type) || parse_name(p, &m.name) ||
	    text_number(&p->at, &m.offset, p->err) ||
	    text_number(&p->at, &m.size, p->err) ||
	    text_number(&p->at, &m.align, p->err))
		return -1;
	f->member = arena_grow(p->arena, f->member, f->nmembers,
			       sizeof(*f->member));
	f->member[f->nmembers++] = m;
	return 0;
}

static int read_reg(struct parser *p)
{
	struct function *f = p->f;
	struct var *more;
	unsigned int n;

	if (parse_number(p, &n))
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

/* One line, by its first word and by where it may stand. */

static int outer_line(struct parser *p)
{
	if (parse_word(p, "file"))
		return read_file(p);
	if (parse_word(p, "ops"))
		return read_ops(p);
	if (parse_word(p, "outside"))
		return read_outside(p);
	if (parse_word(p, "struct"))
		return read_struct(p);
	if (parse_word(p, "function"))
		return read_function(p);
	return parse_missing(p, "file, ops, outside, struct or function is "
			     "expected");
}

static int inner_line(struct parser *p)
{
	unsigned int i;

	if (parse_word(p, "block"))
		return parse_block(p);
	if (parse_word(p, "end"))
		return parse_end(p);
	if (!p->b && parse_word(p, "param"))
		return read_param(p);
	if (!p->b && parse_word(p, "reg"))
		return read_reg(p);
	if (!p->b && parse_word(p, "local"))
		return read_local(p);
	if (!p->b && parse_word(p, "member"))
		return read_member(p);
	if (p->b && parse_word(p, "phi"))
		return parse_phi(p);
	for (i = 0; p->b && event_names[i]; i++)
		if (parse_word(p, event_names[i]))
			return parse_event(p, (enum event_kind)i);
	return parse_missing(p, p->b ? "an event is expected" :
				 "param, reg, local, member or block is "
				 "expected");
}

static int unit_line(struct parser *p)
{
	const char *path;

	if (!parse_word(p, "unit"))
		return parse_missing(p, "unit is expected");
	if (parse_name(p, &path))
		return -1;
	p->u = unit_new(p->arena, path);
	return 0;
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
	return at_end(p) ? 0 : parse_missing(p, "the line should end");
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

int unit_parse_functions(struct unit *u, const char *text,
			 const unsigned int *file, unsigned int nfiles,
			 struct error *err)
{
	struct parser p = { .arena = u->arena, .u = u, .file = file,
			    .nfiles = nfiles, .err = err };

	if (!read_lines(&p, text))
		return 0;
	return error_prefix(err, "line %u", p.line);
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
