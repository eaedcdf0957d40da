/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control flow of one function: order, loops, liveness of registers.
 */
#ifndef DMACHECK_FLOW_H
#define DMACHECK_FLOW_H

#include "event.h"

struct flow {
	const struct function *f;
	unsigned int *order;		/* by block: place in reverse
					 * postorder, nblocks if unreachable */
	unsigned int *at;		/* the reverse */
	unsigned int nreachable;
	unsigned int nloops;
	unsigned int *header;		/* by loop: its header block */
	unsigned char **in;		/* by loop, by block: in the loop? */
	unsigned int *nlive, **live;	/* by block: registers live on entry,
					 * phi results included */
	unsigned int *uses;		/* by register: how often it is read */
};

/* Everything is allocated in @arena. */
struct flow *flow_of(struct arena *arena, const struct function *f);

/* The loop that the edge closes, or -1. */
int flow_back_edge(const struct flow *fl, unsigned int from, unsigned int to);

#endif
