/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of function pointers: the driver's entries.
 */
#ifndef DMACHECK_LOWER_OPS_H
#define DMACHECK_LOWER_OPS_H

#include "compat.h"

/* Adds to @u all functions in the initialisers of the unit's variables. */
void lower_ops(core::unit *u);

#endif
