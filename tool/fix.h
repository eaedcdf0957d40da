/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fixes of findings, written by the semantic patches that have a patch mode.
 *
 * Such a patch is safe where one call, one argument or one statement is all
 * that has to change (cocci/README.md). A fix is one of a rule in a function:
 * where a function breaks a rule twice, both are mended. It counts only if the
 * same semantic patch has nothing to report there any more.
 */
#ifndef DMACHECK_FIX_H
#define DMACHECK_FIX_H

#include "model.h"
#include "patches.h"

struct fix {
	struct arena *arena;
	const struct patches *patches;	/* all that there are */
	const char *tree;		/* top folder of the kernel */
	const char *tmp;		/* a folder for temporary files, ours */
};

/* A finding, and what became of it. */
struct fix_item {
	const struct model_finding *finding;
	const char *why_not;		/* a reason; NULL: it is fixed */
};

/*
 * Fixes @item[0..n), findings of one rule in one file. Leaves a unified diff,
 * as "git apply" takes it, in @diff: "" if none of them could be fixed. -1 and
 * a sentence if a file cannot be read or a program not be run.
 */
int fix_file(const struct fix *f, struct fix_item *item, size_t n,
	     const char **diff, struct error *err);

#endif
