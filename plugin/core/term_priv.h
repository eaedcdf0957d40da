/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the three parts of terms (table, operators, text form) share. Nobody
 * else includes this.
 */
#ifndef DMACHECK_TERM_PRIV_H
#define DMACHECK_TERM_PRIV_H

#include "term.h"

/* The operator term as it stands, not simplified; only for simplifiers. */
const struct term *term_op_raw(struct term_table *t, enum term_op op,
			       unsigned int nargs,
			       const struct term *const *arg);

/* How many arguments @op takes: 1 to 3; 0 if it is no operator. */
unsigned int term_op_arity(enum term_op op);

#endif
