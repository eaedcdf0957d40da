/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which functions matter by what they do to DMA memory, not by what they
 * call: they read what a mapping wrote into a list, make a device, keep a
 * pointer to one that does no DMA, or compare handles.
 */
#ifndef DMACHECK_SELECT_USE_H
#define DMACHECK_SELECT_USE_H

#include "compat.h"

/* Does a statement of @fn, which is in SSA form, do so? */
bool uses_dma(const core::rules *r, ::function *fn);

#endif
