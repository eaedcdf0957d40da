/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel tree, configured and prepared for another architecture than the
 * one that the user's tree is configured for.
 *
 * Nothing is written into the user's tree, so the kernel's make works in a
 * folder that looks like it. Folders that make writes into while it prepares
 * are copied there, without what it made in the user's tree; all others are
 * symbolic links, so that a driver is audited as it is now.
 */
#ifndef DMACHECK_MIRROR_H
#define DMACHECK_MIRROR_H

#include "arch.h"
#include "tree.h"

struct mirror {
	struct arena *arena;
	const struct tree *of;		/* the user's tree */
	const struct arch *arch;
	const char *dir;		/* the folder */
	unsigned int jobs;		/* of make; 0: one */
};

/*
 * Makes @m->dir, or brings it up to date: copies anew what has changed, and
 * configures and prepares again (allmodconfig with the architecture's options,
 * less what makes errors of warnings or needs plugins of the kernel's own) if
 * that was anything, a Kconfig file, or the kernel's version. -1 and a sentence
 * in @err: the cross compiler is not there, make fails, no space is left.
 */
int mirror_make(const struct mirror *m, struct error *err);

#endif
