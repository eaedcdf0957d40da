/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callbacks: who outside of the unit calls its functions, and what part of a
 * life that is.
 */
#ifndef DMACHECK_CALLBACKS_H
#define DMACHECK_CALLBACKS_H

#include "targets.h"

/* From what a function is reached, through whatever calls; a set by depth. */
struct roots {
	unsigned int begin, end, during;
	bool init, exit;		/* of the module */
	bool other;			/* somebody whose part is not known */
};

/* Adds @from to @to; true if that changed it. */
bool roots_merge(struct roots *to, const struct roots *from);

/* A callback of the unit that has a part in a life. */
struct hook {
	const struct ops *ops;
	const struct lifecycle *life;
	int index;			/* of the function, -1: no body */
};

struct call_edge {
	unsigned int from, to;
};

struct call_graph {
	unsigned int n;
	struct call_edge *edge;
	bool *through_ops;		/* by function: somebody here calls it
					 * through a table */
};

struct callbacks {
	struct arena *a;
	struct targets *t;
	struct call_graph calls;
	unsigned int nfunctions;
	struct roots *roots;		/* by function */
	struct roots *own;		/* those of the function itself */
	unsigned int n;
	struct hook *hook;
	bool closed;			/* no other file calls the unit or is
					 * called by it */
};

struct callbacks *callbacks_find(struct checker *c, struct arena *a,
				 struct targets *t);

/*
 * The functions that lead to @fn, itself included, by number; what leads to
 * @but is left out.
 */
bool *callbacks_leading_to(const struct callbacks *cb, unsigned int fn,
			   int but);

/*
 * The callback that ends what leads to function @fn, of one of the levels in
 * the set: the innermost, and one with a body here before one without; or
 * NULL.
 */
const struct hook *hook_ending(const struct callbacks *cb,
				       unsigned int fn, unsigned int levels);

/*
 * Do the callbacks that lead to function @fn, of those that run during a
 * level, run no more after @end? Those that say by which call they stop do
 * only if @end leads to that.
 */
bool hook_stops(struct checker *c, const struct callbacks *cb,
		const struct hook *end, unsigned int fn);

/* gone.c: the device that a release needs is cleared before. */
void judge_gone(struct checker *c, const struct callbacks *cb);
/* sequence.c: what some sequence of callbacks releases twice. */
void judge_sequences(struct checker *c, const struct callbacks *cb);

#endif
