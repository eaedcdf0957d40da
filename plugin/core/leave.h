/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What returns leave behind: leave.c, undo.c, meant.c, declined.c, lost.c,
 * rounds.c.
 */
#ifndef DMACHECK_LEAVE_H
#define DMACHECK_LEAVE_H

#include "checker.h"

/* A mapping that is left at an error exit; decided when the walk is done. */
struct leak {
	const struct origin *origin;
	const struct mapping *m;
	const struct term *holder;	/* NULL: only locals knew it */
	bool object;			/* holder is in an object that dies */
	unsigned int quiet;		/* the exit is no error exit: its
					 * exit_class(), else 0 */
	bool sibling;			/* it fails because another acquire of
					 * the function did */
	const struct origin *unwound;	/* released on the way here, although
					 * acquired later; NULL: none */
	bool undone;			/* memory of the function's own that
					 * others could reach was freed */
	bool partly;			/* of the same acquire, in another round
					 * of its loop, is released since */
	bool meant;			/* it may have been left on purpose */
	struct leftover *left;		/* a callee failed: what it left */
	struct leftover *mine;		/* this exit's own, for the callers */
	struct loc loc;
	const struct trail *trail;
	const struct function *function;
};

/* leave.c */
void leave(struct checker *c, struct world *w, const struct term *value,
	   struct loc loc);
bool is_error(const struct checker *c, const struct world *w,
	      const struct term *value);

/* meant.c */
/* Memory of the function's own: what other functions return, they know. */
bool is_own_memory(const struct checker *c, const struct term *obj);
/* Is there a release that was not taken, or is the device still at work? */
bool is_meant(const struct checker *c, const struct world *w,
	      const struct owned *o);
/*
 * May somebody come back to it? The entry beyond whose failure nobody can: any,
 * or the one that begins the object's life; 0: nobody may.
 */
unsigned int who_knows(const struct checker *c, const struct world *w,
		       const struct owned *o);

/* undo.c */
/*
 * What was acquired after it, by another call, and is released where it is not:
 * NULL, or its origin. If that stays on success, the path was unwinding, and
 * came to an end too early.
 */
const struct origin *unwound_beside(const struct world *w,
				    const struct owned *o);
/*
 * Was another of the same acquire released since this one is there? Of the
 * newest that says nothing: those before it may be in use by then.
 */
bool is_partly(const struct world *w, const struct owned *o);
/* Was memory freed that the function had allocated and kept somewhere? */
bool has_undone(const struct checker *c, const struct world *w);

/* lost.c: once the function has been walked. */
void judge_leaks(struct checker *c);
/*
 * rounds.c: walks it once more, element by element, for what its unwinding
 * forgets.
 */
void judge_rounds(struct checker *c);
/* The same, of a leak that the second walk saw. */
void judge_forgotten(struct checker *c, const struct leak *l);
/* Once the unit has: those that no caller has refuted. */
void judge_deferred(struct checker *c);

/* declined.c: the path does not release what @r would. */
void decline(struct checker *c, struct world *w, const struct roles *r);
/* It goes on at block @taken, not by block @other. */
void decline_branch(struct checker *c, struct world *w, unsigned int taken,
		    unsigned int other);
/* Did the path come by a release of the mapping that it did not take? */
bool was_declined(const struct checker *c, const struct world *w,
		  const struct owned *o);

#endif
