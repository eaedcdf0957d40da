/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A place is where a driver keeps something: the memory at an address term.
 *
 * The same place has three identities, from exact to coarse:
 *	the address term		within one path of one function
 *	its shape, indices ignored	ring[0].dma and ring[i].dma
 *	(struct tag, member)		across functions and files
 */
#ifndef DMACHECK_PLACE_H
#define DMACHECK_PLACE_H

#include "event.h"

/* The address without members and elements: the object it lies in. */
const struct term *place_object(const struct term *addr);

/* The innermost thing the address is reached from, through loads too. */
const struct term *place_root(const struct term *addr);

/* Is the object an automatic variable? */
bool place_is_local(const struct term *addr);

/* Equal but for the indices of elements? */
bool place_same_shape(const struct term *a, const struct term *b);

/* The outermost named member of the address, or NULL. */
const struct term *place_member(const struct term *addr);

/*
 * The member through which event @ev of @f calls, "p->ops->run(p)"; NULL if
 * the callee is known or its address comes from elsewhere.
 */
const struct term *place_called(const struct function *f,
				const struct event *ev);

/* Are both members, whatever of, the same member of the same struct? */
bool place_same_field(const struct term *a, const struct term *b);

/* Do both addresses end in the same member of the same struct? */
bool place_same_member(const struct term *a, const struct term *b);

/* The same, or are they the same variable? */
bool place_same_thing(const struct term *a, const struct term *b);

/* Is the term computed, or does it contain what is? */
bool term_has_op(const struct term *x);

/* Does the address contain an element of an array? */
bool place_has_element(const struct term *addr);

/* The value without truncation: what was stored, if in part. */
const struct term *term_strip(const struct term *x);

/*
 * The name a driver developer would give the place or value, such as
 * "ring->desc[].dma": a string in @arena, "-" if it has none.
 */
const char *place_name(struct arena *arena, const struct function *f,
		       const struct term *addr);
const char *value_name(struct arena *arena, const struct function *f,
		       const struct term *value);

#endif
