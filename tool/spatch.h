/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Coccinelle: one semantic patch over a list of files, by one spatch(1).
 */
#ifndef DMACHECK_SPATCH_H
#define DMACHECK_SPATCH_H

#include "util.h"

enum spatch_mode {
	SPATCH_REPORT,		/* a line for each report */
	SPATCH_PATCH,		/* a diff that "git apply" takes */
};

struct spatch {
	struct arena *arena;
	const char *script;	/* the semantic patch, absolute */
	enum spatch_mode mode;
	const char *tree;	/* where the files are */
	const char *tmp;	/* a folder for its temporary files */
	const char *cache;	/* a folder, absolute, where what was parsed is
				 * kept for the next semantic patch, which half
				 * of the time goes to; or NULL. 0.7 MB a file;
				 * for one process at a time */
	unsigned int limit;	/* seconds of the clock for each file; 0: no
				 * limit */
};

struct spatch_file {
	const char *path;	/* relative to the tree */
	/* Results: */
	const char *text;	/* what it printed for this file; "": nothing */
	const char *failure;	/* why it did not get to its end; or NULL */
};

/*
 * Runs @s over the @n files, each by itself, with the options that stand in
 * the head of the semantic patch. Where spatch dies of a file, the others are
 * run again without it. -1 and a sentence if it cannot be started, or
 * the semantic patch is not one or has no such mode.
 */
int spatch_run(const struct spatch *s, struct spatch_file *file, size_t n,
	       struct error *err);

/*
 * What the head of a semantic patch says after "// @key:", or NULL if there
 * is no such line; @text is that of the semantic patch.
 */
const char *spatch_head(struct arena *arena, const char *text,
			const char *key);

#endif
