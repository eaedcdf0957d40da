/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values: operands and right sides of GIMPLE as terms of the core.
 *
 * Casts that keep all bits vanish; those that do not are OP_TRUNC. Floating
 * point, vectors and whole structs have no value.
 */
#ifndef DMACHECK_LOWER_VALUE_H
#define DMACHECK_LOWER_VALUE_H

#include "body.h"

/* The value of a register, constant or address. */
const core::term *body_value(struct body *b, tree x);

/* The comparison @code of @x and @y: 1 if it holds, else 0. */
const core::term *body_compare(struct body *b, tree_code code, tree x,
			       tree y);

/* The value of the right side of @s, which reads no memory. */
const core::term *body_rhs(struct body *b, gassign *s);

#endif
