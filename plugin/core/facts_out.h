/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the writers of facts files share: the file that is complete or not
 * there, and records in JSON. Private to the core.
 */
#ifndef DMACHECK_FACTS_OUT_H
#define DMACHECK_FACTS_OUT_H

#include <jansson.h>
#include "facts.h"

struct facts_out {
	FILE *file;
	const char *path;
	char *tmp;
	bool broken;			/* a record could not be made or
					 * written */
	int saved;			/* errno of what went wrong first */
};

/* Begins "@path.tmp". -1 and a sentence if that cannot be. */
int facts_out_open(struct facts_out *o, const char *path, struct error *err);

/*
 * Ends it and renames it to its path, unless a file of the same content is
 * there: that stays, with its time. -1 and a sentence if something was broken;
 * the file at the path is as it was then.
 */
int facts_out_close(struct facts_out *o, struct error *err);

/* A string; JSON knows no bytes that are not UTF-8, source may hold any. */
json_t *facts_text(const char *s);

/* Writes and releases @j, which may be NULL: then all is broken. */
void facts_put(struct facts_out *o, json_t *j);

/* The first record. */
void facts_put_unit(struct facts_out *o, const struct facts_head *head,
		    const struct unit *u, const struct rules *r,
		    json_t *more);

#endif
