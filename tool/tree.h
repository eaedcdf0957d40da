/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A prepared kernel tree. It is only ever read.
 */
#ifndef DMACHECK_TREE_H
#define DMACHECK_TREE_H

#include "rules.h"
#include "util.h"

struct tree {
	struct arena *arena;
	const char *root;	/* real path */
	const char *version;	/* "6.1.192" */
	/* Of .config, "" and 0 if there is none. */
	const char *arch;	/* what make calls it: "x86" */
	const char *compiler;	/* CONFIG_CC_VERSION_TEXT, or "" */
	uint64_t config;	/* its hash */
};

/* Is @path a kernel tree? NULL and a sentence if it is not. */
struct tree *tree_find(struct arena *arena, const char *path,
		       struct error *err);

/*
 * Is it configured and prepared? -1 and a sentence that says what to do if it
 * is not.
 */
int tree_check(const struct tree *tree, struct error *err);

/*
 * The C files that @path names: relative to the tree or absolute inside it.
 * A file is taken as it is; of a folder the files that call a function of the
 * DMA API by name are taken. They are added to @out relative to the tree,
 * each once in all. -1 and a sentence if there is no such path, or it is no C
 * file. @memory is the file where it is kept which files call the API, so
 * that only what has changed is read again.
 */
int tree_select(const struct tree *tree, const struct rules *rules,
		const struct strings *paths, const char *memory,
		struct strings *out, struct error *err);

#endif
