/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folders that are built as parts of another: amdgpu/Makefile includes
 * amdkfd/Makefile beside it, and links ../amdkfd/x.o. Asked for amdkfd/x.o by
 * itself, make says how it would compile what nobody builds.
 */
#ifndef DMACHECK_KBUILD_DIR_H
#define DMACHECK_KBUILD_DIR_H

#include "util.h"

/* Of two folders beside each other: one Makefile includes that of the other. */
struct kbuild_include {
	const char *by, *of;	/* names of folders: "amdgpu", "amdkfd" */
};

struct kbuild_includes {
	struct kbuild_include *item;
	size_t n;
};

/* Of all folders in the folder @path. */
void kbuild_includes_read(struct kbuild_includes *all, struct arena *arena,
			  const char *path);

/* The folder that includes @name: the first by name, or NULL. */
const char *kbuild_included_by(const struct kbuild_includes *all,
			       const char *name);

#endif
