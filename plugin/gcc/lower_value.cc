// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_value.h"
#include "lower_place.h"

using core::term;

static const term *constant(struct body *b, tree x)
{
	if (TYPE_PRECISION(TREE_TYPE(x)) > HOST_BITS_PER_WIDE_INT &&
	    !tree_fits_shwi_p(x))
		return core::term_unknown(b->terms);
	return core::term_const(b->terms, TREE_INT_CST_LOW(x));
}

static const term *ssa_value(struct body *b, tree x)
{
	tree var = SSA_NAME_VAR(x);
	unsigned int i = 0;
	tree p;

	if (!SSA_NAME_IS_DEFAULT_DEF(x))
		return core::term_reg(b->terms, body_reg(b, x));
	if (!var || TREE_CODE(var) != PARM_DECL)
		return core::term_unknown(b->terms);
	for (p = DECL_ARGUMENTS(b->in->decl); p; p = DECL_CHAIN(p), i++)
		if (p == var)
			return core::term_param(b->terms, i);
	return core::term_unknown(b->terms);
}

const term *body_value(struct body *b, tree x)
{
	switch (TREE_CODE(x)) {
	case INTEGER_CST:
		return constant(b, x);
	case SSA_NAME:
		return ssa_value(b, x);
	case ADDR_EXPR:
		body_note_members(b, TREE_OPERAND(x, 0));
		return body_address(b, TREE_OPERAND(x, 0));
	case VIEW_CONVERT_EXPR:
		return body_value(b, TREE_OPERAND(x, 0));
	default:
		return core::term_unknown(b->terms);
	}
}

static bool is_number(tree type)
{
	return INTEGRAL_TYPE_P(type) || POINTER_TYPE_P(type);
}

static const term *convert(struct body *b, tree to, tree x)
{
	tree from = TREE_TYPE(x);
	unsigned int bits;

	if (!is_number(to) || !is_number(from))
		return core::term_unknown(b->terms);
	bits = TYPE_PRECISION(to);
	if (bits >= TYPE_PRECISION(from))
		return body_value(b, x);
	return core::term_op(b->terms, core::OP_TRUNC, body_value(b, x),
			     core::term_const(b->terms, bits), NULL);
}

static enum core::term_op comparison(tree_code code, bool is_unsigned)
{
	switch (code) {
	case EQ_EXPR:
		return core::OP_EQ;
	case NE_EXPR:
	case LTGT_EXPR:
		return core::OP_NE;
	case LT_EXPR:
		return is_unsigned ? core::OP_LTU : core::OP_LT;
	case LE_EXPR:
		return is_unsigned ? core::OP_LEU : core::OP_LE;
	case GT_EXPR:
		return is_unsigned ? core::OP_GTU : core::OP_GT;
	case GE_EXPR:
		return is_unsigned ? core::OP_GEU : core::OP_GE;
	default:
		return core::OP_NONE;
	}
}

const term *body_compare(struct body *b, tree_code code, tree x, tree y)
{
	tree type = TREE_TYPE(x);
	enum core::term_op op;

	op = comparison(code, POINTER_TYPE_P(type) || TYPE_UNSIGNED(type));
	if (op == core::OP_NONE || !is_number(type))
		return core::term_unknown(b->terms);
	return core::term_op(b->terms, op, body_value(b, x),
			     body_value(b, y), NULL);
}

static enum core::term_op arithmetic(tree_code code, bool is_unsigned)
{
	switch (code) {
	case PLUS_EXPR:
		return core::OP_ADD;
	case MINUS_EXPR:
	case POINTER_DIFF_EXPR:
		return core::OP_SUB;
	case MULT_EXPR:
		return core::OP_MUL;
	case TRUNC_DIV_EXPR:
	case EXACT_DIV_EXPR:
		return core::OP_DIV;
	case TRUNC_MOD_EXPR:
		return core::OP_MOD;
	case LSHIFT_EXPR:
		return core::OP_SHL;
	case RSHIFT_EXPR:
		return is_unsigned ? core::OP_SHRU : core::OP_SHR;
	case BIT_AND_EXPR:
	case TRUTH_AND_EXPR:
		return core::OP_AND;
	case BIT_IOR_EXPR:
	case TRUTH_OR_EXPR:
		return core::OP_OR;
	case BIT_XOR_EXPR:
	case TRUTH_XOR_EXPR:
		return core::OP_XOR;
	case NEGATE_EXPR:
		return core::OP_NEG;
	case MIN_EXPR:
		return core::OP_MIN;
	case MAX_EXPR:
		return core::OP_MAX;
	default:
		return core::OP_NONE;
	}
}

