/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What semantic patches said of files, remembered by the content of both.
 *
 * An entry in a file is a line "=HASH TAB SCRIPT TAB PATH TAB FAILURE", each
 * line that was reported behind a tab, and a line with a dot; what was cut off
 * before the dot is none.
 */
#ifndef DMACHECK_COCCI_RESULTS_H
#define DMACHECK_COCCI_RESULTS_H

#include <stdio.h>
#include <uthash.h>
#include "util.h"

struct cocci_result {
	const char *key;	/* of the table: "SCRIPT PATH" */
	const char *hash;	/* of what it was made from, see cocci.h */
	const char *script, *path;
	const char *failure;	/* "": none */
	const char *text;	/* lines that were reported */
	UT_hash_handle hh;
};

struct cocci_results {
	struct arena *arena;
	struct cocci_result *table;
};

/* Adds what the file @path holds; the last one of a key counts. */
void cocci_results_read(struct cocci_results *r, const char *path);
int cocci_results_write(struct cocci_results *r, const char *path,
			struct error *err);
void cocci_results_free(struct cocci_results *r);

/* NULL: there is none. */
const struct cocci_result *cocci_results_find(const struct cocci_results *r,
					      const char *script,
					      const char *path);

/* Forgets it, if it is there. */
void cocci_results_drop(struct cocci_results *r, const char *script,
			const char *path);

/* Appends one entry to @b. */
void cocci_result_put(struct buffer *b, const struct cocci_result *e);

#endif
