/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One architecture of an audit: from C files to the facts of each.
 *
 *	prepare		the tree itself, or one made for it	tree, mirror
 *	harvest		how are they compiled?			harvest
 *	compile		ninja and the plugin collect units	ninja, engine
 *	grow		which files of their modules matter?	modules
 *			which libraries do they call?		exports
 *	link		modules are checked, which leaves facts	link_run
 */
#ifndef DMACHECK_PASS_H
#define DMACHECK_PASS_H

#include "arch.h"
#include "audit.h"
#include "cache.h"
#include "engine.h"
#include "exports.h"
#include "import.h"
#include "modules.h"
#include "progress.h"
#include "shipped.h"

struct pass {
	/* What the audit says. */
	struct context *ctx;
	const struct audit_options *o;
	const struct rules *rules;
	struct progress *progress;
	const struct tree *user_tree;
	const struct cache *cache;	/* of the user's tree */
	const struct arch *arch;	/* NULL: one that is not in the table,
					 * as the tree is configured for it */
	bool mirrored;			/* the tree is configured for another */
	const char *plugin;
	const char *label;		/* "arm64: " before messages, or "" */
	struct exports *exports;	/* of the passes before; grows */

	struct import_arch head;	/* what the store is told of it */
	struct tree *tree;
	struct cache_arch files;
	struct engine engine;
	struct harvest *harvest;
	struct modules modules;
	struct shipped shipped;
	struct strings selected;	/* C files that were asked for */
	struct strings sources;		/* and those of their modules; sorted */
	struct strings broken;		/* that failed in this pass */
	const char *stamp;		/* see struct ninja */
	unsigned int compiled, failed;	/* units */
	bool fresh;			/* ask make again for the lines */
	bool force;			/* compile all units again */
};

/*
 * Makes the tree ready. What fails here fails before anything takes time, but
 * for a tree that has to be configured. -1 and a sentence in ctx->err.
 */
int pass_prepare(struct pass *p);

/* The same for all that follows: @sources become facts. */
int pass_run(struct pass *p, const struct strings *sources);

/*
 * Fills in the outcome of source number @i of p->harvest. -1 and a sentence
 * if the disk is full.
 */
int pass_outcome(struct pass *p, size_t i, struct outcome *o);

void pass_free(struct pass *p);

#endif
