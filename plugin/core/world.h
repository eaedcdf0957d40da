/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A world is what is known at one point of one path: the values of registers
 * and memory, facts about terms, and the mappings with their states.
 *
 * The checker keeps several worlds apart per block, so that correlated
 * branches stay correlated. A world is mutable while a block runs; what is
 * queued at a block's entry is a copy.
 */
#ifndef DMACHECK_WORLD_H
#define DMACHECK_WORLD_H

#include "flow.h"
#include "rules.h"
#include "state.h"

/* One step that a path took; the newest points to those before it. */
enum trail_kind {
	TRAIL_BRANCH,		/* condition @term was @truth */
	TRAIL_ACQUIRE, TRAIL_RELEASE, TRAIL_FAIL, TRAIL_CALL,
	TRAIL_LEFT,		/* a callee failed and released nothing */
	TRAIL_DECLINED,		/* a release of @mapping was not taken */
	TRAIL_CHANGE,		/* @term, a member whose value a mapping was
				 * acquired with, is written */
};

struct trail {
	const struct trail *before;
	enum trail_kind kind;
	const struct function *function;
	struct loc loc;
	const char *format;		/* sentence with up to two %s, NULL for
					 * TRAIL_BRANCH */
	const char *word[2];
	const struct term *term;
	bool truth;			/* of TRAIL_CALL: it fails */
	const struct mapping *mapping;
	unsigned int block;		/* of TRAIL_DECLINED */
};

/*
 * Where ownership begins: one acquire call in the source. Shared by all
 * worlds and by callers that see it through a summary.
 */
struct origin {
	const struct function *function;
	const struct event *event;
	const struct api *api;
	bool tested;		/* in some world, in the way it must be */
	bool wrongly_tested;	/* see wrong_how */
	bool used;		/* stored, given to the device, ... */
	bool leaves;		/* its key is returned or stored for others */
	bool released;		/* in some world */
	bool stays;		/* some return that is no error leaves it in
				 * what others can reach */
	const char *wrong_how;
	struct loc wrong_loc, use_loc;
	const struct function *use_in, *wrong_in;	/* where that is */
	const char *use_how;
	const struct trail *use_trail;
	const char *place;	/* best name of where it is kept */
	const struct term *holder;	/* and the place, of this function */
	const char *lost_place;	/* what the first finding calls it */
};

/* Roles whose values releases compute anew from members: changed.c. */
#define FORMS 4

/* The unchanging part of a mapping: what it was acquired with. */
struct mapping {
	struct origin *origin;		/* NULL: released, but not acquired
					 * here ("foreign") */
	const struct api *api;		/* acquire, or release if foreign */
	const struct term *role[ROLE_MAX];	/* NULL: none */
	const struct term *form[FORMS];	/* those of form_role[], as loads of
					 * the members that held them; NULL:
					 * of no member */
	unsigned int literal;		/* roles written as constants: a set */
	unsigned int returned;		/* constants that callees returned */
	const struct trail *trail;	/* of the acquire */
	unsigned int block;		/* of the acquire, or of the call */
	bool in_loop;
	bool imported;			/* acquired in a callee */
	bool again;			/* widened iteration of its loop */
};

/*
 * A function failed and left the mapping to its caller, in an object of the
 * caller's: where, and what is said of it there.
 */
struct leftover {
	const struct function *function;
	struct loc loc;		/* the exit */
	const char *place;	/* as that function calls it */
	const struct trail *why;	/* the acquire that failed, or NULL */
	bool exemplar;		/* the function releases it at other exits */
	bool released;		/* some caller releases it, or may */
	bool seen;		/* some caller returns with it */
	bool sibling;		/* another acquire of the function failed */
	bool meant;		/* it may have been left on purpose */
	unsigned int known;	/* likewise, up to such an entry; 0: no */
	struct leftover *below;	/* what its callee left; NULL: its own */
	struct leftover *above;	/* the newest exit that passed it on */
	struct leftover *same;	/* it became one with this one; NULL: none,
				 * or what callers do is noted here */
};

/*
 * Callers see one thing where several exits passed it on: what they do to it
 * they do to both. Where memory is not alike at both, they may release less of
 * what is left of it: then does nothing if none of them was passed on.
 */
void leftover_join(struct leftover *a, struct leftover *b, bool alike);
struct leftover *leftover_seen(struct leftover *l);

#define HOLDERS 3

struct owned {
	const struct mapping *m;
	enum state state;
	bool maybe_released;	/* on some way here, or by somebody unknown */
	bool escaped;		/* somebody else may release it */
	bool uncertain;		/* too many worlds met, or outcomes were
				 * merged: nothing is said of it any more */
	unsigned int nholders;
	const struct term *holder[HOLDERS];	/* addresses that keep it */
	const struct trail *released;	/* where */
	const struct function *in;	/* function that released it */
	const struct api *released_by;
	bool assumed;		/* released only if something holds that
				 * nothing here says */
	bool started;		/* the device may have been set to work */
	bool waited;		/* then, world.wait was all that was asked */
	struct leftover *left;	/* NULL: its function succeeded */
	bool unasked;		/* likewise, as far as the caller knows: it
				 * does not look at the result */
};

