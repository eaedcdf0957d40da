/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What knowing (fact.c) and learning (learn.c) share. Nobody else includes
 * this.
 */
#ifndef DMACHECK_FACT_PRIV_H
#define DMACHECK_FACT_PRIV_H

#include "world.h"

/* The kernel's ERR_PTR range, include/linux/err.h. */
#define MAX_ERRNO 4095

/* The fact about exactly this term, or NULL. */
const struct fact *fact_find(const struct world *w, const struct term *x);

/* Is it 0 or 1, whatever the values in it? */
bool fact_is_bool(const struct term *x);

/* The comparison of signed numbers that looks like @op. */
enum term_op fact_signed(enum term_op op);

/* Is it IS_ERR() of something? Then *@is_err says which truth means so. */
bool fact_is_err(const struct term *x, bool *is_err);

/*
 * One spelling for each comparison of two terms, so that a fact learnt from
 * "i < n" answers "n <= i": only <, <u and == remain.
 */
const struct term *fact_canonical(struct term_table *t, const struct term *x,
				  bool *negated);

/* fact_truth() of a term that is spelt that way and is not vague. */
int fact_known(struct term_table *t, const struct world *w,
	       const struct term *x);

#endif
