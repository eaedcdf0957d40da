// SPDX-License-Identifier: GPL-2.0-or-later
#include "deps.h"

/* Names in a rule of make: a blank, # and $ have a meaning there. */
static void put_name(FILE *out, const char *name)
{
	for (; *name; name++) {
		if (*name == ' ' || *name == '#' || *name == '\\')
			putc('\\', out);
		else if (*name == '$')
			putc('$', out);
		putc(*name, out);
	}
}

static void put_once(FILE *out, hash_set<nofree_string_hash> *seen,
		     const char *name)
{
	/* <built-in> and the like are no files */
	if (!name || name[0] == '<' || !name[0] || seen->add(name))
		return;
	fputs(" \\\n ", out);
	put_name(out, name);
}

static void put_rule(FILE *out, const char *target, const char *rules)
{
	hash_set<nofree_string_hash> seen;
	unsigned int n = LINEMAPS_ORDINARY_USED(line_table), i;

	put_name(out, target);
	putc(':', out);
	put_once(out, &seen, main_input_filename);
	for (i = 0; i < n; i++)
		put_once(out, &seen, ORDINARY_MAP_FILE_NAME(
				LINEMAPS_ORDINARY_MAP_AT(line_table, i)));
	put_once(out, &seen, rules);
	putc('\n', out);
}

int deps_write(const char *target, const char *rules, core::error *err)
{
	char *path = concat(target, ".d", NULL);
	char *tmp = concat(path, ".tmp", NULL);
	FILE *out = fopen(tmp, "w");
	bool good = false;

	if (out) {
		put_rule(out, target, rules);
		good = !ferror(out);
		good = !fclose(out) && good;
		good = good && !rename(tmp, path);
	}
	if (!good) {
		core::error_set(err, "cannot write dependencies to %s: %s",
				path, xstrerror(errno));
		unlink(tmp);
	}
	free(tmp);
	free(path);
	return good ? 0 : -1;
}
