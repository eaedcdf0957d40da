// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_stmt.h"
#include "lower_bits.h"
#include "lower_place.h"
#include "lower_type.h"
#include "lower_value.h"

using core::term;

core::event *body_event(struct body *b, enum core::event_kind kind,
			location_t where)
{
	core::event e = {};

	e.kind = kind;
	e.loc = body_loc(b, where);
	e.reg = -1;
	b->events.safe_push(e);
	return &b->events.last();
}

static void set(struct body *b, unsigned int reg, const term *value,
		location_t where)
{
	core::event *e = body_event(b, core::EV_SET, where);

	e->reg = reg;
	e->value = value;
}

static void load(struct body *b, unsigned int reg, tree ref,
		 location_t where)
{
	const term *addr = body_address(b, ref);
	core::event *e = body_event(b, core::EV_LOAD, where);

	e->reg = reg;
	e->addr = addr;
	e->type = body_object_type(b, ref);
}

static void store(struct body *b, tree ref, const term *value,
		  location_t where)
{
	const term *addr = body_address(b, ref);
	core::event *e = body_event(b, core::EV_STORE, where);

	e->addr = addr;
	e->value = value;
	e->type = body_object_type(b, ref);
}

static const term *reg_term(struct body *b, unsigned int reg)
{
	return core::term_reg(b->terms, reg);
}

static bool reads_memory(tree x)
{
	while (handled_component_p(x))
		x = TREE_OPERAND(x, 0);
	return TREE_CODE(x) == MEM_REF || DECL_P(x) ||
	       TREE_CODE(x) == STRING_CST;
}

/* "register long sp asm("rsp")" is no object in memory. */
static bool is_machine_register(tree x)
{
	return VAR_P(x) && DECL_HARD_REGISTER(x);
}

static void assign_reg(struct body *b, gassign *s)
{
	tree lhs = gimple_assign_lhs(s);
	tree rhs = gimple_assign_rhs1(s);
	location_t where = gimple_location(s);

	if (!gimple_assign_single_p(s) || !reads_memory(rhs) ||
	    is_machine_register(rhs)) {
		set(b, body_reg(b, lhs), body_rhs(b, s), where);
		return;
	}
	if (is_bits(rhs)) {
		body_load_bits(b, lhs, rhs, where);
		return;
	}
	load(b, body_reg(b, lhs), rhs, where);
	body_reg_type(b, lhs, b->events.last().type);
}

static void clear(struct body *b, tree ref, location_t where)
{
	HOST_WIDE_INT size = type_size(TREE_TYPE(ref));
	const term *addr = body_address(b, ref);
	const term **arg;
	core::event *e;

	arg = (const term **)core::arena_alloc(b->arena, 3 * sizeof(*arg));
	arg[0] = addr;
	arg[1] = core::term_const(b->terms, 0);
	arg[2] = size ? core::term_const(b->terms, size) :
			core::term_unknown(b->terms);
	e = body_event(b, core::EV_CALL, where);
	e->callee = core::arena_intern(b->arena, "memset");
	e->nargs = 3;
	e->arg = arg;
}

static void assign_memory(struct body *b, gassign *s)
{
	tree lhs = gimple_assign_lhs(s);
	tree rhs = gimple_assign_rhs1(s);
	location_t where = gimple_location(s);
	unsigned int reg;

	if (gimple_clobber_p(s) || is_machine_register(lhs))
		return;
	if (TREE_CODE(rhs) == CONSTRUCTOR && !CONSTRUCTOR_NELTS(rhs)) {
		clear(b, lhs, where);
		return;
	}
	if (TREE_CODE(rhs) == SSA_NAME || TREE_CODE(rhs) == ADDR_EXPR ||
	    TREE_CODE(rhs) == INTEGER_CST) {
		store(b, lhs, body_value(b, rhs), where);
		return;
	}
	if (TREE_CODE(rhs) == STRING_CST) {
		store(b, lhs, body_address(b, rhs), where);
		return;
	}
	if (!gimple_assign_single_p(s) || !reads_memory(rhs)) {
		store(b, lhs, core::term_unknown(b->terms), where);
		return;
	}
	reg = body_fresh_reg(b, body_object_type(b, rhs));
	load(b, reg, rhs, where);
	store(b, lhs, reg_term(b, reg), where);
}

/* The compiler's and the kernel's other names of a library function. */
static const char *plain_name(const char *name)
{
	static const char *const prefix[] = { "__builtin_", "__underlying_" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(prefix); i++)
		if (!strncmp(name, prefix[i], strlen(prefix[i])))
			return name + strlen(prefix[i]);
	return name;
}

static const char *callee_name(struct body *b, gcall *call)
{
	tree decl = gimple_call_fndecl(call);
	const char *name;

	if (gimple_call_internal_p(call)) {
		name = internal_fn_name(gimple_call_internal_fn(call));
		return core::arena_intern(b->arena,
					  core::arena_printf(b->arena, ".%s",
							     name));
	}
	if (!decl || !DECL_NAME(decl))
		return NULL;
	name = IDENTIFIER_POINTER(DECL_NAME(decl));
	return core::arena_intern(b->arena, plain_name(name));
}

