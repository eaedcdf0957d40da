/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where does a C text call the DMA API? A lexer finds it: no configuration
 * leaves anything out. What comments, strings and "#if 0" hold is none, nor is a
 * declaration or definition of a function of the API, nor the call of a member
 * that is called like one.
 */
#ifndef DMACHECK_CALLS_H
#define DMACHECK_CALLS_H

#include "rules.h"
#include "util.h"

/* A call of what acquires, releases, tests or syncs. */
struct call {
	const struct api *api;
	unsigned int line, col;	/* of its name, from 1; a tab is one column */
	unsigned int begins;	/* line where its statement begins */
	const char *function;	/* that it is in; of a macro, the macro */
	bool macro;		/* it stands in the body of a macro */
};

/* All of them in the order of the text, in @arena; how many. */
size_t calls_find(struct arena *arena, const struct rules *rules,
		  const char *text, size_t len, struct call **out);

/* "acquire", "release", "test" or "sync"; NULL: no call of it is one. */
const char *calls_kind(const struct api *api);

#endif
