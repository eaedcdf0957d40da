/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that kbuild makes by copying: a tree holds NAME_shipped, and a build
 * copies it to NAME before it compiles what includes it. A tree that was only
 * prepared lacks NAME, and nothing is to be written into it, so the copy goes
 * into the cache, in the same folder below @root.
 */
#ifndef DMACHECK_SHIPPED_H
#define DMACHECK_SHIPPED_H

#include "util.h"

struct shipped {
	struct arena *arena;
	const char *tree;	/* the tree's top folder */
	const char *root;	/* where copies go */
	struct strings dirs;	/* folders looked at already */
	struct strings with;	/* those of them that have copies */
};

void shipped_init(struct shipped *s, struct arena *arena, const char *tree,
		  const char *root);

/*
 * Copies what the folder of @source lacks, and adds to @words what makes the
 * compiler find it. -1 and a sentence if a copy cannot be written.
 */
int shipped_add(struct shipped *s, const char *source, struct strings *words,
		struct error *err);

#endif
