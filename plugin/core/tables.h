/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls through tables: "p->ops->open(p)", where ops leads to a table that an
 * initialiser of the driver fills. Where do they lead? This is what is known
 * for certain; targets.h has what a call may lead to as far as is seen.
 */
#ifndef DMACHECK_TABLES_H
#define DMACHECK_TABLES_H

#include "checker.h"

/* A member that tables fill. */
struct slot_key {
	const char *type, *field;	/* interned */
};

struct slot {
	struct slot_key key;
	bool stored;			/* some code writes to it */
	unsigned int n;
	const struct ops **ops;
	UT_hash_handle hh;
};

/* By indices. */
struct call_key {
	unsigned int function, event;
};

/* One function that a call may lead to. */
struct choice {
	struct event call;		/* as if it were called directly */
	int index;
	int64_t table;			/* its number, 0: several hold it */
	bool several;
};

/* All functions that one call may lead to. */
struct choices {
	struct call_key key;
	const struct slot *slot;
	unsigned int n;
	struct choice *choice;
	UT_hash_handle hh;
};

/*
 * Fills in c->tables, and takes what matters through tables only from the
 * functions that are aside. It holds memory until released.
 */
void find_choices(struct checker *c);
void release_choices(struct checker *c);

/* Is there a call that leads to known functions through a table? */
bool has_choices(const struct checker *c);

/* NULL if no table of the driver's own has it. */
const struct slot *slot_of(const struct checker *c, const char *type,
			   const char *field);
/* A number for the table that @o is in: the same for all tables of which the
 * members that move ownership are the same. */
int64_t table_number(const struct checker *c, const struct ops *o);

/* Of the call @ev without a callee, or NULL: nothing is known. */
const struct choices *choices_of(const struct checker *c,
				 unsigned int function,
				 const struct event *ev);

/*
 * The functions of the unit that @ev calls, by @i from 0 on: the index, -1 for
 * one that has no body here. NO_CALLEE behind the last one.
 */
#define NO_CALLEE (-2)
int leads_to(struct checker *c, unsigned int function, const struct event *ev,
	      unsigned int i);

#endif
