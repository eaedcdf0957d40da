/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one folder for everything that is cached. All of it may be removed at
 * any time: what is needed is made again.
 *
 *	$DMACHECK_CACHE, or $XDG_CACHE_HOME/dmacheck, or ~/.cache/dmacheck
 *	trees/NAME-HASH/	one a kernel tree, by the hash of its path
 *		lock		held while an audit runs
 *		scan		which C files call the DMA API
 *		lines		how make compiles each of them
 *		cocci/		what semantic patches said, see cocci.h
 *		tmp/		temporary files of make
 *		shipped/	what a build would copy in the tree, see
 *				shipped.h
 *		audit-HASH/	one a plugin and rules file, by their paths
 *			stamp		engine and rules of the facts
 *			NAME.ninja, NAME/	what ninja does and did
 *			grown		files that modules were found to need
 *			collected/PATH.jsonl	of the unit PATH
 *			modules/PATH.plan	what is linked together
 *			facts/PATH.jsonl	of the unit PATH, when linked
 *			*.fail		why it failed
 *		ARCH/		one an architecture that the tree is not
 *				configured for: lines, tmp, shipped, audit-HASH
 *				as above, and
 *			tree/		the tree prepared for it, see mirror.h
 */
#ifndef DMACHECK_CACHE_H
#define DMACHECK_CACHE_H

#include "util.h"

/* The layout above, for --help. */
extern const char cache_layout[];

/* Of a tree. */
struct cache {
	const char *tree;	/* trees/NAME-HASH */
	const char *scan;
	int lock;
};

/* Of one architecture of it. */
struct cache_arch {
	const char *lines, *tmp, *shipped;
	const char *mirror;	/* tree/ */
	const char *work;	/* audit-HASH */
};

/*
 * Makes the folder of @tree_root below @root, and takes the lock: if another
 * audit of the tree runs, @waiting is called once and its end waited for.
 */
int cache_open(struct cache *c, struct arena *arena, const char *root,
	       const char *tree_root, void (*waiting)(const char *tree),
	       struct error *err);
void cache_close(struct cache *c);

/*
 * Makes the folders of an architecture. @arch: its name, NULL for the one that
 * the tree is configured for; @plugin, @rules: paths, @rules may be NULL.
 */
int cache_of_arch(const struct cache *c, struct arena *arena,
		  const char *arch, const char *plugin, const char *rules,
		  struct cache_arch *out, struct error *err);

/* The file @name below the folder @kind of the audit; its folder is made. */
const char *cache_file(const struct cache_arch *c, struct arena *arena,
		       const char *kind, const char *name, struct error *err);

#endif
