/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In which context does code run, and what must not be called there?
 *
 * Beside the worlds, and much cheaper: of each function, what certainly holds
 * at each of its calls whatever the path (locks.c), what registers stand for
 * (static_value.c), what its calls need of the context (need.c), which of
 * that it grants itself (atomic.c, bottom-up over the call graph), and what
 * there is to say (atomic_say.c).
 */
#ifndef DMACHECK_ATOMIC_H
#define DMACHECK_ATOMIC_H

#include "checker.h"

/* The depth at the entry of a function: what its caller holds. */
#define DEPTH 16
#define NESTED 3

/*
 * How deep each part of enum ctx_part is nested: more than DEPTH, the function
 * itself holds it; less, it has given back what its caller held.
 */
struct depths {
	bool reached;
	bool doubt;			/* since the first of them began, a
					 * function was called that is not
					 * seen, and might have ended it */
	signed char n[CTX_PARTS];
	const struct event *by[CTX_PARTS][NESTED];	/* who began it */
};

/* What a function does to its caller's depths, at least. */
struct lock_effect {
	signed char delta[CTX_PARTS];
	bool doubt;			/* it may do more, unseen */
	bool any;
};

/* One block after the other, from its entry. */
typedef void depths_fn(void *data, const struct event *ev,
		       unsigned int block, const struct depths *d);
/* The effect of the call on its caller; NULL: none. */
typedef const struct lock_effect *effect_fn(void *data,
					    const struct event *ev);

/*
 * Calls @at with the depths before each call of @f that can be reached, and
 * returns the effect of @f as a whole.
 */
struct lock_effect find_depths(struct arena *a, const struct function *f,
			       effect_fn *effect, depths_fn *at, void *data);

/* What registers stand for, in terms of parameters and initial memory. */
struct static_values;
struct static_values *static_values_new(struct checker *c, struct arena *a,
					const struct function *f);
const struct term *static_value(struct static_values *v,
				const struct term *x);

/*
 * Hands to @each the conditions that hold wherever @block is run, as far as
 * one branch decides them, with the block that the branch leads to.
 */
typedef void condition_fn(void *data, const struct term *x, bool truth,
			  unsigned int from);
void static_conditions(struct static_values *v, unsigned int block,
		       condition_fn *each, void *data);

/* A parameter through which the function reads or writes members? */
bool static_is_pointer(const struct static_values *v, const struct term *x);

/*
 * Is the member at @addr, of whatever object, written to where only @block
 * leads?
 */
bool static_sets(const struct static_values *v, const struct term *addr,
		 unsigned int block);

/* Is it made of parameters and constants alone? */
bool of_parameters(const struct term *x);

/* Parameters replaced by the static values of the arguments of a call. */
const struct term *static_translate(struct static_values *v,
				    const struct event *call,
				    const struct term *x);

/*
 * A call that needs something of the context it is made in. Handed to the
 * callers as far as the function does not decide it itself.
 */
#define CONDITIONS 4

struct condition {
	const struct term *x;
	bool truth;
	bool flag;			/* may say whether it may sleep */
};

struct need {
	const struct api *api;
	bool irqs;			/* needs interrupts enabled, and may
					 * sleep in rare cases only */
	const struct term *gfp;		/* of parameters: sleeps if these flags
					 * say so; NULL: always */
	unsigned int parts;		/* of the caller's context that still
					 * hold there: a set */
	bool guess;			/* it rests on what is not known here */
	bool doubt;			/* see struct depths */
	unsigned int nconditions;
	struct condition condition[CONDITIONS];
	const struct event *at;		/* in this function */
	const struct function *function;
	const struct need *down;	/* in the callee; NULL: the API */
};

struct known {
	bool begun, done;
	struct lock_effect effect;
	unsigned int nneeds;
	const struct need **need;
};

struct contexts {
	struct checker *c;
	struct arena *a;
	struct known *known;		/* by function */
	unsigned int index;		/* of the function being looked at */
	const struct function *f;
	struct static_values *values;	/* made when asked for */
	const struct event *said[2];	/* the last call that a finding was
					 * about: release, acquire */
	unsigned int depth;
};

/* need.c */
/* What the call of an API needs, into the blank @n; false: nothing. */
bool need_of_api(struct contexts *k, struct need *n, const struct event *ev,
		 const struct api *api);
/* A need of a callee, in terms of the caller; false: it has none then. */
bool need_of_callee(struct contexts *k, struct need *n,
		    const struct event *ev, const struct need *down);
/*
 * Adds the conditions under which @block is run; false: the function asks
 * for its context first, and knows what it does.
 */
bool need_conditions(struct contexts *k, struct need *n, unsigned int block);
/* May it sleep, by its flags? 1 yes, 0 no, -1 not known. */
int need_sleeps(const struct contexts *k, const struct need *n);
/* The static values of the function being looked at. */
struct static_values *context_values(struct contexts *k);

/* atomic_say.c */
/* In a function that holds @held itself, as @d tells. */
void say_held(struct contexts *k, const struct need *n,
	      const struct depths *d, unsigned int held);
/* In the callback @name. */
void say_called_back(struct contexts *k, const struct need *n,
		     unsigned int held, const char *name,
		     const struct callback *cb);

#endif
