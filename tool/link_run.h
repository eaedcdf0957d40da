/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links the modules of an audit: libraries first, then the modules that call
 * what the libraries were found to acquire or release.
 */
#ifndef DMACHECK_LINK_RUN_H
#define DMACHECK_LINK_RUN_H

#include "cache.h"
#include "modules.h"
#include "ninja.h"

struct link_run {
	struct arena *arena;
	struct modules *modules;
	const struct cache_arch *cache;
	const char *program;	/* absolute path of dmacheck(1) */
	const char *rules;	/* absolute path, or NULL: built in */
	const char *stamp;	/* see struct ninja */
	unsigned int jobs;
	struct progress *progress;
	bool force;		/* link all modules again */
	bool alone;		/* nothing is imported */
	unsigned int ran, failed;	/* results: modules */
};

/*
 * Makes the facts of all units whose collected facts are there. Modules that
 * cannot be linked leave no facts, and say why in a file *.fail. -1 and a
 * sentence as ninja_run().
 */
int link_modules(struct link_run *l, struct error *err);

#endif
