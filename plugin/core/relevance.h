/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which facts are worth keeping apart?
 *
 * Two worlds that differ only in a fact nobody will ask about are one. A fact
 * matters if a condition that can still be reached reads the same member, or
 * if the branch that taught it decides what happens to a mapping, which a
 * caller may want to know.
 */
#ifndef DMACHECK_RELEVANCE_H
#define DMACHECK_RELEVANCE_H

#include "flow.h"

/* A set of member names and parameters; may say yes too often, never no. */
struct name_set {
	uint64_t bits[4];
};

struct relevance {
	struct name_set *ahead;		/* by block: read from here on */
	unsigned char *decides;		/* by block: does its branch decide
					 * about ownership? */
};

/* Does the event acquire, release or hand over? Given by the caller. */
typedef bool owns_fn(void *data, const struct event *ev);

/* Adds what the callee of the event reads, as far as its summary tells. */
typedef void reads_fn(void *data, const struct event *ev,
		      struct name_set *names);

struct relevance *relevance_of(struct arena *arena, const struct flow *fl,
			       owns_fn *owns, reads_fn *reads, void *data);

/* Adds the members and parameters that the value is read from. */
void relevance_add(struct name_set *names, const struct term *x);

/* Can a condition ahead of @block read what the fact about @x is of? */
bool relevance_ahead(const struct relevance *r, unsigned int block,
		     const struct term *x);

#endif
