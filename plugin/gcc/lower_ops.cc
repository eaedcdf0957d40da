// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_ops.h"
#include "lower_type.h"

/* The place in an initialiser: its variable and the struct around. */
struct place_in {
	core::unit *unit;
	const char *object;
	const char *type, *field;
	unsigned int element, *elements;	/* this one, those so far */
};

static void walk(struct place_in at, tree value)
{
	unsigned HOST_WIDE_INT i;
	const char *tag;
	tree index, item;

	STRIP_NOPS(value);
	if (TREE_CODE(value) == ADDR_EXPR &&
	    TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL) {
		core::ops o = { at.type, at.field, at.object,
				decl_name(at.unit->arena,
					  TREE_OPERAND(value, 0)),
				at.element, 0 };

		if (o.type && o.field && o.function)
			core::unit_add_ops(at.unit, o);
		return;
	}
	if (TREE_CODE(value) != CONSTRUCTOR)
		return;
	tag = RECORD_OR_UNION_TYPE_P(TREE_TYPE(value)) ?
	      type_tag(at.unit->arena, TREE_TYPE(value)) : NULL;
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, item) {
		struct place_in inner = at;

		if (tag)
			inner.type = tag;
		else if (TREE_CODE(TREE_TYPE(value)) == ARRAY_TYPE)
			inner.element = ++*at.elements;
		if (index && TREE_CODE(index) == FIELD_DECL &&
		    DECL_NAME(index))
			inner.field = decl_name(at.unit->arena, index);
		walk(inner, item);
	}
}

static int by_source(const void *x, const void *y)
{
	const varpool_node *a = *(varpool_node *const *)x;
	const varpool_node *b = *(varpool_node *const *)y;

	return a->order - b->order;
}

/* The argument of a call, or the member of a struct, that @fn becomes. */
static void add_taken(core::unit *u, gimple *s, const char *fn)
{
	core::ops o = { NULL, NULL, "-", fn, 0, 0 };
	tree to;

	if (is_gimple_call(s) && gimple_call_fndecl(s)) {
		o.type = decl_name(u->arena, gimple_call_fndecl(s));
		o.field = "-";
	} else if (gimple_assign_single_p(s)) {
		to = gimple_assign_lhs(s);
		if (TREE_CODE(to) != COMPONENT_REF)
			return;
		o.type = type_tag(u->arena, TREE_TYPE(TREE_OPERAND(to, 0)));
		o.field = decl_name(u->arena, TREE_OPERAND(to, 1));
	}
	if (o.type && o.field)
		core::unit_add_ops(u, o);
}

/* Functions whose address some code takes: "p->ops.done = x_done". */
static void lower_taken(core::unit *u)
{
	cgraph_node *node;
	ipa_ref *ref;
	int i;

	FOR_EACH_FUNCTION(node) {
		const char *name = decl_name(u->arena, node->decl);

		if (!node->address_taken || !node->definition || !name)
			continue;
		for (i = 0; node->iterate_referring(i, ref); i++)
			if (ref->use == IPA_REF_ADDR && ref->stmt &&
			    is_a<cgraph_node *>(ref->referring))
				add_taken(u, ref->stmt, name);
	}
}

void lower_ops(core::unit *u)
{
	auto_vec<varpool_node *> vars;
	unsigned int elements;
	struct place_in at = { u, NULL, NULL, NULL, 0, &elements };
	varpool_node *node;
	unsigned int i;

	FOR_EACH_VARIABLE(node) {
		tree init = DECL_INITIAL(node->decl);

		if (init && init != error_mark_node &&
		    TREE_CODE(init) == CONSTRUCTOR && DECL_NAME(node->decl))
			vars.safe_push(node);
	}
	vars.qsort(by_source);
	for (i = 0; i < vars.length(); i++) {
		elements = 0;
		at.object = decl_name(u->arena, vars[i]->decl);
		walk(at, DECL_INITIAL(vars[i]->decl));
	}
	lower_taken(u);
}
