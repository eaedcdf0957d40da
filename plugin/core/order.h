/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Teardown order, decided over the unit without walking it: which code runs
 * by itself, what it uses, and what ends it before, after or never where that
 * is released. Private to agent.c, order.c and order_judge.c.
 *
 * All of it lives in the arena of the unit.
 */
#ifndef DMACHECK_ORDER_H
#define DMACHECK_ORDER_H

#include "checker.h"

/* Agents of a unit; those beyond are not looked at. */
#define AGENTS 60
/* Members whose content is released; likewise. */
#define MEMBERS 256

/* Bits beside those of the agents: what happens on the way. */
#define ORDER_OUTSIDE (1ull << 61)	/* code in another file ran */
#define ORDER_TOLD (1ull << 62)		/* the device may have been told */

/* One thing that runs by itself. */
struct agent {
	unsigned int kind;		/* index in rules->runner */
	const struct term *key;		/* member or global object that stands
					 * for it; NULL: not known */
	const struct function *begun;	/* where; NULL: in a table */
	struct loc loc;
	unsigned int nhandlers;
	unsigned int *handler;		/* functions of the unit */
	bool managed;			/* devres ends it */
	bool ended;			/* somewhere in the unit */
};

struct member_set {
	uint64_t bit[MEMBERS / 64];
};

/* One release, seen from the end of a function that leads to it. */
struct release {
	const struct term *value;	/* what is released, in terms of the
					 * function's parameters */
	int member;			/* that it is read from, or -1 */
	const struct term *path;	/* the value in terms of the function
					 * that leads to it */
	const struct api *api;
	const struct function *in;	/* that calls the API */
	struct loc loc;
	const struct term *place;	/* in terms of @in */
	const struct trail *calls;	/* that lead there */
	uint64_t before, after, begun;
};

/* What a function does, callees included. */
struct order_sum {
	bool done;
	uint64_t ends, begins;
	unsigned int nreleases;
	struct release *release;
};

struct order {
	struct checker *c;
	unsigned int nagents, nmembers;
	struct agent *agent;
	const struct term **member;	/* that are released from */
	const struct term ***value;	/* by function, register: agent.c */
	const struct term ***path;	/* likewise: order_path() */
	struct member_set *uses;	/* by function, callees included */
	unsigned char *used;		/* by function: is it in uses? */
	bool **reach;			/* by function, by function */
	struct order_sum *sum;		/* by function; see sum_of() */
};

/* All events of a function, in order: while ((ev = scan_next(&s))). */
struct scan {
	const struct function *f;
	unsigned int block, event;	/* the next one */
};
const struct event *scan_next(struct scan *s);
/* The function that an event calls by name: its index, or -1. */
int called_by(struct order *o, const struct event *ev);
/* The value of @x in function @index in terms of parameters and memory. */
const struct term *order_value(struct order *o, unsigned int index,
			       const struct term *x);
/* The same, where a loop is at its beginning. */
const struct term *order_path(struct order *o, unsigned int index,
			      const struct term *x);
/* @x, of what @ev of function @index calls, in terms of @index; @value is one
 * of the two above. */
typedef const struct term *value_fn(struct order *o, unsigned int index,
				    const struct term *x);
const struct term *order_bound(struct order *o, unsigned int index,
			       const struct event *ev, const struct term *x,
			       value_fn *value);
/* answer.c: what the condition @x of function @index asks, beyond calls. */
const struct term *order_asked(struct order *o, unsigned int index,
			       const struct term *x);
/* Index of a function of the unit, -1: none. */
int order_function(struct order *o, const char *name);
/* Fills in o->agent. */
void find_agents(struct order *o);
/* The agents that the call @ev in function @index begins or ends: a set. */
uint64_t agents_of_call(struct order *o, unsigned int index,
			const struct event *ev, bool end);
/* Does the function @index call @callee, directly or not, or is it? */
bool reaches(struct order *o, unsigned int index, unsigned int callee);
/* Does the function, or what it calls, use what member @k leads to? */
bool uses_member(struct order *o, unsigned int index, unsigned int k);
/* Does @ev of function @index use what the member leads to? */
bool is_use(struct order *o, unsigned int index, const struct event *ev,
	    unsigned int member);

/* gate.c: are all uses in @handler of what @r releases behind a test of what
 * is written, on the way from the root, before the release? */
bool is_gated(struct order *o, unsigned int handler, const struct release *r);

/*
 * The same of the release at @loc of @f itself: behind a test of what @f, or
 * what it calls, writes. A second call of it releases nothing.
 */
bool releases_once(struct checker *c, const struct function *f,
		   struct loc loc);

/* instance.c: are the places, of one member, in two objects for certain? */
bool other_instance(const struct term *a, const struct term *b);
/* Is the place in an element of a list? */
bool is_listed(const struct term *place);
/* Does function @index, or what it calls, use what @r may release? */
bool uses_instance(struct order *o, unsigned int index,
		   const struct release *r);

/* order.c: what the function does to agents; callees first, once. */
const struct order_sum *sum_of(struct order *o, unsigned int index,
			       unsigned int depth);
const struct trail *order_step(struct checker *c, const struct trail *t,
			       const struct function *f, struct loc loc,
			       const char *text);

/* wait.c: may the call tell the device something? @k NULL: indirect. */
bool call_works(struct checker *c, const struct callee *k);

#endif
