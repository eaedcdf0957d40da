/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A finding: one thing that is wrong, where, and the path that shows it.
 */
#ifndef DMACHECK_FINDING_H
#define DMACHECK_FINDING_H

#include "rules.h"

struct step {
	const char *file;		/* path as the compiler was given it */
	unsigned int line, col;
	const char *function;
	const char *text;		/* a sentence without number or period:
					 * "the coherent buffer is allocated
					 * here" */
};

struct finding {
	const struct rule *rule;
	enum confidence confidence;	/* at most the rule's */
	const char *file, *function;	/* where it goes wrong */
	unsigned int line, col;
	const char *place;		/* "ring->desc" */
	const char *api;		/* function that is misused */
	const char *message;		/* headline, one sentence, no period */
	const char *acquire_function;	/* where ownership began; may be NULL */
	const char *acquire_file;
	unsigned int acquire_line;
	unsigned int nsteps;
	struct step *step;		/* in the order they happen */
	bool converted;			/* about a physical address that is
					 * taken for a DMA address */
	bool guessed;			/* its path turns on a value that stands
					 * for several; see join.h */
	unsigned int source;		/* see struct function */
	char fingerprint[17];		/* no line number enters it */
};

/*
 * An acquire, release, test or sync: what a safe API would replace. Or an
 * escape: a DMA address, or the CPU address of DMA memory, goes where no owner
 * sees it. The api of an escape says where: "register", "descriptor" (stored
 * in memory as a number), "truncated" (either, but only its lower half),
 * "global", "module" (a function that is not seen), "user" (user space),
 * "return", "out-parameter". At most one an event.
 */
struct site {
	const char *kind;		/* "acquire", "release", "test", "sync",
					 * "escape" */
	const char *api, *family;	/* family "-": not known */
	const char *function, *file;
	unsigned int line, col;
	const char *place;		/* "-": could not be named */
	bool seen;			/* rules evaluated to completion here */
	unsigned int source;		/* see struct function */
};

/* A value the analysis could not name. */
struct unresolved {
	const char *function, *file;
	unsigned int line;
	const char *api, *role;
	unsigned int source;		/* see struct function */
};

/* What became of one function. */
struct verdict {
	const struct function *function;
	bool complete;
	const char *reason;		/* why not: "worlds", "blocks" */
	unsigned int worlds;		/* most kept apart in one block */
	double seconds;			/* CPU */
	const char *summary;		/* text form of its summary */
	bool owns;			/* its callers see it acquire or
					 * release */
};

/* All that checking one unit yields; lives in the unit's arena. */
struct result {
	unsigned int nfindings, nsites, nunresolved, nverdicts;
	struct finding *finding;
	struct site *site;
	struct unresolved *unresolved;
	struct verdict *verdict;
};

struct unit;

/*
 * Runs every rule of @r over @u: callees before callers, each function once.
 * Findings are sorted by file, line, rule and do not repeat.
 */
struct result *check_unit(struct unit *u, const struct rules *r);

#endif