/* A call that only says something of a value: true, and it is in *@value. */
static bool call_is_value(struct body *b, gcall *call, const term **value)
{
	if (gimple_call_internal_p(call, IFN_DEFERRED_INIT)) {
		*value = core::term_unknown(b->terms);
		return true;
	}
	if (gimple_call_builtin_p(call, BUILT_IN_EXPECT) ||
	    gimple_call_builtin_p(call, BUILT_IN_EXPECT_WITH_PROBABILITY)) {
		*value = body_value(b, gimple_call_arg(call, 0));
		return true;
	}
	if (gimple_call_builtin_p(call, BUILT_IN_CONSTANT_P)) {
		*value = core::term_const(b->terms, 0);
		return true;
	}
	return false;
}

static tree return_type(gcall *call)
{
	tree decl = gimple_call_fndecl(call);
	tree type = decl ? TREE_TYPE(decl) : gimple_call_fntype(call);

	return type ? TREE_TYPE(type) : NULL_TREE;
}

static void call_event(struct body *b, gcall *call, int reg)
{
	unsigned int n = gimple_call_num_args(call), i;
	const term **arg = NULL;
	core::event *e;

	if (n)
		arg = (const term **)core::arena_alloc(b->arena,
						       n * sizeof(*arg));
	for (i = 0; i < n; i++)
		arg[i] = body_value(b, gimple_call_arg(call, i));
	e = body_event(b, core::EV_CALL, gimple_location(call));
	e->reg = reg;
	e->callee = callee_name(b, call);
	if (!e->callee)
		e->addr = gimple_call_fn(call) ?
			  body_value(b, gimple_call_fn(call)) :
			  core::term_unknown(b->terms);
	e->nargs = n;
	e->arg = arg;
}

static void stmt_call(struct body *b, gcall *call)
{
	tree lhs = gimple_call_lhs(call);
	tree type = return_type(call);
	const char *word = type ? type_word(b->arena, type) : NULL;
	const term *value;
	unsigned int reg;

	if (call_is_value(b, call, &value)) {
		if (lhs && TREE_CODE(lhs) == SSA_NAME)
			set(b, body_reg(b, lhs), value,
			    gimple_location(call));
		else if (lhs && !gimple_call_internal_p(call))
			store(b, lhs, value, gimple_location(call));
		return;
	}
	if (!lhs) {
		call_event(b, call, -1);
	} else if (TREE_CODE(lhs) == SSA_NAME) {
		call_event(b, call, body_reg(b, lhs));
		body_reg_type(b, lhs, word);
	} else {
		reg = body_fresh_reg(b, word);
		call_event(b, call, reg);
		store(b, lhs, reg_term(b, reg), gimple_location(call));
	}
}

/* Pointers that go into an asm statement, xchg() for one, are given away as
 * to a function that is not known. */
static void asm_inputs(struct body *b, gasm *s)
{
	auto_vec<const term *> arg;
	unsigned int i, n;
	core::event *e;

	for (i = 0; i < gimple_asm_ninputs(s); i++) {
		tree in = TREE_VALUE(gimple_asm_input_op(s, i));

		if (TREE_CODE(in) == SSA_NAME &&
		    POINTER_TYPE_P(TREE_TYPE(in)))
			arg.safe_push(body_value(b, in));
	}
	n = arg.length();
	if (!n)
		return;
	e = body_event(b, core::EV_CALL, gimple_location(s));
	e->callee = core::arena_intern(b->arena, ".asm");
	e->nargs = n;
	e->arg = (const term **)core::arena_alloc(b->arena,
						  n * sizeof(*e->arg));
	for (i = 0; i < n; i++)
		e->arg[i] = arg[i];
}

/*
 * What output @n of an empty asm statement is: the input it shares a register
 * with. The kernel hides from the optimiser in this way where a pointer comes
 * from.
 */
static const term *asm_output(struct body *b, gasm *s, unsigned int n)
{
	unsigned int i;

	if (gimple_asm_string(s)[0])
		return core::term_unknown(b->terms);
	for (i = 0; i < gimple_asm_ninputs(s); i++) {
		tree in = gimple_asm_input_op(s, i);
		tree constraint = TREE_VALUE(TREE_PURPOSE(in));

		if (TREE_STRING_POINTER(constraint)[0] == (char)('0' + n))
			return body_value(b, TREE_VALUE(in));
	}
	return core::term_unknown(b->terms);
}

static void stmt_asm(struct body *b, gasm *s)
{
	unsigned int i;

	if (gimple_asm_string(s)[0])
		asm_inputs(b, s);
	for (i = 0; i < gimple_asm_noutputs(s); i++) {
		tree out = TREE_VALUE(gimple_asm_output_op(s, i));
		const term *value = asm_output(b, s, i);

		if (TREE_CODE(out) == SSA_NAME)
			set(b, body_reg(b, out), value, gimple_location(s));
		else if (!is_machine_register(out))
			store(b, out, value, gimple_location(s));
	}
}

void body_stmt(struct body *b, gimple *s)
{
	switch (gimple_code(s)) {
	case GIMPLE_ASSIGN:
		if (TREE_CODE(gimple_assign_lhs(s)) == SSA_NAME)
			assign_reg(b, as_a<gassign *>(s));
		else
			assign_memory(b, as_a<gassign *>(s));
		break;
	case GIMPLE_CALL:
		stmt_call(b, as_a<gcall *>(s));
		break;
	case GIMPLE_ASM:
		stmt_asm(b, as_a<gasm *>(s));
		break;
	default:
		break;
	}
}
