/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where registers are loaded from, and where calls through members of structs
 * may lead: looked up often, so made once for a unit.
 */
#ifndef DMACHECK_TARGETS_H
#define DMACHECK_TARGETS_H

#include "checker.h"

struct targets;

/* Of c->u; lives in @a. */
struct targets *targets_new(struct checker *c, struct arena *a);
void targets_release(struct targets *t);

/* The member that register @reg of function @fn is loaded from, or NULL. */
const struct term *targets_loaded(struct targets *t, unsigned int fn,
				  int64_t reg);

/*
 * The functions that the indirect call @ev of function @fn may lead to: those
 * that initialisers and stores of the unit put into the member. At most @most
 * of them, into @to; returns how many.
 */
unsigned int targets_of(struct targets *t, unsigned int fn,
			const struct event *ev, unsigned int *to,
			unsigned int most);

#endif
