/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compile_commands.json: a list of {directory, file, command or arguments}.
 */
#ifndef DMACHECK_HARVEST_JSON_H
#define DMACHECK_HARVEST_JSON_H

#include "tree.h"

/* @source is relative to the tree; a result other than 0 ends the reading. */
typedef int harvest_command(void *data, const char *source,
			    struct strings *words);

/*
 * Calls @f for each entry of @path that compiles a file of the tree in the
 * tree's top folder. -1 and a sentence in @err if @path is no such file, or
 * none of its entries is of this tree.
 */
int harvest_json(const struct tree *tree, const char *path,
		 harvest_command *f, void *data, struct error *err);

#endif
