/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What semantic patches found becomes one state of the store: a unit for each
 * source, with engine "cocci".
 */
#ifndef DMACHECK_IMPORT_COCCI_H
#define DMACHECK_IMPORT_COCCI_H

#include "cocci.h"
#include "store.h"
#include "tree.h"

/*
 * Brings the store up to date with the results of @c for its sources, in one
 * transaction; of a unit whose results are as they were nothing is written. A
 * unit on which a semantic patch failed or took too long is "failed", with
 * the reasons, and keeps what the others found. Units of files that are gone
 * go. -1 and a sentence in @err: the store is as it was.
 */
int import_cocci(struct store *s, const struct cocci *c,
		 const struct tree *tree, struct error *err);

/*
 * What the store holds is of other semantic patches: adds all its sources to
 * @sources, to be done anew. -1 and a sentence if it cannot be read.
 */
int import_cocci_stored(struct store *s, const struct patches *p,
			const struct tree *tree, struct strings *sources,
			struct error *err);

#endif
