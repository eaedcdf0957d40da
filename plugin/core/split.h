/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks that end where worlds may fork. */
#ifndef DMACHECK_SPLIT_H
#define DMACHECK_SPLIT_H

#include "checker.h"

/*
 * A copy, in the checker's arena, of function number @function of the unit in
 * which no block goes on after a call that may have several outcomes. Events
 * keep their ids.
 */
struct function *split_calls(struct checker *c, unsigned int function);

#endif
