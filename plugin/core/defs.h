/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the registers of a function get their values, without walking it: for
 * rules that look at the text of a whole unit.
 */
#ifndef DMACHECK_DEFS_H
#define DMACHECK_DEFS_H

#include "checker.h"

/* One of the two is set; neither: a parameter's register, or none. */
struct def {
	const struct event *event;
	const struct phi *phi;
	unsigned int block;
};

/* Of function @index of the unit, by register; made once. */
const struct def *defs_of(struct checker *c, unsigned int index);

/*
 * @x with registers replaced by what they were set to. Loads become the
 * memory at their address, whenever that was; what a call or a phi yields
 * stays a register.
 */
const struct term *written_value(struct checker *c, unsigned int index,
				const struct term *x);

#endif
