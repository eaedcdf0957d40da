/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way back from file, line and column to the compiler's own locations,
 * which know the whole expression: warnings underline it.
 */
#ifndef DMACHECK_PLACES_H
#define DMACHECK_PLACES_H

#include "compat.h"

/* By file number of the unit, line and column. */
struct places {
	hash_map<int_hash<uint64_t, 0>, location_t> at;
};

/* Remembers that @where is at @loc, unless something else is already, or
 * @where is in a macro. */
void places_add(struct places *p, core::loc loc, location_t where);

/*
 * The location at @line:@col of @file, a path as the compiler was given it:
 * what was remembered, else the bare position; UNKNOWN_LOCATION if the unit
 * did not read such a line.
 */
location_t places_find(const struct places *p, const core::unit *u,
		       const char *file, unsigned int line,
		       unsigned int col);

#endif
