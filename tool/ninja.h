/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pool: ninja runs what is out of date, one command for each edge.
 *
 * ninja runs in the kernel tree, as its compile lines want it, with all it
 * writes in the work folder:
 *
 *	NAME.ninja, .ninja_log, .ninja_deps
 *	stamp			the engine and the rules: every edge depends
 *				on it
 *	OUT.fail		what the command said when it failed; OUT is
 *				the edge's first output
 */
#ifndef DMACHECK_NINJA_H
#define DMACHECK_NINJA_H

#include "progress.h"
#include "util.h"

/*
 * What one command may take, so that no unit stops the machine: the largest
 * unit of an allmodconfig needs 0.6 GiB and 10 s. Beyond it the edge fails.
 */
#define NINJA_MEMORY (4ull << 30)	/* bytes of address space */
#define NINJA_CPU 300ull		/* seconds */

/* One command. Outputs that it leaves as they were count as new. */
struct edge {
	const char *name;	/* what it is about, relative to the tree */
	struct strings in, out;	/* absolute paths, @in also below the tree */
	struct strings words;	/* the command, without redirections */
	int64_t size;		/* large ones go first */
};

struct ninja {
	struct arena *arena;
	const char *name;	/* of the ninja file: "units" */
	const char *what;	/* is counted: "units" */
	const char *tree, *work;
	const char *stamp;	/* text of the stamp file */
	bool depfile;		/* the commands leave OUT.d */
	struct edge *edge;
	size_t n;
	unsigned int jobs;	/* 0: as ninja likes it */
	struct progress *progress;
	unsigned int ran, failed;	/* results */
};

/*
 * Brings all outputs up to date; edges that fail do not stop the others. -1
 * and a sentence if ninja is not there, was interrupted, or could not work
 * itself.
 */
int ninja_run(struct ninja *n, struct error *err);

#endif
