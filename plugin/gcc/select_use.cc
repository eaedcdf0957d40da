// SPDX-License-Identifier: GPL-2.0-or-later
#include "select_use.h"

static const char *tag_of(tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name ? IDENTIFIER_POINTER(name) : NULL;
}

typedef bool (*member_fn)(const core::rules *r, const char *type,
			  const char *field);

/* Is @ref a member that @is knows? */
static bool is_member(const core::rules *r, tree ref, member_fn is)
{
	const char *type;
	tree field;

	if (!ref || TREE_CODE(ref) != COMPONENT_REF)
		return false;
	field = TREE_OPERAND(ref, 1);
	type = tag_of(DECL_CONTEXT(field));
	return type && DECL_NAME(field) &&
	       is(r, type, IDENTIFIER_POINTER(DECL_NAME(field)));
}

static bool is_handle(tree x)
{
	tree type = TREE_TYPE(x), name;

	for (; type && TYPE_NAME(type) &&
	     TREE_CODE(TYPE_NAME(type)) == TYPE_DECL;
	     type = DECL_ORIGINAL_TYPE(TYPE_NAME(type))) {
		name = DECL_NAME(TYPE_NAME(type));
		if (name && !strcmp(IDENTIFIER_POINTER(name), "dma_addr_t"))
			return true;
	}
	return false;
}

static bool is_use(const core::rules *r, gimple *s)
{
	tree x, callee;

	if (is_gimple_call(s)) {
		callee = gimple_call_fndecl(s);
		return callee && DECL_NAME(callee) && core::rules_makes_device(
			r, IDENTIFIER_POINTER(DECL_NAME(callee)));
	}
	if (gimple_code(s) == GIMPLE_COND)
		return TREE_CODE(gimple_cond_lhs(s)) == SSA_NAME &&
		       TREE_CODE(gimple_cond_rhs(s)) == SSA_NAME &&
		       is_handle(gimple_cond_lhs(s)) &&
		       is_handle(gimple_cond_rhs(s));
	if (!is_gimple_assign(s))
		return false;
	x = gimple_assign_rhs1(s);
	if (is_member(r, x, core::rules_mapped_member) ||
	    is_member(r, x, core::rules_class_device))
		return true;
	return TREE_CODE(x) == ADDR_EXPR &&
	       is_member(r, TREE_OPERAND(x, 0), core::rules_class_device);
}

bool uses_dma(const core::rules *r, ::function *fn)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fn)
		for (gimple_stmt_iterator i = gsi_start_bb(bb); !gsi_end_p(i);
		     gsi_next(&i))
			if (is_use(r, gsi_stmt(i)))
				return true;
	return false;
}
