/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Members of a list that mean something only while it is mapped, and are read
 * before it is: what the functions of a unit read, and map, and in which
 * order. Nothing is walked; a path that cannot be taken counts as one.
 */
#ifndef DMACHECK_UNMAPPED_H
#define DMACHECK_UNMAPPED_H

#include "defs.h"

/* Where something happens in a function: in a call, if further down. */
struct list_at {
	const struct event *ev;
	unsigned int block;
};

/* A list in terms of the function's parameters, and where it is read. */
struct list_read {
	const struct term *list;
	const struct event *ev;		/* the load */
	const struct function *function;	/* and where that is */
	struct list_at at;
};

struct list_map {
	const struct term *list;
	struct list_at at;
};

/* What a function does to lists before anybody may have mapped one there. */
struct lists {
	bool busy, done;
	bool maps_any;			/* it, or what it calls, may map */
	unsigned int nreads, nmaps;
	struct list_read *read;		/* before anything is mapped */
	struct list_map *map;		/* lists that it maps */
};

/* Of function @index; made once, callees first. */
struct lists *lists_of(struct checker *c, unsigned int index);

/*
 * The list that the entry @x of function @index is in, NULL: it cannot be
 * named, or there are several.
 */
const struct term *list_of(struct checker *c, unsigned int index,
			   const struct term *x);

/* A value, or a list, of what is called at @ev in the terms of function
 * @index, which calls it; NULL: it has no name there. */
const struct term *value_in_caller(struct checker *c, unsigned int index,
				   const struct event *ev,
				   const struct term *x);
const struct term *list_in_caller(struct checker *c, unsigned int index,
				  const struct event *ev,
				  const struct term *list);

/* The body that a call runs, or -1. */
int body_of(struct checker *c, const struct event *ev);

/* Can control go from @from to @to? */
bool comes_after(struct checker *c, const struct function *f,
		 struct list_at from, struct list_at to);

/* A list that is given to the device, here or further down: given.c. */
struct given {
	const struct term *list, *count;
	const struct event *ev;		/* the call of the API */
	struct list_at at;
};

struct givens {
	bool busy, done;
	unsigned int n;
	struct given *given;
};

/* Of function @index; made once, callees first. */
struct givens *givens_of(struct checker *c, unsigned int index);

/* A member of the rules' list of those that a mapping writes. */
bool is_mapped_member(const struct checker *c, const struct term *addr);

#endif
