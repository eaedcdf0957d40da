/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calls of the API that the sources hold become a table of the store: what
 * there is to be seen, whichever engine looks.
 */
#ifndef DMACHECK_IMPORT_CALLS_H
#define DMACHECK_IMPORT_CALLS_H

#include "rules.h"
#include "store.h"
#include "tree.h"

/*
 * Reads those of @sources that are new or have changed, all in one
 * transaction, and forgets those that are gone. -1 and a sentence in @err: the
 * store is as it was.
 */
int import_calls(struct store *s, const struct tree *tree,
		 const struct rules *rules, const struct strings *sources,
		 struct error *err);

#endif
