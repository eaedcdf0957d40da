/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lowering makes the core's event form from GIMPLE.
 *
 * It runs when all functions are in SSA form and none is optimised or
 * inlined, so that calls still are what the driver wrote. It reads GIMPLE
 * and changes nothing: object code is the same with and without it.
 */
#ifndef DMACHECK_LOWER_H
#define DMACHECK_LOWER_H

#include "places.h"

/*
 * Lowers the functions of this translation unit that can matter to @r (see
 * select.h), in the order of the source, into @u, with the tables of function
 * pointers, and remembers in @places where all of it is. Returns the number
 * of functions; 0 if the unit has nothing to do with the DMA API, which costs
 * next to nothing. With @all, every function of the driver is lowered: one of
 * another unit may be what makes it matter.
 */
unsigned int lower_unit(core::unit *u, const core::rules *r,
			struct places *places, bool all);

#endif
