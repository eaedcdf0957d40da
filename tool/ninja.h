/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pool: ninja runs one compiler for each unit whose facts are out of date.
 *
 * ninja runs in the kernel tree, as its compile lines want it, with all it
 * writes in the work folder:
 *
 *	build.ninja, .ninja_log, .ninja_deps
 *	stamp			the engine and the rules: every unit depends
 *				on it
 *	facts/PATH.jsonl	of the unit PATH
 *	facts/PATH.jsonl.fail	what the compiler said when it failed
 */
#ifndef DMACHECK_NINJA_H
#define DMACHECK_NINJA_H

#include "progress.h"
#include "util.h"

/*
 * What one compiler may take, so that no unit stops the machine: the largest
 * unit of an allmodconfig needs 0.6 GiB and 10 s. Beyond it the unit fails.
 */
#define NINJA_MEMORY (4ull << 30)	/* bytes of address space */
#define NINJA_CPU 300ull		/* seconds */

struct ninja_unit {
	const char *source;	/* relative to the tree */
	const char *facts;	/* absolute path of the facts file */
	struct strings words;	/* the command, without redirections */
	int64_t size;		/* of the source: large ones go first */
};

struct ninja {
	struct arena *arena;
	const char *tree, *work;
	const char *stamp;	/* text of the stamp file */
	struct ninja_unit *unit;
	size_t n;
	unsigned int jobs;	/* 0: as ninja likes it */
	struct progress *progress;
	unsigned int ran, failed;	/* results */
};

/*
 * Brings the facts of all units up to date; units that fail do not stop the
 * others. -1 and a sentence if ninja is not there, was interrupted, or could
 * not work itself.
 */
int ninja_run(struct ninja *n, struct error *err);

#endif
