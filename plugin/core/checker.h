/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checker: what the files that walk a function share. Private to the
 * core; users call check_unit(), finding.h.
 *
 *	check.c		functions of a unit, callees first
 *	split.c		calls with outcomes end their blocks
 *	loops.c		what loops release
 *	guards.c	what functions that release ask before they do
 *	switches.c	members that go up and down
 *	reads.c		what calls read and move
 *	results.c	what kinds of result a function returns
 *	walk.c		one function: worlds from block to block
 *	forget.c	what worlds need not know
 *	join.c		worlds that become one
 *	trail.c		the steps that a path took
 *	call.c		what a call does to a world
 *	dispatch.c	calls through tables, see tables.h
 *	note.c		values that are stored, used, given away
 *	mapping.c	mappings by their keys; sync, test
 *	acquire.c	a mapping begins
 *	release.c	a mapping ends
 *	outcome.c	what a caller sees of one return
 *	summary.c	what a function does, by outcome
 *	apply.c		a summary at a call
 *	leave.c		what a return leaves behind
 *	meant.c		which of that may be left on purpose
 *	declined.c	releases that a path came by, and did not take
 *	lost.c		and which of that nobody releases
 *	judge.c		rules about flags, tests and results
 *	address.c	rules about memory and physical addresses
 *	wait.c		waits that end before the device is done
 *	defs.c		where registers get their values
 *	mask.c		rules about DMA masks
 *	class_device.c	devices that do no DMA
 *	buffer.c	memory that the device uses (beside.c: what is beside)
 *	unmapped*.c	lists that are read before they are mapped
 *	segment.c	how long segments may be
 *	sentinel.c	0 that stands for no DMA address
 *	given.c		lists given to the device (count.c: how many entries)
 *	agent.c		code that runs by itself, and what it uses
 *	order*.c	what is released before it is stopped (instance.c)
 *	companion.c	what a mapping that fails leaves to be freed
 *	unit.c		rules that are decided over the whole unit
 *	agree.h		is what is given back what was taken?
 *	agree.c		do two terms agree?
 *	changed.c	is a member changed between?
 *	unitwide.h	what is said beside the worlds: sleeping calls, escapes,
 *			mappings of memory that is freed
 *	pair.c		acquire here, release there, one place
 *	valueflow.c	where values may go
 *	targets.c	what calls through members may at most reach
 *	callbacks.c	who calls the unit's functions
 *	lifecycle.c	what callbacks leave behind
 *	sequence.c	what one callback releases after another
 *	gone.c		devices that are cleared too early
 *	report.c	findings, steps, sites; dead.c, guess.c: which are low
 */
#ifndef DMACHECK_CHECKER_H
#define DMACHECK_CHECKER_H

#include "buffer.h"
#include "finding.h"
#include "hash.h"
#include "place_set.h"
#include "relevance.h"
#include "world.h"

/* One way in which a function ends, seen from its caller. */
struct outcome {
	const struct term *ret;		/* in the callee's terms; NULL: void or
					 * not known */
	struct fact range;		/* of the result, if ret is NULL */
	bool error;			/* the result says that it failed */
	bool failed;			/* an acquire failed on the way */
	uint64_t left;			/* see struct world */
	const struct wait *wait;	/* likewise */
	bool timed_out;
	unsigned int nfacts, nowned, ncells, nescaped, nfreed;
	struct fact *fact;
	struct owned *owned;
	struct cell *cell;
	const struct term **escaped, **freed;
};

struct summary {
	const struct function *function;
	unsigned int noutcomes;
	struct outcome *outcome;
	bool owns;		/* some outcome acquires or releases */
	bool fails;		/* an outcome says so because an acquire did */
	bool partial;		/* there are ways that were not walked */
};

/* What became of one origin at the exits of the function being walked. */
struct exits {
	const struct origin *origin;
	bool released;			/* for certain, at some exit */
	unsigned int released_quiet;	/* at one that is no error exit: the
					 * set of exit_class() */
};

/* What the calls in a loop release, as far as their arguments tell. */
#define LOOP_MEMBERS 8
struct loop_releases {
	bool any;
	bool recursion;			/* anything may be released */
	unsigned int nother;		/* of what no member holds: families */
	const struct family *other[LOOP_MEMBERS];
	const struct term *pool[LOOP_MEMBERS];	/* each from which; or NULL */
	unsigned int n;
	const struct term *member[LOOP_MEMBERS];
	unsigned int nstores;
	const struct term *store[LOOP_MEMBERS];	/* addresses written to */
};

