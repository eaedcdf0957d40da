/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linking: the collected units of one kernel module become one unit, which
 * is then checked like any other.
 *
 * What the linker of the kernel does with names is done here: a static
 * function is known in its file alone; another one in the whole module; what
 * a library module exports in every module that is linked with it. Where two
 * static functions of the module have one name, one of them gets the number
 * of its file behind a mark: "reset`3". link_show() takes the mark away.
 *
 * A function of a header is part of every unit that includes it; of the same
 * function only the first is kept.
 */
#ifndef DMACHECK_LINK_H
#define DMACHECK_LINK_H

#include "finding.h"
#include "facts.h"

/* A file of collected facts. */
struct link_input {
	const char *path;
	bool imported;		/* of another module, and not judged: taken are
				 * the functions @name and what they call */
	const char *const *name;
	unsigned int nnames;
};

struct linked {
	struct unit *unit;
	unsigned int *source;	/* by input: its C file in unit->file */
	struct facts_head *head;	/* by input */
};

/*
 * Reads @n inputs. @whole: they are all files of the module that call what
 * moves ownership, so that a function which is not exported has no callers
 * elsewhere. What cannot matter to ownership is left out. NULL and a sentence
 * in @err if a file cannot be read or was made by another engine or rules.
 */
struct linked *link_inputs(struct arena *arena, const struct rules *r,
			   const struct link_input *in, unsigned int n,
			   bool whole, struct error *err);

/* Gives all texts of @res the names that the sources have. */
void link_show(struct arena *arena, const struct unit *u, struct result *res);

#endif
