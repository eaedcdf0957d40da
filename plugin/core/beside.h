/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What lies beside a member that is mapped, in the same cache lines, and who
 * writes to it. Private to buffer.c and beside.c.
 */
#ifndef DMACHECK_BESIDE_H
#define DMACHECK_BESIDE_H

#include "callbacks.h"
#include "defs.h"

struct beside;

struct neighbour {
	const struct function *function;	/* NULL: nobody writes */
	const struct event *event;
	const struct term *member;
	enum confidence confidence;	/* that it is written while mapped */
};

/* Of c->u, once all of it has been walked; beside_free() frees it. */
struct beside *beside_new(struct checker *c);
void beside_free(struct beside *b);

/* The writer beside member @m, mapped as @site says, who is the surest. */
struct neighbour find_neighbour(struct beside *b, const struct member *m,
				const struct member_site *site);

#endif
