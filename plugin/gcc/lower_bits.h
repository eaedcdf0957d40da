/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bit fields that are tested: the compiler reads all bits around them and
 * masks those that it wants; here it becomes loads of the members meant.
 */
#ifndef DMACHECK_LOWER_BITS_H
#define DMACHECK_LOWER_BITS_H

#include "body.h"

/* Does @ref read some bits of a struct, members or not? */
bool is_bits(tree ref);

/* Appends what "@lhs = @ref" does; is_bits(@ref), and @lhs is a register. */
void body_load_bits(struct body *b, tree lhs, tree ref, location_t where);

#endif