/* A world at a return, its only register the value. */
struct returned {
	struct world *w;
	const struct term *value;	/* NULL: none */
	struct loc where;
	uint64_t kin;
};

struct frame {
	const struct function *f;
	struct flow *fl;
	struct arena *keep;		/* worlds that wait or have returned;
					 * gone when the walk is done */
	struct arena *scratch;		/* worlds of the block being run */
	struct returned *returned;
	unsigned int nreturned;
	struct exits *exits;
	unsigned int nexits;
	struct leak *leak;
	unsigned int nleaks;
	const struct mapping **mapping;	/* hash-consed */
	unsigned int nmappings;
	struct relevance *relevance;
	struct loop_releases *releases;	/* by loop */
	unsigned int index;		/* of the function */
	unsigned int runs;		/* blocks run */
	unsigned int worlds;		/* most in one block */
	const char *reason;		/* not complete: why */
	bool joined;			/* worlds became one: see join.h */
	bool exact;			/* each round of a loop is one of its
					 * own: see rounds.c */
	bool async;			/* returns -EINPROGRESS somewhere */
	bool err_ptr;			/* calls ERR_PTR(), or the like */
	bool waits;			/* it, or a callee, waits for a time */
	unsigned int *site;		/* by event: 1 + index of its site */
};

/* What is known of a function that is called, looked up once. */
struct callee {
	const char *name;		/* interned: the key is the pointer */
	const struct api *api;		/* NULL: not in the rules */
	int index;			/* in the unit, -1: no body here */
	bool outside;			/* of the driver, in another file */
	enum quiet quiet;
	UT_hash_handle hh;
};

struct report;
struct gave_up;

/* A leak that is one unless a caller releases what is left. */
struct deferred {
	struct report *report;
	struct leftover *left;
};

/* At a return that says it failed, a place holds what was released. */
struct dangling {
	unsigned int function;		/* number in the unit */
	const struct mapping *m;
	const struct term *place;
};

/* A callback after whose failure nothing is called, of its object or of any. */
enum { ENTRY_INNER = 1, ENTRY_OUTER };

struct checker {
	struct unit *u;
	const struct rules *r;
	struct arena *a;
	struct term_table *t;
	struct summary **summary;	/* by function */
	struct callee *callees;		/* by name; call.c */
	struct tables *tables;		/* tables.h */
	struct origin **origin;
	unsigned int norigins;
	struct result *res;
	unsigned char *entry;		/* by function: 0, or its failure is
					 * final */
	bool *called;			/* by function: has callers here */
	bool *dead;			/* by function: nobody can call it */
	struct kept *kept;
	struct loose *loose;
	struct dangling *dangling;
	unsigned int nkept, nloose, ndangling;
	struct report *ignored;		/* calls whose result is ignored */
	unsigned int nignored;
	struct deferred *deferred;	/* leaks that callers may refute */
	unsigned int ndeferred;
	bool identity;			/* DMA and physical addresses are
					 * compared, or this unit implements
					 * the mapping of one to the other */
	const struct term **zeroed;	/* handles' places that are set to 0 */
	unsigned int nzeroed;
	struct place_set guards;	/* what releases ask first */
	struct place_set switches;	/* set here and cleared there */
	struct place_set links;	/* what leads to another struct of its
					 * own type: list heads */
	const struct function **checked_in;	/* and where */
	const struct term **checked;	/* members somebody tests, by place */
	unsigned int nchecked;
	const struct def **defs;	/* by function; defs.h */
	struct lists **lists;		/* by function; unmapped.h */
	struct givens **givens;		/* likewise */
	struct masks *masks;		/* mask.c */
	struct class_uses *class_uses;	/* class_device.c */
	struct embedded *embedded;	/* members that are mapped */
	unsigned int nembedded;
	struct demand *demand;		/* parameters that are mapped */
	unsigned int ndemands;
	unsigned int runs;		/* blocks run in the unit */
	size_t start;			/* bytes of the arena before */
	const struct wait **wait;	/* hash-consed */
	unsigned int nwaits, ngaveup;
	struct gave_up *gaveup;
	unsigned char *works, *waits;	/* by function: wait.c */
	struct frame *fr;
	bool silent;			/* what is seen is neither said nor
					 * kept for the unit: rounds.c */
};

/* check.c: does the member lead from one struct to another of its type? */
bool is_link(const struct checker *c, const struct term *addr);

void find_dead(struct checker *c);	/* dead.c: fills in c->dead */

