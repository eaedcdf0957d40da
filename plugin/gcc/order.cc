// SPDX-License-Identifier: GPL-2.0-or-later
#include "order.h"

/* Blocks that do nothing in a row; more are not looked at. */
#define EMPTY_MAX 8

/* The first statement that does something, NULL: none. */
static gimple *first_stmt_that_acts(basic_block bb)
{
	gimple_stmt_iterator i;

	for (i = gsi_start_bb(bb); !gsi_end_p(i); gsi_next(&i)) {
		gimple *s = gsi_stmt(i);

		if (gimple_code(s) != GIMPLE_LABEL &&
		    gimple_code(s) != GIMPLE_PREDICT &&
		    !gimple_clobber_p(s) && !is_gimple_debug(s))
			return s;
	}
	return NULL;
}

greturn *order_bare_return(basic_block bb)
{
	gimple *s;
	int n;

	for (n = 0; n < EMPTY_MAX; n++) {
		s = first_stmt_that_acts(bb);
		if (s || !single_succ_p(bb))
			return s ? dyn_cast<greturn *>(s) : NULL;
		bb = single_succ(bb);
		if (bb->index == EXIT_BLOCK)
			return NULL;
	}
	return NULL;
}

edge order_return_edge(basic_block bb)
{
	gimple *last;

	if (bb->index == ENTRY_BLOCK || !single_succ_p(bb) ||
	    single_succ(bb)->index == EXIT_BLOCK ||
	    !order_bare_return(single_succ(bb)))
		return NULL;
	last = last_stmt(bb);
	return last && gimple_code(last) == GIMPLE_SWITCH ? NULL :
	       single_succ_edge(bb);
}

bool order_has_edge(const_edge e)
{
	return !(e->flags & (EDGE_EH | EDGE_ABNORMAL)) &&
	       e->dest->index != EXIT_BLOCK && order_return_edge(e->src) != e;
}

/* Last successors first, so that first ones get the lower numbers. */
static void visit_all(struct order *o, basic_block first)
{
	auto_vec<basic_block> stack;
	auto_vec<int> next;
	auto_vec<basic_block> done;

	stack.safe_push(first);
	next.safe_push(EDGE_COUNT(first->succs));
	o->number[first->index] = 0;
	while (!stack.is_empty()) {
		basic_block bb = stack.last();
		edge e;

		if (!next.last()) {
			done.safe_push(bb);
			stack.pop();
			next.pop();
			continue;
		}
		e = EDGE_SUCC(bb, --next.last());
		if (!order_has_edge(e) || o->number[e->dest->index] >= 0)
			continue;
		o->number[e->dest->index] = 0;
		stack.safe_push(e->dest);
		next.safe_push(EDGE_COUNT(e->dest->succs));
	}
	while (!done.is_empty()) {
		o->number[done.last()->index] = o->bb.length();
		o->bb.safe_push(done.pop());
	}
}

/* A first block that is jumped to is put behind an empty one. */
void order_init(struct order *o, ::function *in)
{
	basic_block entry = ENTRY_BLOCK_PTR_FOR_FN(in);
	basic_block first = single_succ(entry);

	o->number.safe_grow(last_basic_block_for_fn(in));
	for (unsigned int i = 0; i < o->number.length(); i++)
		o->number[i] = -1;
	visit_all(o, single_pred_p(first) ? first : entry);
}
