/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second engine: all semantic patches over all files that call the DMA
 * API, whether or not a configuration builds them.
 *
 *	plan	what is not remembered of its content, in groups of files
 *	run	ninja, a "dmacheck cocci" for each group
 *	gather	what these left becomes what is remembered
 *
 * A group is one process's for all semantic patches: its files are parsed
 * once. Results lie below the folder:
 *
 *	results			all that is remembered
 *	N.plan, N.part, N.done	of a group: what to do, what was done
 *	N.tmp/			its temporary files
 *	calls.cocci		see COCCI_CALLS
 *
 * A killed audit loses the semantic patch that each group was at.
 */
#ifndef DMACHECK_COCCI_H
#define DMACHECK_COCCI_H

#include "cocci_results.h"
#include "patches.h"
#include "progress.h"

/* Seconds of the clock for each file and semantic patch. */
#define COCCI_LIMIT 120

/*
 * The name of a semantic patch that is made of the rules: it reports each call
 * of the API that spatch could parse.
 */
#define COCCI_CALLS "calls"

struct cocci {
	struct context *ctx;
	const struct rules *rules;
	const char *root;		/* real path of the tree */
	const char *dir;		/* the folder above */
	const struct strings *sources;	/* relative to the tree */
	unsigned int jobs, limit;
	bool force;			/* whatever is remembered */
	struct progress *progress;
	struct patches patches;		/* that there are */
	/* Results: */
	struct cocci_results results;
	unsigned int ran;		/* files that were not remembered */
	const char *complaint;		/* what a group that failed said; NULL:
					 * none did */
};

/* -1 and a sentence in c->ctx->err. */
int cocci_run(struct cocci *c);
void cocci_free(struct cocci *c);

#endif
