/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is said of the unit as a whole, beside the worlds: each is called once,
 * when all functions have been walked, and reports what it finds.
 */
#ifndef DMACHECK_UNITWIDE_H
#define DMACHECK_UNITWIDE_H

#include "checker.h"

/* atomic.c: calls that may sleep, where code must not. */
void judge_context(struct checker *c);

/* escape.c: sites where addresses leave the driver's variables. */
void find_escapes(struct checker *c);

/* devres.c: mappings of managed memory that nobody ends. */
void judge_devres(struct checker *c);

/* buried.c: of the function just walked, objects freed with a mapping. */
void judge_buried(struct checker *c);

#endif
