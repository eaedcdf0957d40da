/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which file exports a function that may reach the DMA API? Known of what
 * earlier passes of an audit collected, so that a later one, which looks only
 * at what they could not build, finds the libraries that its files call.
 */
#ifndef DMACHECK_EXPORTS_H
#define DMACHECK_EXPORTS_H

#include "util.h"

struct exports {
	struct arena *arena;
	struct exported *exported;	/* by name */
};

/* Takes in what the collected facts in the file @facts say of @source. */
int exports_read(struct exports *e, const char *facts, const char *source,
		 struct error *err);

/*
 * Adds to @out, each once, the files of which the unit with the collected
 * facts @facts calls an exported function. -1 and a sentence in @err if they
 * cannot be read.
 */
int exports_called(const struct exports *e, const char *facts,
		   struct strings *out, struct error *err);

void exports_free(struct exports *e);

#endif
