/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Harvest: how does the tree compile each of its files?
 *
 * Asked is "make -n" for just the objects that are wanted, which visits only
 * their folders (all 1,440 callers of the DMA API take 8 s, the whole of
 * drivers/ 30 s), with three variables set on its command line:
 *
 *	TMPOUT		where cc-option keeps its files: not in the tree
 *	may-sync-config	empty, so that make does not bring the tree's
 *			configuration up to date
 *	CFLAGS_KERNEL,	what kbuild compiles only because it was asked to: an
 *	CFLAGS_MODULE	object that is in no obj-y, lib-y or obj-m of a folder
 *			that is itself built, gets -DDMACHECK_UNBUILT; and the
 *			module that the object is linked into, with all its
 *			objects, see struct line
 *
 * Or the lines come from a compile_commands.json.
 */
#ifndef DMACHECK_HARVEST_H
#define DMACHECK_HARVEST_H

#include "cmdline.h"
#include "tree.h"

/* How one file is compiled. */
struct line {
	const char *source;	/* relative to the tree */
	struct strings words;	/* cleaned, see cmdline_clean() */
	/*
	 * What kbuild links it into, "drivers/net/x/x", several joined by
	 * colons; and the objects it links there, below the same folder,
	 * joined by colons, "" if it is this one alone. NULL: not known, as
	 * in a compile_commands.json; then modname is KBUILD_MODNAME as C has
	 * it, quoted, or NULL.
	 */
	const char *module, *parts, *modname;
	bool builtin;		/* it is linked into the kernel itself */
	/*
	 * Why it is not audited: "not built by this configuration", "make has
	 * no compile line for it"; NULL: it is.
	 */
	const char *skip;
};

struct harvest {
	struct line *line;	/* one a source, in their order */
	size_t n;
	bool asked_make;	/* something was not remembered */
};

struct harvest_options {
	const char *memory;	/* file where lines are remembered */
	const char *tmp;	/* folder for make's temporary files */
	const char *commands;	/* compile_commands.json, or NULL */
	const struct strings *make_args;	/* "ARCH=arm64" ...; not NULL */
	bool unbuilt;		/* files that are not built are not skipped */
	bool alone;		/* what a file is linked into is not told */
	bool fresh;		/* remember nothing */
};

/*
 * The compile lines of @sources. A line is remembered as long as .config, the
 * Makefiles and Kbuild files from the top to the source's folder, those of
 * the architecture and in scripts/, and @o->make_args are what they were.
 * NULL and a sentence in @err if make fails altogether or the tree is
 * compiled by something else than GCC.
 */
struct harvest *harvest_lines(const struct tree *tree,
			      const struct strings *sources,
			      const struct harvest_options *o,
			      struct error *err);

#endif
