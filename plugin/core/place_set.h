/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set of members of structs: addresses of which place_same_member() is true
 * are one. A module has thousands, and they are asked for at every step.
 */
#ifndef DMACHECK_PLACE_SET_H
#define DMACHECK_PLACE_SET_H

#include "place.h"

/* All zero is the empty set. */
struct place_set {
	const struct term **slot;	/* open addressing, a power of two */
	unsigned int nslots, n;
};

/* False for what is no member of a struct. */
bool place_set_has(const struct place_set *s, const struct term *addr);

/* What is no member of a struct is not added. */
void place_set_add(struct arena *a, struct place_set *s,
		    const struct term *addr);

#endif
