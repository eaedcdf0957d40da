// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_stmt.h"
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

/* The mask of "x & constant" if that is the one use of @name. */
static bool masked_use(tree name, unsigned HOST_WIDE_INT *mask)
{
	use_operand_p use;
	gimple *s;

	if (!single_imm_use(name, &use, &s) || !is_gimple_assign(s) ||
	    gimple_assign_rhs_code(s) != BIT_AND_EXPR ||
	    TREE_CODE(gimple_assign_rhs2(s)) != INTEGER_CST)
		return false;
	*mask = TREE_INT_CST_LOW(gimple_assign_rhs2(s));
	return true;
}

/*
 * Tests of bit fields read all bits around them and mask. That is the member
 * that is meant, shifted to its place.
 */
static void load_bits(struct body *b, tree lhs, tree ref, location_t where)
{
	unsigned HOST_WIDE_INT mask;
	tree object = TREE_OPERAND(ref, 0);
	const term *addr;
	core::event *e;
	unsigned int reg;
	tree field;
	int shift;

	field = masked_use(lhs, &mask) ?
		bit_field_member(ref, mask, &shift) : NULL_TREE;
	if (!field) {
		load(b, body_reg(b, lhs), ref, where);
		return;
	}
	addr = core::term_field(b->terms, body_address(b, object),
				type_tag(b->arena, TREE_TYPE(object)),
				decl_name(b->arena, field),
				field_bit(field) / BITS_PER_UNIT);
	reg = body_fresh_reg(b, NULL);
	e = body_event(b, core::EV_LOAD, where);
	e->reg = reg;
	e->addr = addr;
	e->type = type_word(b->arena, TREE_TYPE(field));
	set(b, body_reg(b, lhs),
	    core::term_op(b->terms, core::OP_SHL, reg_term(b, reg),
			  core::term_const(b->terms, shift), NULL), where);
}

static bool reads_memory(tree x)
{
	while (handled_component_p(x))
		x = TREE_OPERAND(x, 0);
	return TREE_CODE(x) == MEM_REF || DECL_P(x) ||
	       TREE_CODE(x) == STRING_CST;
}

static void assign_reg(struct body *b, gassign *s)
{
	tree lhs = gimple_assign_lhs(s);
	tree rhs = gimple_assign_rhs1(s);
	location_t where = gimple_location(s);

	if (!gimple_assign_single_p(s) || !reads_memory(rhs)) {
		set(b, body_reg(b, lhs), body_rhs(b, s), where);
		return;
	}
	if (TREE_CODE(rhs) == BIT_FIELD_REF) {
		load_bits(b, lhs, rhs, where);
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

	if (gimple_clobber_p(s))
		return;
	if (TREE_CODE(rhs) == CONSTRUCTOR && !CONSTRUCTOR_NELTS(rhs)) {
		clear(b, lhs, where);
		return;
	}
	if (is_gimple_val(rhs)) {
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

static void stmt_asm(struct body *b, gasm *s)
{
	const term *unknown = core::term_unknown(b->terms);
	unsigned int i;

	for (i = 0; i < gimple_asm_noutputs(s); i++) {
		tree out = TREE_VALUE(gimple_asm_output_op(s, i));

		if (TREE_CODE(out) == SSA_NAME)
			set(b, body_reg(b, out), unknown, gimple_location(s));
		else
			store(b, out, unknown, gimple_location(s));
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
