/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The semantic patches there are: the folder "cocci" beside the command.
 */
#ifndef DMACHECK_PATCHES_H
#define DMACHECK_PATCHES_H

#include "command.h"

struct patch {
	const char *name;	/* "dma-unchecked-mapping" */
	const char *path;	/* absolute */
	const char *about;	/* what the head says that it is for */
	const char *class;	/* of what it reports */
	enum confidence confidence;	/* of what it reports */
	uint64_t hash;		/* of its text */
	bool fixes;		/* it has a mode that writes the fix */
};

struct patches {
	struct patch *item;	/* by name */
	size_t n;
	uint64_t hash;		/* of all, and of spatch's version */
	const char *version;	/* of spatch */
};

/*
 * Reads them, and asks spatch(1) for its version. High, Moderate and Low in
 * their heads are high, medium and low, but what is only deprecated is low. -1
 * and a sentence if there are none, or there is no spatch.
 */
int patches_load(struct context *ctx, struct patches *p);

/* The one called @name, or NULL. */
const struct patch *patches_find(const struct patches *p, const char *name);

#endif
