/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Value flow: where a value may go in a unit, whatever the path, the object
 * and the element.
 *
 * A graph with a node for each register, parameter, result, automatic
 * variable, global and member (by struct tag and name), and an edge for each
 * copy. What is not reached from a value is not told of it by this unit, so
 * that "nobody releases it" can be said; what is reached may be.
 */
#ifndef DMACHECK_VALUEFLOW_H
#define DMACHECK_VALUEFLOW_H

#include "targets.h"

/* A call that acquires or releases, and the function it is in. */
struct vsite {
	const struct api *api;
	unsigned int function;		/* number in the unit */
	const struct event *event;
	unsigned int node;		/* of a release */
};

struct vflow;

/* The graph of c->u; lives in @a, as all that is asked of it. */
struct vflow *vflow_new(struct checker *c, struct arena *a,
			struct targets *t);

/* All calls that acquire, and all that release or free. */
const struct vsite *vflow_acquires(const struct vflow *v, unsigned int *n);
const struct vsite *vflow_releases(const struct vflow *v, unsigned int *n);

/* What is reached from a value. */
struct vreach {
	bool out;			/* somebody unknown is given it */
	unsigned int nreleases;
	const struct vsite **release;
	unsigned int nplaces;
	const struct term **place;	/* members and globals that keep it,
					 * or what is made of it */
	bool *whole;			/* by place: it keeps the value */
};

/*
 * From what @acquire yields to the first places that keep it, and to what it
 * reaches without them.
 */
struct vreach vflow_kept(struct vflow *v, const struct vsite *acquire);

/* From what the member or global @place holds, through others too. */
struct vreach vflow_from(struct vflow *v, const struct term *place);

#endif
