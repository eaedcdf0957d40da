/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Import: what the compilers left becomes one state of the store.
 */
#ifndef DMACHECK_IMPORT_H
#define DMACHECK_IMPORT_H

#include "rules.h"
#include "store.h"

enum unit_status { UNIT_DONE, UNIT_FAILED, UNIT_SKIPPED };

/* What all facts of an architecture have in common. */
struct import_arch {
	const char *name;		/* "arm64" */
	const char *tree;		/* real path of the tree prepared for
					 * it */
	const char *shipped;		/* folder of shipped.h's copies */
	const char *config;		/* hash of .config */
};

/* What became of one unit in this audit. */
struct outcome {
	const struct import_arch *arch;
	const char *source;		/* relative to the tree */
	enum unit_status status;
	const char *reason;		/* why not done */
	const char *facts;		/* path of the facts file, if done */
	const char *stamp;		/* its size and time */
};

/* What all facts of a store have in common. */
struct import_head {
	const char *tree;		/* real path of the user's tree */
	const char *version;		/* of the kernel */
	const char *compiler;		/* "12.2.0" */
	const char *engine;		/* dmacheck_build */
	const struct rules *rules;
};

struct import {
	const struct import_head *head;
	const struct import_arch *const *arch;	/* in the order of the audit */
	size_t narches;
	struct outcome *outcome;
	size_t n;
	const char *asked;		/* paths of the command line */
	const char *began;		/* UTC, ISO 8601 */
	double seconds;			/* that the audit took so far */
	const char *cache;		/* folder of the facts: left out of
					 * reasons */
	bool unchanged;			/* result: there was nothing to do */
};

/*
 * Was @s made of the same engine, rules and compiler? An empty store is. If
 * not, all its units are to be audited again.
 */
bool import_same_head(struct store *s, const struct import_head *head);

/* Was what @s holds of @arch made of the same configuration? Likewise. */
bool import_same_arch(struct store *s, const struct import_arch *arch,
		      struct error *err);

/*
 * Brings the store up to date in one transaction: units whose facts are those
 * it read before are left alone. What is known of a file for architectures
 * that did not look at it in this audit goes if another one now did: the file
 * may have changed. A unit that failed keeps what the store knew
 * of it, if that is of the same engine and rules. A facts file that is
 * damaged or not of this engine makes its outcome failed, and is removed, so
 * that the next audit makes it anew. Units whose source is gone go.
 * -1 and a sentence in @err: the store is as it was.
 */
int import_run(struct store *s, struct import *im, struct error *err);

#endif
