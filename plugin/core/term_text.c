// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "text.h"
#include "term_priv.h"

/* Deeper than any term that a table holds. */
#define MAX_DEPTH (TERM_MAX_SIZE + 8)

static const char *const op_names[OP_MAX_OP] = {
	[OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/",
	[OP_MOD] = "%", [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_SHRU] = ">>u",
	[OP_AND] = "&", [OP_OR] = "|", [OP_XOR] = "^", [OP_NEG] = "neg",
	[OP_NOT] = "~", [OP_LNOT] = "!", [OP_EQ] = "==", [OP_NE] = "!=",
	[OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">", [OP_GE] = ">=",
	[OP_LTU] = "<u", [OP_LEU] = "<=u", [OP_GTU] = ">u", [OP_GEU] = ">=u",
	[OP_MIN] = "min", [OP_MAX] = "max", [OP_TRUNC] = "trunc",
	[OP_COND] = "?:",
};

const char *term_op_name(enum term_op op)
{
	return op > OP_NONE && op < OP_MAX_OP ? op_names[op] : NULL;
}

enum term_op term_op_from_name(const char *name)
{
	enum term_op op;

	for (op = OP_NONE + 1; op < OP_MAX_OP; op++)
		if (!strcmp(op_names[op], name))
			return op;
	return OP_NONE;
}

static void print_string(FILE *out, const char *s)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fprintf(out, "\\%c", *s);
		else if (*s == '\n')
			fputs("\\n", out);
		else if (*s < ' ' || *s > '~')
			fprintf(out, "\\x%02X", (unsigned char)*s);
		else
			fputc(*s, out);
	}
	fputc('"', out);
}

static void print_args(FILE *out, const struct term *x)
{
	unsigned int i;

	for (i = 0; i < x->nargs; i++) {
		fputc(' ', out);
		term_print(out, x->arg[i]);
	}
}

static void print_list(FILE *out, const struct term *x)
{
	static const char *const head[] = {
		[TERM_FIELD] = ".", [TERM_ELEM] = "[]", [TERM_LOAD] = "load",
		[TERM_FRESH] = "fresh", [TERM_CALL] = "call",
	};

	fprintf(out, "(%s", x->kind == TERM_OP ? op_names[x->op] :
			    head[x->kind]);
	if (x->kind == TERM_CALL || x->kind == TERM_FRESH) {
		fputc(' ', out);
		text_print_name(out, x->name);
	}
	print_args(out, x);
	if (x->kind == TERM_FIELD) {
		fputc(' ', out);
		text_print_name(out, x->type);
		fputc(' ', out);
		text_print_name(out, x->name);
	}
	if (x->kind != TERM_CALL && x->kind != TERM_OP)
		fprintf(out, " %lld", (long long)x->value);
	if (x->kind == TERM_FRESH)
		fprintf(out, " %u", x->extra);
	fputc(')', out);
}

void term_print(FILE *out, const struct term *x)
{
	switch (x->kind) {
	case TERM_CONST:
		fprintf(out, "%lld", (long long)x->value);
		break;
	case TERM_STRING:
		print_string(out, x->name);
		break;
	case TERM_REG:
		fprintf(out, "%%%lld", (long long)x->value);
		break;
	case TERM_PARAM:
		fprintf(out, "$%lld", (long long)x->value);
		break;
	case TERM_GLOBAL:
		fputc('@', out);
		text_print_name(out, x->name);
		break;
	case TERM_LOCAL:
		fputc('&', out);
		text_print_name(out, x->name);
		break;
	case TERM_UNKNOWN:
		fputc('?', out);
		break;
	default:
		print_list(out, x);
	}
}

/* Reading: a cursor in one line of text. */

struct reader {
	struct term_table *t;
	const char *at;
	struct error *err;
	unsigned int depth;
};

static const struct term *read_term(struct reader *r);

static const struct term *no_term(struct reader *r, const char *what)
{
	error_set(r->err, "%s before \"%.20s\"", what, r->at);
	return NULL;
}

static const char *read_name(struct reader *r)
{
	return text_name(term_arena(r->t), &r->at, r->err);
}

static const struct term *read_named(struct reader *r)
{
	char sigil = *r->at++;
	const char *name = read_name(r);

	if (!name)
		return NULL;
	return sigil == '@' ? term_global(r->t, name) :
			      term_local(r->t, name);
}

static const struct term *read_numbered(struct reader *r)
{
	char sigil = *r->at++;
	unsigned int n;

	if (text_unsigned(&r->at, &n, r->err))
		return NULL;
	return sigil == '%' ? term_reg(r->t, n) : term_param(r->t, n);
}

static const struct term *read_string(struct reader *r)
{
	size_t n = 0, len = strcspn(r->at + 1, "\n");
	char *s = arena_alloc(term_arena(r->t), len + 1);
	int c;

	for (r->at++; *r->at && *r->at != '\n' && *r->at != '"';) {
		if (*r->at != '\\') {
			s[n++] = *r->at++;
			continue;
		}
		c = text_escape(&r->at);
		if (c <= 0)
			return no_term(r, "unknown escape in a string");
		s[n++] = (char)c;
	}
	if (*r->at != '"')
		return no_term(r, "a string is not closed");
	r->at++;
	return term_string(r->t, s);
}

