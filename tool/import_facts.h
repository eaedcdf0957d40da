/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One facts file becomes rows of the store.
 */
#ifndef DMACHECK_IMPORT_FACTS_H
#define DMACHECK_IMPORT_FACTS_H

#include "import.h"

/* Prepared statements that insert, one a table. */
struct inserts;

struct inserts *inserts_open(struct store *s, const struct import_head *head,
			     struct error *err);
void inserts_close(struct inserts *in);

/*
 * Inserts the unit of @o and all records of its facts file. -1 and a sentence
 * in @err if the file is damaged or of another engine, or the store fails;
 * @in_store then says which: what was inserted is to be rolled back.
 */
int inserts_unit(struct inserts *in, const struct outcome *o, bool *in_store,
		 struct error *err);

#endif
