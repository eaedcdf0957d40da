/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Function pointers in tables, members and arguments: the driver's entries.
 */
#ifndef DMACHECK_LOWER_OPS_H
#define DMACHECK_LOWER_OPS_H

#include "compat.h"

/*
 * Adds to @u all functions in the initialisers of the unit's variables, and
 * those whose address its code stores in a member or gives to a function.
 */
void lower_ops(core::unit *u);

#endif