/* x - 1 of an unsigned x is x + 0xffffffff in GIMPLE. */
static const term *addend(struct body *b, tree y)
{
	tree type = TREE_TYPE(y);

	if (TREE_CODE(y) != INTEGER_CST || !is_number(type) ||
	    TYPE_PRECISION(type) > HOST_BITS_PER_WIDE_INT)
		return body_value(b, y);
	return core::term_const(b->terms, sext_hwi(TREE_INT_CST_LOW(y),
						   TYPE_PRECISION(type)));
}

static const term *binary(struct body *b, tree_code code, tree type, tree x,
			  tree y)
{
	enum core::term_op op;
	const term *value;

	if (code == POINTER_PLUS_EXPR)
		return body_pointer_plus(b, x, y);
	if (TREE_CODE_CLASS(code) == tcc_comparison)
		return body_compare(b, code, x, y);
	op = arithmetic(code, TYPE_UNSIGNED(TREE_TYPE(x)));
	if (op == core::OP_NONE || !is_number(type))
		return core::term_unknown(b->terms);
	value = op == core::OP_ADD ? addend(b, y) : body_value(b, y);
	return core::term_op(b->terms, op, body_value(b, x), value, NULL);
}

static const term *unary(struct body *b, tree_code code, tree type, tree x)
{
	enum core::term_op op = core::OP_NONE;

	if (CONVERT_EXPR_CODE_P(code))
		return convert(b, type, x);
	if (code == NEGATE_EXPR)
		op = core::OP_NEG;
	else if (code == BIT_NOT_EXPR && TREE_CODE(type) != BOOLEAN_TYPE)
		op = core::OP_NOT;
	else if (code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR)
		op = core::OP_LNOT;
	if (op == core::OP_NONE || !is_number(type))
		return core::term_unknown(b->terms);
	return core::term_op(b->terms, op, body_value(b, x), NULL, NULL);
}

/* The number part of what .MUL_OVERFLOW() and its kind return. */
static const term *checked_part(struct body *b, tree complex)
{
	enum core::term_op op;
	gimple *def;

	if (TREE_CODE(complex) != SSA_NAME)
		return core::term_unknown(b->terms);
	def = SSA_NAME_DEF_STMT(complex);
	if (gimple_call_internal_p(def, IFN_MUL_OVERFLOW))
		op = core::OP_MUL;
	else if (gimple_call_internal_p(def, IFN_ADD_OVERFLOW))
		op = core::OP_ADD;
	else if (gimple_call_internal_p(def, IFN_SUB_OVERFLOW))
		op = core::OP_SUB;
	else
		return core::term_unknown(b->terms);
	return core::term_op(b->terms, op,
			     body_value(b, gimple_call_arg(def, 0)),
			     body_value(b, gimple_call_arg(def, 1)), NULL);
}

/* A condition is an SSA name or a comparison. */
static const term *condition(struct body *b, tree x)
{
	if (COMPARISON_CLASS_P(x))
		return body_compare(b, TREE_CODE(x), TREE_OPERAND(x, 0),
				    TREE_OPERAND(x, 1));
	return body_value(b, x);
}

const term *body_rhs(struct body *b, gassign *s)
{
	tree_code code = gimple_assign_rhs_code(s);
	tree type = TREE_TYPE(gimple_assign_lhs(s));
	tree x = gimple_assign_rhs1(s);

	switch (get_gimple_rhs_class(code)) {
	case GIMPLE_BINARY_RHS:
		return binary(b, code, type, x, gimple_assign_rhs2(s));
	case GIMPLE_UNARY_RHS:
		return unary(b, code, type, x);
	case GIMPLE_TERNARY_RHS:
		if (code != COND_EXPR)
			return core::term_unknown(b->terms);
		return core::term_op(b->terms, core::OP_COND,
				     condition(b, x),
				     body_value(b, gimple_assign_rhs2(s)),
				     body_value(b, gimple_assign_rhs3(s)));
	default:
		if (code == REALPART_EXPR)
			return checked_part(b, TREE_OPERAND(x, 0));
		return body_value(b, x);
	}
}
