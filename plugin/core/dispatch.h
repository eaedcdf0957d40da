/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call through a table of functions does to a world.
 */
#ifndef DMACHECK_DISPATCH_H
#define DMACHECK_DISPATCH_H

#include "checker.h"

/*
 * The number of the table at address @table, as far as a world knows: a fact
 * on this term.
 */
const struct term *table_fact(const struct checker *c,
			      const struct term *table);

/* Does the event call through a table, or read a member of one? */
bool is_through_table(const struct checker *c, const struct event *ev);

/*
 * What the member at @addr holds, if @w knows of which table it is: the
 * address of a function, or 0; else NULL.
 */
const struct term *table_member(struct checker *c, const struct world *w,
				const struct term *addr);

enum dispatched {
	DISPATCH_NONE,		/* not known where it leads: nothing done */
	DISPATCH_SOME,		/* what moves ownership is done; else it is
				 * a call that does not */
	DISPATCH_ALL,
};

/*
 * The call @at of the function being walked, whose arguments are @arg, in
 * copies of @w: @then is called with each.
 */
enum dispatched dispatch(struct checker *c, const struct world *w,
			 struct place_in_code at, const struct term **arg,
			 then_fn *then, void *data);

#endif
