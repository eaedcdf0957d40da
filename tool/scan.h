/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which C files of a tree call the DMA API? Those in which the name of an
 * acquire, release, test or sync function of the rules, or of one that always
 * maps what it is given, stands as a whole word before an opening parenthesis;
 * comments count too, for a file too many costs a quarter of a second, one too
 * few costs a bug.
 */
#ifndef DMACHECK_SCAN_H
#define DMACHECK_SCAN_H

#include "rules.h"
#include "util.h"

/*
 * Adds to @out the C files below the folders @dirs of @root that call the
 * API, relative to @root. Hidden folders, Documentation, scripts and tools
 * hold no kernel code and are left out, unless @dirs names them.
 *
 * @memory: a file that remembers the answer for each file of that size and
 * time; it is made and kept up to date, and may be removed at any time.
 */
int scan_tree(const char *root, const struct strings *dirs,
	      const struct rules *rules, const char *memory,
	      struct strings *out, struct error *err);

/* Does the C text call a function of the API? For tests. */
bool scan_text(const struct rules *rules, const char *text, size_t len);

#endif