/* loops.c */
void find_loop_releases(struct checker *c, struct frame *fr);
/* May the loop release the mapping, in some round? */
bool loop_may_release(const struct loop_releases *r, const struct owned *o);
/* Is the place written to in the loop? */
bool loop_stores(const struct loop_releases *r, const struct term *addr);

/* guards.c: is @addr a member that some release in the unit depends on? */
void find_guards(struct checker *c);
bool is_guard(const struct checker *c, const struct term *addr);
/* Does the function set a member to 0 that it asks itself? */
bool clears_guard(struct checker *c, const struct function *f);

/* switches.c: is @x what such a member held at the entry? */
void find_switches(struct checker *c);
bool is_switch(const struct checker *c, const struct term *x);

/* reads.c: of the function being walked. */
struct relevance *find_relevance(struct checker *c);

/* results.c: fills in what the frame says of them. */
void find_results(struct checker *c, struct frame *fr);

/* walk.c */
void walk_function(struct checker *c);
uint32_t iteration(const struct frame *fr, const struct world *w,
		   unsigned int block);

/* forget.c: drops what nothing after the entry of @block asks for. */
void forget(struct checker *c, struct world *w, unsigned int block);
/* trail.c */
struct trail *trail_add(struct checker *c, struct world *w,
			enum trail_kind kind, struct loc loc,
			const char *format, const char *a, const char *b);
/* A copy of the @most newest steps that lasts as long as the unit. */
#define SAVED 32
const struct trail *trail_save(struct checker *c, const struct trail *t,
			       unsigned int most);

/* call.c: runs the call in @w; may fork: calls @then for each outcome. */
typedef void then_fn(void *data, struct world *w);
struct place_in_code {
	unsigned int block;
	const struct event *ev;
};
const struct callee *callee_of(struct checker *c, const char *name);
void do_call(struct checker *c, struct world *w, struct place_in_code at,
	     then_fn *then, void *data);
void bind_result(struct checker *c, struct world *w, struct place_in_code at,
		 const struct term *value);
/* What @object keeps may be gone with this reference to it. */
void drop_reference(struct checker *c, struct world *w,
		    const struct term *object, struct loc loc);

/* note.c */
/* Somebody who may keep or release it learns @value; @how: sentence part. */
void give_away(struct checker *c, struct world *w, const struct term *value,
	       struct loc loc, const char *how);
/* The device or memory that others see learns @value. */
void note_use(struct checker *c, struct world *w, const struct term *value,
	      struct loc loc, const char *how);
void note_store(struct checker *c, struct world *w, const struct term *addr,
		const struct term *value, struct loc loc);
void note_touch(struct checker *c, struct world *w, const struct term *addr,
		struct loc loc, const char *how);

/* mapping.c */
struct roles {
	const struct api *api;
	const struct term *role[ROLE_MAX];
	struct loc loc;			/* of the call of the API */
	const struct function *function;	/* and the function it is in */
	struct loc call;		/* where that was called, line 0: it is
					 * the function being walked */
	unsigned int literal;		/* roles written as constants: a set */
	unsigned int returned;		/* constants that callees returned */
	unsigned int block;		/* of the function being walked */
	bool maybe;
	bool in_loop;
	bool assumed;			/* it happens only if something holds
					 * that nothing here says */
	bool by_place;			/* the callee read what it releases from
					 * a member itself */
};
/* Roles that say which mapping is meant, the most telling first. */
#define MAPPING_KEYS 6
extern const enum role key_role[MAPPING_KEYS];
void do_sync(struct checker *c, struct world *w, const struct roles *r);
void do_test(struct checker *c, struct world *w, const struct roles *r);
/* After facts were learnt: which mappings turn out good or failed? */
void settle(struct checker *c, struct world *w);
struct roles roles_of(struct checker *c, struct place_in_code at,
		      const struct api *api, const struct term **arg);
/* *@exact: one key is equal. Else derived from one, or of the same shape. */
struct owned *find_owned(struct world *w, const struct roles *r, bool *exact);
/* The mapping whose CPU address @addr lies in. */
struct owned *owned_memory(struct world *w, const struct term *addr);
/* Does the value name a mapping? */
bool is_key(const struct world *w, const struct term *value);
/*
 * The @i-th term that names the mapping, NULL where there is none. The CPU
 * address and the page given to a streaming acquire name memory, not the
 * mapping.
 */
const struct term *mapping_key(const struct mapping *m, unsigned int i);
bool mapping_has(const struct mapping *m, const struct term *value);
const struct mapping *mapping_make(struct checker *c, struct mapping m);
bool in_any_loop(const struct frame *fr, unsigned int block);
bool is_live(const struct owned *o);
struct origin *origin_of(struct checker *c, const struct event *ev,
			 const struct api *api);
