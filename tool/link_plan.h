/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What "dmacheck link" is told of one module: a text file, tabs between the
 * fields of a line.
 *
 *	whole				as struct module's
 *	unit	COLLECTED	FACTS	checked; its facts go to FACTS
 *	import	COLLECTED	NAME...	of another module: the functions that
 *					the module calls there
 */
#ifndef DMACHECK_LINK_PLAN_H
#define DMACHECK_LINK_PLAN_H

#include "modules.h"

/* What one module takes of a unit of another. */
struct import_of {
	const char *source;
	struct strings names;	/* sorted */
};

struct link_plan {
	const struct module *module;
	const char *path;	/* of the file */
	bool library;		/* another one imports of it */
	struct import_of *import;
	size_t nimports;
};

/* The text of @p; @collected and @facts give paths by source. */
typedef const char *link_path(void *data, const char *source);
char *link_plan_text(struct arena *arena, const struct link_plan *p,
		     link_path *collected, link_path *facts, void *data);

/* A plan read back. */
struct link_lines {
	bool whole;
	struct strings in, out;		/* units */
	struct strings import;		/* collected files */
	struct strings *names;		/* by import */
};

/* -1 and a sentence in @err if the file @path cannot be read or is none. */
int link_plan_read(struct arena *arena, const char *path,
		   struct link_lines *l, struct error *err);

#endif
