/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One outcome of a function: what its callers see of one of its ends.
 */
#ifndef DMACHECK_OUTCOME_H
#define DMACHECK_OUTCOME_H

#include "checker.h"

/* Lives as long as the frame; then, a copy that the unit keeps. */
struct outcome outcome_of(struct checker *c, const struct world *w,
			  const struct term *value);
struct outcome outcome_keep(struct checker *c, const struct outcome *o);
/* Are the two releases, of what nobody here acquired, alike to a caller? */
bool same_release(const struct owned *a, const struct owned *b);
/* Does the outcome already say all that @one would? */
bool outcome_says(const struct outcome *o, const struct owned *one);
/* Do the results tell the two outcomes apart? */
bool outcomes_apart(const struct outcome *x, const struct outcome *y);

/* Is the mapping one that the outcome acquires or releases? */
bool outcome_moves(const struct outcome *o, const struct mapping *m);

/* Does the callee fail and leave what it acquired? */
bool outcome_leaves(const struct outcome *o);

#endif