static const struct term *read_field(struct reader *r)
{
	const struct term *addr = read_term(r);
	const char *type, *name;
	int64_t offset;

	if (!addr || !(type = read_name(r)) || !(name = read_name(r)) ||
	    text_number(&r->at, &offset, r->err))
		return NULL;
	return term_field(r->t, addr, type, name, offset);
}

static const struct term *read_elem(struct reader *r)
{
	const struct term *addr = read_term(r);
	const struct term *index = addr ? read_term(r) : NULL;
	int64_t size;

	if (!index || text_number(&r->at, &size, r->err))
		return NULL;
	return term_elem(r->t, addr, index, size);
}

static const struct term *read_load(struct reader *r)
{
	const struct term *addr = read_term(r);
	int64_t version;

	if (!addr || text_number(&r->at, &version, r->err))
		return NULL;
	return term_load(r->t, addr, version);
}

static const struct term *read_fresh(struct reader *r)
{
	const char *label = read_name(r);
	unsigned int iteration;
	int64_t site;

	if (!label || text_number(&r->at, &site, r->err) ||
	    text_unsigned(&r->at, &iteration, r->err))
		return NULL;
	return term_fresh(r->t, label, site, iteration);
}

/* Terms up to the closing parenthesis; -1 if there is no such list. */
static int read_args(struct reader *r, const struct term **arg)
{
	unsigned int n = 0;

	for (;;) {
		text_blanks(&r->at);
		if (*r->at == ')')
			return (int)n;
		if (n == TERM_MAX_ARGS) {
			no_term(r, "too many arguments");
			return -1;
		}
		arg[n] = read_term(r);
		if (!arg[n++])
			return -1;
	}
}

static const struct term *read_call(struct reader *r)
{
	const struct term *arg[TERM_MAX_ARGS];
	const char *name = read_name(r);
	int n = name ? read_args(r, arg) : -1;

	return n < 0 ? NULL : term_call(r->t, name, (unsigned int)n, arg);
}

static const struct term *read_op(struct reader *r, enum term_op op)
{
	const struct term *arg[TERM_MAX_ARGS] = { NULL };
	int n = read_args(r, arg);

	if (n < 0)
		return NULL;
	if ((unsigned int)n != term_op_arity(op)) {
		error_set(r->err, "operator %s takes %u arguments, not %d",
			  op_names[op], term_op_arity(op), n);
		return NULL;
	}
	return term_op(r->t, op, arg[0], arg[1], arg[2]);
}

/* What follows "(", up to ")". */
static const struct term *read_body(struct reader *r)
{
	static const struct {
		const char *head;
		const struct term *(*read)(struct reader *r);
	} kinds[] = {
		{ ".", read_field }, { "[]", read_elem },
		{ "load", read_load }, { "fresh", read_fresh },
		{ "call", read_call },
	};
	char head[8];
	size_t len, i;
	enum term_op op;

	text_blanks(&r->at);
	len = strcspn(r->at, " \t\n()");
	if (len >= sizeof(head))
		return no_term(r, "unknown operator");
	memcpy(head, r->at, len);
	head[len] = '\0';
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].head, head)) {
			r->at += len;
			return kinds[i].read(r);
		}
	op = term_op_from_name(head);
	if (op == OP_NONE)
		return no_term(r, "unknown operator");
	r->at += len;
	return read_op(r, op);
}

static const struct term *read_list(struct reader *r)
{
	const struct term *x;

	if (r->depth == MAX_DEPTH)
		return no_term(r, "a term is nested too deeply");
	r->at++;
	r->depth++;
	x = read_body(r);
	r->depth--;
	if (!x)
		return NULL;
	text_blanks(&r->at);
	if (*r->at != ')')
		return no_term(r, "\")\" is missing");
	r->at++;
	return x;
}

static const struct term *read_term(struct reader *r)
{
	int64_t value;

	text_blanks(&r->at);
	switch (*r->at) {
	case '(':
		return read_list(r);
	case '"':
		return read_string(r);
	case '%':
	case '$':
		return read_numbered(r);
	case '@':
	case '&':
		return read_named(r);
	case '?':
		r->at++;
		return term_unknown(r->t);
	default:
		if (*r->at != '-' && !isdigit((unsigned char)*r->at))
			return no_term(r, "a term is missing");
		if (text_number(&r->at, &value, r->err))
			return NULL;
		return term_const(r->t, value);
	}
}

const struct term *term_parse(struct term_table *t, const char **text,
			      struct error *err)
{
	struct reader r = { .t = t, .at = *text, .err = err };
	const struct term *x = read_term(&r);

	if (x)
		*text = r.at;
	return x;
}
