// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_bits.h"
#include "lower_place.h"
#include "lower_stmt.h"
#include "lower_type.h"

using core::term;

/* Bits from @bit on of the struct or union @object. */
struct bits {
	tree object;
	HOST_WIDE_INT bit;
};

static bool get_bits(tree ref, struct bits *bits)
{
	if (TREE_CODE(ref) != BIT_FIELD_REF &&
	    TREE_CODE(ref) != VIEW_CONVERT_EXPR)
		return false;
	bits->object = TREE_OPERAND(ref, 0);
	bits->bit = 0;
	if (!RECORD_OR_UNION_TYPE_P(TREE_TYPE(bits->object)) ||
	    !INTEGRAL_TYPE_P(TREE_TYPE(ref)))
		return false;
	if (TREE_CODE(ref) == BIT_FIELD_REF)
		bits->bit = tree_to_shwi(TREE_OPERAND(ref, 2));
	return true;
}

bool is_bits(tree ref)
{
	struct bits bits = { NULL_TREE, 0 };

	return get_bits(ref, &bits);
}

/* The mask of "x & constant" if that is the one use of @name, else 0. */
static unsigned HOST_WIDE_INT masked_use(tree name)
{
	use_operand_p use;
	gimple *s;

	if (!single_imm_use(name, &use, &s) || !is_gimple_assign(s) ||
	    gimple_assign_rhs_code(s) != BIT_AND_EXPR ||
	    TREE_CODE(gimple_assign_rhs2(s)) != INTEGER_CST)
		return 0;
	return TREE_INT_CST_LOW(gimple_assign_rhs2(s));
}

/* Loads the member of @bits that holds bit @low of them into a new register;
 * *@begin and *@width: which of them it is. -1: there is none. */
static int load_member(struct body *b, const struct bits *bits, int low,
		       int *begin, int *width, location_t where)
{
	HOST_WIDE_INT at = 0;
	tree field = field_at(TREE_TYPE(bits->object), bits->bit + low, 1,
			      &at);
	core::event *e;
	const term *addr;
	int reg;

	if (!field || !DECL_NAME(field) ||
	    !tree_fits_shwi_p(DECL_SIZE(field)))
		return -1;
	*begin = at - bits->bit;
	*width = tree_to_shwi(DECL_SIZE(field));
	addr = body_member_address(b, bits->object, field, at);
	reg = body_fresh_reg(b, type_word(b->arena, TREE_TYPE(field)));
	e = body_event(b, core::EV_LOAD, where);
	e->reg = reg;
	e->addr = addr;
	e->type = b->regs[reg].type;
	return reg;
}

static bool is_whole(unsigned HOST_WIDE_INT mask, int begin, int width)
{
	unsigned HOST_WIDE_INT bits;

	if (begin < 0 || width < 1 || begin + width > HOST_BITS_PER_WIDE_INT)
		return false;
	bits = (HOST_WIDE_INT_M1U >> (HOST_BITS_PER_WIDE_INT - width)) <<
	       begin;
	return (mask & bits) == bits;
}

void body_load_bits(struct body *b, tree lhs, tree ref, location_t where)
{
	unsigned HOST_WIDE_INT mask = masked_use(lhs);
	const term *sum = mask ? core::term_const(b->terms, 0) :
				 core::term_unknown(b->terms);
	struct bits bits = { NULL_TREE, 0 };
	core::event *e;
	int low = 0;

	get_bits(ref, &bits);
	do {
		int begin, width, reg;

		low = mask ? ctz_hwi(mask) : 0;
		reg = load_member(b, &bits, low, &begin, &width, where);
		if (reg < 0 || !is_whole(mask, begin, width)) {
			sum = core::term_unknown(b->terms);
			break;
		}
		sum = core::term_op(b->terms, core::OP_OR,
				    core::term_op(b->terms, core::OP_SHL,
					core::term_reg(b->terms, reg),
					core::term_const(b->terms, begin),
					NULL), sum, NULL);
		while (mask && ctz_hwi(mask) < begin + width)
			mask &= mask - 1;
	} while (mask);
	e = body_event(b, core::EV_SET, where);
	e->reg = body_reg(b, lhs);
	e->value = sum;
}
