// SPDX-License-Identifier: GPL-2.0-or-later
#include "event.h"
#include "event_text.h"
#include "text.h"

const char *const event_ret_names[] = {
	[RET_VOID] = "void", [RET_INT] = "int", [RET_UNSIGNED] = "unsigned",
	[RET_BOOL] = "bool", [RET_POINTER] = "pointer",
	[RET_HANDLE] = "handle", NULL
};

const char *const event_names[] = {
	[EV_SET] = "set", [EV_LOAD] = "load", [EV_STORE] = "store",
	[EV_CALL] = "call", [EV_TEST] = "test", [EV_SWITCH] = "switch",
	[EV_GOTO] = "goto", [EV_RETURN] = "return", [EV_STOP] = "stop", NULL
};

const struct function_flag function_flags[] = {
	{ "static", offsetof(struct function, is_static) },
	{ "taken", offsetof(struct function, address_taken) },
	{ "init", offsetof(struct function, is_init) },
	{ "exit", offsetof(struct function, is_exit) },
	{ "inline", offsetof(struct function, is_inline) },
	{ "variadic", offsetof(struct function, is_variadic) },
	{ "aside", offsetof(struct function, is_aside) },
	{ "exported", offsetof(struct function, is_exported) },
	{ NULL, 0 }
};

static void print_word(FILE *out, const char *name)
{
	fputc(' ', out);
	text_print_name(out, name);
}

static void print_term(FILE *out, const struct term *x)
{
	fputc(' ', out);
	term_print(out, x);
}

static void print_loc(FILE *out, const struct loc *loc)
{
	fprintf(out, " %u:%u:%u", loc->file, loc->line, loc->col);
}

static void print_var(FILE *out, const struct var *v)
{
	print_word(out, v->name);
	print_word(out, v->type);
	fputc('\n', out);
}

static void print_phi(FILE *out, const struct block *b, const struct phi *phi)
{
	unsigned int i;

	fprintf(out, "\tphi %%%u", phi->reg);
	for (i = 0; i < b->npred; i++) {
		fprintf(out, " %u:", b->pred[i]);
		term_print(out, phi->arg[i]);
		if (phi->loc && phi->loc[i].line)
			print_loc(out, &phi->loc[i]);
	}
	fputc('\n', out);
}

static void print_call(FILE *out, const struct event *e)
{
	unsigned int i;

	if (e->reg < 0)
		fputs(" -", out);
	else
		fprintf(out, " %%%d", e->reg);
	if (e->callee) {
		print_word(out, e->callee);
	} else {
		fputs(" @", out);
		term_print(out, e->addr);
	}
	fputs(" (", out);
	for (i = 0; i < e->nargs; i++) {
		if (i)
			fputc(' ', out);
		term_print(out, e->arg[i]);
	}
	fputc(')', out);
}

static void print_switch(FILE *out, const struct block *b,
			 const struct event *e)
{
	const struct range *r;
	unsigned int i;

	print_term(out, e->value);
	for (i = 0; i < b->nranges; i++) {
		r = &b->range[i];
		fprintf(out, " (%u %lld %lld)", b->succ[r->succ],
			(long long)r->low, (long long)r->high);
	}
	fprintf(out, " (%u)", b->succ[0]);
}

static void print_event(FILE *out, const struct block *b,
			const struct event *e)
{
	fprintf(out, "\t%s", event_names[e->kind]);
	switch (e->kind) {
	case EV_SET:
		fprintf(out, " %%%d", e->reg);
		print_term(out, e->value);
		break;
	case EV_LOAD:
		fprintf(out, " %%%d", e->reg);
		print_term(out, e->addr);
		print_word(out, e->type);
		break;
	case EV_STORE:
		print_term(out, e->addr);
		print_term(out, e->value);
		print_word(out, e->type);
		break;
	case EV_CALL:
		print_call(out, e);
		break;
	case EV_TEST:
		print_term(out, e->value);
		fprintf(out, " %u %u", b->succ[0], b->succ[1]);
		break;
	case EV_SWITCH:
		print_switch(out, b, e);
		break;
	case EV_GOTO:
		fprintf(out, " %u", b->succ[0]);
		break;
	case EV_RETURN:
		if (e->value)
			print_term(out, e->value);
		else
			fputs(" -", out);
		break;
	case EV_STOP:
		break;
	}
	if (e->loc.line || (e->kind != EV_GOTO && e->kind != EV_STOP))
		print_loc(out, &e->loc);
	fputc('\n', out);
}

static void print_vars(FILE *out, const struct function *f)
{
	unsigned int i;

	for (i = 0; i < f->nparams; i++) {
		fprintf(out, "\tparam %u", i);
		print_var(out, &f->param[i]);
	}
	for (i = 0; i < f->nregs; i++) {
		if (!f->reg[i].name && !f->reg[i].type && i + 1 < f->nregs)
			continue;
		fprintf(out, "\treg %u", i);
		print_var(out, &f->reg[i]);
	}
	for (i = 0; i < f->nlocals; i++) {
		fputs("\tlocal", out);
		print_var(out, &f->local[i]);
	}
	for (i = 0; i < f->nmembers; i++) {
		const struct member *m = &f->member[i];

		fputs("\tmember", out);
		print_word(out, m->type);
		print_word(out, m->name);
		fprintf(out, " %lld %lld %lld\n", (long long)m->offset,
			(long long)m->size, (long long)m->align);
	}
}

void function_print(FILE *out, const struct function *f)
{
	const struct function_flag *flag;
	unsigned int i, j;

	fputs("function", out);
	print_word(out, f->name);
	fprintf(out, " %s", event_ret_names[f->ret]);
	print_loc(out, &f->loc);
	for (flag = function_flags; flag->name; flag++)
		if (*function_flag(f, flag))
			fprintf(out, " %s", flag->name);
	fputc('\n', out);
	print_vars(out, f);
	for (i = 0; i < f->nblocks; i++) {
		const struct block *b = &f->block[i];

		fprintf(out, "block %u\n", i);
		for (j = 0; j < b->nphis; j++)
			print_phi(out, b, &b->phi[j]);
		for (j = 0; j < b->nevents; j++)
			print_event(out, b, &b->event[j]);
	}
	fputs("end\n", out);
}

void unit_print_head(FILE *out, const struct unit *u)
{
	const struct ops *o;
	unsigned int i;

	fputs("unit", out);
	print_word(out, u->file[0]);
	fputc('\n', out);
	for (i = 1; i < u->nfiles; i++) {
		fprintf(out, "file %u", i);
		print_word(out, u->file[i]);
		fputc('\n', out);
	}
	for (i = 0; i < u->nops; i++) {
		o = &u->ops[i];
		fputs("ops", out);
		print_word(out, o->type);
		print_word(out, o->field);
		print_word(out, o->object);
		print_word(out, o->function);
		if (o->element)
			fprintf(out, " %u", o->element);
		fputc('\n', out);
	}
	for (i = 0; i < u->noutside; i++) {
		fputs("outside", out);
		print_word(out, u->outside[i]);
		fputc('\n', out);
	}
	for (i = 0; i < u->nstructs; i++) {
		fputs("struct", out);
		print_word(out, u->structs[i]);
		fputc('\n', out);
	}
}

void unit_print(FILE *out, const struct unit *u)
{
	unsigned int i;

	unit_print_head(out, u);
	for (i = 0; i < u->nfunctions; i++)
		function_print(out, u->function[i]);
}
