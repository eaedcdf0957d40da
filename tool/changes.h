/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The single changes that a unified diff makes to one file, so that some of
 * them can be made and others left.
 */
#ifndef DMACHECK_CHANGES_H
#define DMACHECK_CHANGES_H

#include "util.h"

/* Neighbouring lines that go, and what comes in their place. */
struct change {
	unsigned int line;		/* the first that goes, from 1; where
					 * none goes, the one it comes before */
	unsigned int gone, come;	/* number of lines */
	const char *text;		/* @come whole lines */
	size_t len;
	bool take;			/* see changes_apply() */
};

struct changes {
	struct arena *arena;
	struct change *item;		/* by line */
	size_t n;
};

/*
 * Reads the hunks of @diff, which is of one file, and takes none of its
 * changes. -1 and a sentence for what is no unified diff.
 */
int changes_parse(struct changes *c, struct arena *arena, const char *diff,
		  struct error *err);

/* @text, the original, with the changes that are taken. */
char *changes_apply(const struct changes *c, const char *text);

/* The line of the original that is @line in what changes_apply() makes. */
unsigned int changes_origin(const struct changes *c, unsigned int line);

#endif