/* A wait that may have ended before what it waits for had happened. */
struct wait {
	const struct term *result;	/* NULL: nobody can ask any more */
	enum quiet quiet;		/* how the result says so */
	const char *api;
	const struct function *function;
	struct loc loc;
};

struct cell {
	const struct term *addr, *value;
	bool region;		/* all memory below addr; value: its content,
				 * constant 0 or a fresh version */
	uint32_t root;		/* of addr */
};

struct fact {
	const struct term *x;
	int64_t low, high;
	bool not_zero;
	bool not_err;		/* not in [-4095, -1] */
	bool aligned;		/* to a page: the low twelve bits are 0 */
	bool keep;		/* it decided what happens to a mapping */
};

struct world {
	unsigned int nregs;
	const struct term **reg;	/* by register; dead ones NULL */
	unsigned int ncells, cells_cap;
	struct cell *cell;
	unsigned int nfacts, facts_cap;
	struct fact *fact;
	unsigned int nowned, owned_cap;
	struct owned *owned;
	unsigned int nescaped, escaped_cap;
	const struct term **escaped;	/* objects that others can reach, and
					 * notes of world_refer() */
	unsigned int nfreed, freed_cap;
	const struct term **freed;	/* objects that are gone */
	unsigned int nkept, kept_cap;
	const struct term **kept;	/* objects that other objects know of,
					 * see companion.c */
	unsigned char *count;		/* by loop: times its back edge was
					 * taken; reset on leaving */
	const struct trail *trail;
	uint64_t left;			/* release loops that were left, by
					 * number modulo 64 */
	const struct wait *wait;	/* the device may still be at work */
	bool timed_out;			/* it is: the wait says so */
	bool failed;			/* an acquire failed on this path */
	bool deciding;		/* facts learnt now are to be kept */
};

struct world *world_new(struct arena *a, const struct flow *fl);
struct world *world_copy(struct arena *a, const struct world *w,
			 const struct flow *fl);
/*
 * A world that waits at the entry of @block: only the registers that live
 * there, in the order of flow->live. To run it, unpack it.
 */
struct world *world_pack(struct arena *a, const struct world *w,
			 const struct flow *fl, unsigned int block);
struct world *world_unpack(struct arena *a, const struct world *w,
			   const struct flow *fl, unsigned int block);
/* Same knowledge, whatever the trail? Both are packed at one block. */
bool world_equal(const struct world *a, const struct world *b,
		 const struct flow *fl);
uint64_t world_hash(const struct world *w, const struct flow *fl);

/*
 * What a world knows of @x, and its cell for what @like is of; NULL: nothing.
 * It most often stands at number @hint, as in the world that was asked first.
 */
const struct fact *world_fact(const struct world *w, const struct term *x,
			      unsigned int hint);
const struct cell *world_cell(const struct world *w, const struct cell *like,
			      unsigned int hint);

/* Memory. */
const struct term *world_load(struct term_table *t, const struct world *w,
			      const struct term *addr);
void world_store(struct arena *a, struct world *w, const struct term *addr,
		 const struct term *value);
void world_fill(struct arena *a, struct world *w, const struct term *addr,
		const struct term *value);

/* One more place: @one.addr has no cell yet. */
struct cell *world_add_cell(struct arena *a, struct world *w, struct cell one);

/* Objects that others can reach, and objects that are gone. */
void world_escape(struct arena *a, struct world *w, const struct term *obj);
bool world_escaped(const struct world *w, const struct term *addr);
void world_free(struct arena *a, struct world *w, const struct term *obj);

/*
 * What is known of the references to an object is noted by terms of their own
 * in the list of what escaped: one was dropped, or who freed it said that it
 * succeeded, and so freed what was its own.
 */
enum reference { REF_DROPPED, REF_CONSUMED };
void world_refer(struct term_table *t, struct arena *a, struct world *w,
		 const struct term *obj, enum reference ref);
/* The object if @x is such a note, or NULL. */
const struct term *world_referred(const struct term *x, enum reference ref);
void world_keep(struct arena *a, struct world *w, const struct term *obj);

struct owned *world_own(struct arena *a, struct world *w,
			const struct mapping *m, enum state s);

/* The value of a static term, registers replaced. */
const struct term *world_eval(struct term_table *t, const struct world *w,
			      const struct term *x);

/* What is known: fact.c. */
void fact_range(const struct world *w, const struct term *x, int64_t *low,
		int64_t *high);
bool fact_not_zero(const struct world *w, const struct term *x);
/* 1: certainly not 0, 0: certainly 0, -1: not known. */
int fact_truth(struct term_table *t, const struct world *w,
	       const struct term *x);

/* What is learnt: learn.c. */
/* Learns that @x is the address of a page, or NULL. */
void fact_align(struct arena *a, struct world *w, const struct term *x);
/* Learns that @x is no ERR_PTR(). */
void fact_no_err(struct arena *a, struct world *w, const struct term *x);
/* What is known of @x decides what happens to a mapping. */
void fact_keep(struct world *w, const struct term *x);
/* Learns that @x is (not) 0; false: that cannot be. */
bool fact_assume(struct term_table *t, struct arena *a, struct world *w,
		 const struct term *x, bool truth);

#endif
