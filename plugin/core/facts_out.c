// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "facts_out.h"

json_t *facts_text(const char *s)
{
	json_t *j;
	char *copy, *p;

	if (!s)
		return json_null();
	j = json_string(s);
	if (j)
		return j;
	copy = strdup(s);
	if (!copy)
		return NULL;
	for (p = copy; *p; p++)
		if (*p & 0x80)
			*p = '?';
	j = json_string(copy);
	free(copy);
	return j;
}

void facts_put(struct facts_out *o, json_t *j)
{
	errno = 0;
	if (!j || json_dumpf(j, o->file, JSON_COMPACT) ||
	    fputc('\n', o->file) < 0) {
		if (!o->broken)
			o->saved = errno;
		o->broken = true;
	}
	json_decref(j);
}

void facts_put_unit(struct facts_out *o, const struct facts_head *head,
		    const struct unit *u, const struct rules *r, json_t *more)
{
	json_t *files = json_array(), *unit;
	unsigned int i;

	for (i = 0; i < u->nfiles; i++)
		json_array_append_new(files, facts_text(u->file[i]));
	unit = json_pack("{s:s, s:i, s:s, s:s, s:o, s:o, s:o, s:o}",
			 "record", "unit", "format", FACTS_FORMAT,
			 "engine", dmacheck_build, "rules", r->hash,
			 "source", facts_text(head->source),
			 "target", facts_text(head->target),
			 "compiler", facts_text(head->compiler),
			 "files", files);
	if (more && (!unit || json_object_update(unit, more)))
		o->broken = true;
	json_decref(more);
	facts_put(o, unit);
}

int facts_out_open(struct facts_out *o, const char *path, struct error *err)
{
	memset(o, 0, sizeof(*o));
	o->path = path;
	if (asprintf(&o->tmp, "%s.tmp", path) < 0)
		return error_set(err, "no memory left for the facts");
	o->file = fopen(o->tmp, "w");
	if (o->file)
		return 0;
	error_set(err, "cannot write the facts file %s: %s", o->tmp,
		  strerror(errno));
	free(o->tmp);
	return -1;
}

static bool same_bytes(FILE *x, FILE *y)
{
	char p[1 << 14], q[1 << 14];
	size_t n, m;

	do {
		n = fread(p, 1, sizeof(p), x);
		m = fread(q, 1, sizeof(q), y);
		if (n != m || memcmp(p, q, n))
			return false;
	} while (n);
	return true;
}

/* Do the two files hold the same? */
static bool same_files(const char *a, const char *b)
{
	FILE *x = fopen(a, "r"), *y = fopen(b, "r");
	bool same = x && y && same_bytes(x, y);

	if (x)
		fclose(x);
	if (y)
		fclose(y);
	return same;
}

int facts_out_close(struct facts_out *o, struct error *err)
{
	bool failed = o->broken;

	if (fclose(o->file) && !failed) {
		failed = true;
		o->saved = errno;
	}
	if (!failed && same_files(o->tmp, o->path)) {
		unlink(o->tmp);
	} else if (!failed && rename(o->tmp, o->path)) {
		failed = true;
		o->saved = errno;
	}
	if (failed) {
		unlink(o->tmp);
		error_set(err, "cannot write the facts file %s: %s", o->path,
			  strerror(o->saved ? o->saved : ENOMEM));
	}
	free(o->tmp);
	return failed ? -1 : 0;
}
