/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The blocks of a function that the event form has, and their order.
 *
 * The compiler lets all returns of a function meet in one block (or a few in
 * a row), which does nothing but choose the value. In the event form each of
 * them returns where it stands, so that the place and the value of each are
 * known; the common block is left to those that get there by a test.
 */
#ifndef DMACHECK_ORDER_H
#define DMACHECK_ORDER_H

#include "compat.h"

/* The blocks that can be reached, in reverse postorder. */
struct order {
	auto_vec<basic_block> bb;
	auto_vec<int> number;		/* by index of the compiler, -1 */
};

void order_init(struct order *o, ::function *in);

/* Is @e an edge of the event form? Exceptions, computed jumps and returns
 * that stand by themselves are none. */
bool order_has_edge(const_edge e);

/* The return statement to which @bb leads and does nothing before; NULL: it
 * does something, or does not return. */
greturn *order_bare_return(basic_block bb);

/* The edge from @bb to a bare return that it does instead; NULL: none. */
edge order_return_edge(basic_block bb);

#endif