/* The best name for what is kept; @o or @r may be NULL. */
const char *owned_place(struct checker *c, const struct owned *o,
			const struct roles *r);

/* acquire.c */
void do_acquire(struct checker *c, struct world *w, struct place_in_code at,
		const struct api *api, const struct term **arg);

/* release.c */
void do_release(struct checker *c, struct world *w, const struct roles *r);
/*
 * A release whose mapping is not known by value may still be that of a place
 * of the same shape, or of the same member of another object of the type:
 * marks what it may be of.
 */
void release_maybe(const struct checker *c, struct world *w,
		   const struct roles *r);

/*
 * wait.c: a wait for the device that may have ended early. Of the function
 * being walked; does nothing where nobody waits.
 */
/* Does the function, or what it calls, wait for a limited time? */
bool wait_in(struct checker *c);
/* A call was made that has no summary. */
void wait_call(struct checker *c, struct world *w, struct place_in_code at,
	       const struct callee *k);
/* A function with a summary is called; then, one outcome was applied. */
void wait_enter(struct checker *c, struct world *w, const struct callee *k);
void wait_apply(struct checker *c, struct world *w, const struct callee *k,
		const struct outcome *o, const struct term *result);
/* After facts were learnt: did the wait end early? */
void wait_settle(struct checker *c, struct world *w);
/* Before the mapping @o is released. */
void wait_release(struct checker *c, struct world *w, const struct owned *o,
		  const struct roles *r);

void judge_waits(struct checker *c);

/* order_judge.c: what is released before that which uses it is stopped. */
void judge_teardown(struct checker *c);

/* apply.c */
void summary_apply(struct checker *c, struct world *w,
		   struct place_in_code at, const struct summary *s,
		   const struct term **arg, then_fn *then, void *data);

/* As summary_apply(), of a call that is not made: its releases are declined. */
void decline_call(struct checker *c, struct world *w, struct place_in_code at,
		  const struct summary *s, const struct term **arg);

/* summary.c */
struct summary *summary_make(struct checker *c, struct frame *fr);
const char *summary_text(struct checker *c, const struct summary *s);

/* address.c */
/* The result of a converted address inside @x, or NULL. */
const struct term *converted(struct checker *c, const struct term *x);
void judge_store(struct checker *c, struct world *w, const struct event *ev,
		 const struct term *value);
void judge_device(struct checker *c, struct world *w,
		  struct place_in_code at, const struct term *value);
void judge_handle(struct checker *c, struct world *w, const struct roles *r);
void judge_memory(struct checker *c, struct world *w, const struct mapping *m,
		  struct loc loc);
void judge_address(struct checker *c, struct world *w,
		   struct place_in_code at, const struct term **arg);

/* unit.c */
void judge_unit(struct checker *c);

/* lifecycle.c: what callbacks leave behind. */
void judge_lifecycles(struct checker *c);
/* sequence.c: a failing function released, but what it released is still in
 * a member. */
void note_dangling(struct checker *c, struct world *w);

/* judge.c */
void judge_test(struct checker *c, struct world *w, const struct term *cond,
		struct loc loc);
void judge_gfp(struct checker *c, struct world *w, const struct mapping *m,
	       struct loc loc);
void judge_ignored(struct checker *c, struct world *w,
		   struct place_in_code at, const struct summary *s);

/* report.c */
struct report {
	const char *rule;
	enum confidence confidence;
	const struct function *function;
	struct loc loc;
	const char *message;		/* NULL: that of the rule */
	const char *place, *api, *noun, *other, *value, *wanted;
	const struct origin *origin;	/* NULL: ownership began elsewhere */
	const struct trail *trail;	/* newest step first */
	const struct trail *down;	/* steps below the finding's own: the
					 * outermost call first */
	const char *last;		/* sentence of the last step, at loc */
	const struct function *end;	/* NULL: function. Else the last step
					 * is in this one, at end_loc */
	struct loc end_loc;
	bool converted;			/* about a physical address */
};
/* What is said of a wait when the unit is done. */
struct gave_up {
	struct wait wait;
	struct report rep;
};

void report(struct checker *c, const struct report *rep);
void report_finish(struct checker *c);
void add_site(struct checker *c, const char *kind, const struct api *api,
	      struct place_in_code at, const char *place);
void add_unresolved(struct checker *c, const struct api *api, enum role role,
		    struct loc loc);
const char *family_noun(const struct api *api);

#endif
