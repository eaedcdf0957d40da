/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "place.h"

const struct term *place_object(const struct term *addr)
{
	for (;;) {
		if (addr->kind == TERM_FIELD || addr->kind == TERM_ELEM)
			addr = addr->arg[0];
		else if (addr->kind == TERM_OP && addr->op == OP_ADD)
			addr = addr->arg[0];
		else
			return addr;
	}
}

const struct term *place_root(const struct term *addr)
{
	for (;;) {
		addr = place_object(addr);
		if (addr->kind == TERM_LOAD ||
		    (addr->kind == TERM_CALL && addr->nargs))
			addr = addr->arg[0];
		else
			return addr;
	}
}

bool place_is_local(const struct term *addr)
{
	return place_object(addr)->kind == TERM_LOCAL;
}

bool place_same_shape(const struct term *a, const struct term *b)
{
	unsigned int i;

	if (a == b)
		return true;
	if (a->kind != b->kind || a->op != b->op || a->nargs != b->nargs ||
	    a->name != b->name || !a->nargs)
		return false;
	if (a->kind != TERM_ELEM && a->value != b->value)
		return false;
	if (!place_same_shape(a->arg[0], b->arg[0]))
		return false;
	if (a->kind == TERM_ELEM)
		return true;
	for (i = 1; i < a->nargs; i++)
		if (!place_same_shape(a->arg[i], b->arg[i]))
			return false;
	return true;
}

const struct term *place_member(const struct term *addr)
{
	bool element = addr->kind == TERM_ELEM;

	while (addr->kind == TERM_ELEM)
		addr = addr->arg[0];
	/* An element of the array that a member points to. */
	if (element && addr->kind == TERM_LOAD)
		addr = addr->arg[0];
	return addr->kind == TERM_FIELD ? addr : NULL;
}

bool place_same_field(const struct term *a, const struct term *b)
{
	return a->type == b->type && a->name == b->name &&
	       a->value == b->value;
}

bool place_same_member(const struct term *a, const struct term *b)
{
	const struct term *x = place_member(a), *y = place_member(b);

	return x && y && place_same_field(x, y);
}

bool place_same_thing(const struct term *a, const struct term *b)
{
	return place_same_member(a, b) || (a == b && a->kind == TERM_GLOBAL);
}

bool term_has_op(const struct term *x)
{
	unsigned int i;

	for (i = 0; i < x->nargs; i++)
		if (term_has_op(x->arg[i]))
			return true;
	return x->kind == TERM_OP;
}

bool place_has_element(const struct term *addr)
{
	unsigned int i;

	if (addr->kind == TERM_ELEM)
		return true;
	for (i = 0; i < addr->nargs; i++)
		if (place_has_element(addr->arg[i]))
			return true;
	return false;
}

const struct term *term_strip(const struct term *x)
{
	while (x->kind == TERM_OP && x->op == OP_TRUNC)
		x = x->arg[0];
	return x;
}

static bool is_pointer_value(const struct term *x)
{
	return x->kind == TERM_PARAM || x->kind == TERM_LOAD ||
	       x->kind == TERM_FRESH || x->kind == TERM_CALL ||
	       x->kind == TERM_REG || x->kind == TERM_OP ||
	       x->kind == TERM_UNKNOWN;
}

static const char *reg_name(const struct function *f, int64_t site)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->id == site && ev->reg >= 0)
				return f->reg[ev->reg].name;
		}
	}
	return NULL;
}

static const char *binary_name(struct arena *arena, const struct function *f,
			       const struct term *x)
{
	const char *a, *b;

	if (x->op == OP_TRUNC)
		return value_name(arena, f, x->arg[0]);
	if (x->nargs != 2)
		return "-";
	a = value_name(arena, f, x->arg[0]);
	b = value_name(arena, f, x->arg[1]);
	return arena_printf(arena, "%s %s %s", a, term_op_name(x->op), b);
}

const char *value_name(struct arena *arena, const struct function *f,
		       const struct term *x)
{
	const char *n;

	switch (x->kind) {
	case TERM_CONST:
		return arena_printf(arena, "%lld", (long long)x->value);
	case TERM_PARAM:
		if (x->value < f->nparams && f->param[x->value].name)
			return f->param[x->value].name;
		return "-";
	case TERM_REG:
		if (x->value < f->nregs && f->reg[x->value].name)
			return f->reg[x->value].name;
		return "-";
	case TERM_LOAD:
		return place_name(arena, f, x->arg[0]);
	case TERM_GLOBAL:
	case TERM_LOCAL:
		return arena_printf(arena, "&%s", x->name);
	case TERM_FIELD:
	case TERM_ELEM:
		return arena_printf(arena, "&%s", place_name(arena, f, x));
	case TERM_FRESH:
		n = x->value >= 0 ? reg_name(f, x->value) : NULL;
		return n ? n : arena_printf(arena, "%s()", x->name);
	case TERM_CALL:
		return arena_printf(arena, "%s(%s)", x->name, x->nargs ?
				    value_name(arena, f, x->arg[0]) : "");
	case TERM_OP:
		return binary_name(arena, f, x);
	default:
		return "-";
	}
}

const char *place_name(struct arena *arena, const struct function *f,
		       const struct term *a)
{
	const struct term *in = a->nargs ? a->arg[0] : NULL;
	const char *name = a->name ? a->name : "-";

	switch (a->kind) {
	case TERM_GLOBAL:
	case TERM_LOCAL:
		return a->name;
	case TERM_FIELD:
		if (is_pointer_value(in))
			return arena_printf(arena, "%s->%s",
					    value_name(arena, f, in), name);
		return arena_printf(arena, "%s.%s",
				    place_name(arena, f, in), name);
	case TERM_ELEM:
		if (is_pointer_value(in))
			return arena_printf(arena, "%s[]",
					    value_name(arena, f, in));
		return arena_printf(arena, "%s[]", place_name(arena, f, in));
	default:
		if (is_pointer_value(a))
			return arena_printf(arena, "*%s",
					    value_name(arena, f, a));
		return "-";
	}
}

static const struct term *loaded_from(const struct function *f, int64_t reg)
{
	unsigned int b, e;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->block[b].nevents; e++) {
			const struct event *ev = &f->block[b].event[e];

			if (ev->kind == EV_LOAD && ev->reg == reg)
				return ev->addr;
		}
	return NULL;
}

const struct term *place_called(const struct function *f,
				const struct event *ev)
{
	const struct term *x = ev->addr, *m;

	if (ev->kind != EV_CALL || ev->callee || !x)
		return NULL;
	if (x->kind == TERM_REG)
		x = loaded_from(f, x->value);
	else
		x = x->kind == TERM_LOAD ? x->arg[0] : NULL;
	m = x ? place_member(x) : NULL;
	return m && m->type && m->name ? m : NULL;
}
