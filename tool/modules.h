/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files make a kernel module, and through which of them can the
 * ownership of DMA memory pass?
 *
 * What a module is made of is what kbuild says of each file it compiles
 * (harvest.h). Of a module with a file that is audited these files are
 * audited as well: those that call the DMA API by name, and those that name a
 * function, visible in the whole module, that reaches the API in another
 * file; and so on, as such a file makes more functions reach it.
 *
 * A module that exports such functions is a library: it is linked first, and
 * what its summaries show to acquire or release is linked into the modules
 * that call it.
 */
#ifndef DMACHECK_MODULES_H
#define DMACHECK_MODULES_H

#include <uthash.h>
#include "harvest.h"
#include "rules.h"

struct module {
	const char *name;	/* "drivers/net/x/x" */
	bool whole;		/* all its callers are in it, or call what it
				 * exports: no part of the kernel itself */
	struct strings part;	/* its C files, clean, sorted */
	struct strings unit;	/* those that are audited, sorted; a file of
				 * two modules belongs to one of them */
	UT_hash_handle hh;
};

struct modules {
	struct arena *arena;
	const struct tree *tree;
	const struct rules *rules;
	struct module *module;	/* in the order of their names */
	struct home *home;	/* by source: the module it belongs to */
	struct read_file *files;	/* what was read of files */
};

void modules_init(struct modules *ms, const struct tree *tree,
		  const struct rules *rules);
void modules_free(struct modules *ms);

/* Takes in where the lines of @h say that files belong; skipped ones not. */
void modules_add(struct modules *ms, const struct harvest *h);

/* The module of @source, or NULL. */
const struct module *modules_home(const struct modules *ms,
				  const char *source);

/*
 * Adds to @out the files of the modules that call the DMA API by name and
 * are no units yet.
 */
void modules_callers(struct modules *ms, struct strings *out);

/*
 * The same of the files that name a function of their module which reaches
 * the API. @facts gives the path of a unit's facts; those that are not there
 * are left out. -1 and a sentence in @err if one cannot be read.
 */
typedef const char *modules_facts(void *data, const char *source);
int modules_grow(struct modules *ms, modules_facts *facts, void *data,
		 struct strings *out, struct error *err);

#endif
