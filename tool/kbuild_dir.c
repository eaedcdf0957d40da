// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <string.h>
#include "kbuild_dir.h"

static const char include[] = "include ";
static const char makefile[] = "/Makefile";

/* "include $(X)/amdkfd/Makefile": the folder that it names, or NULL. */
static const char *included(struct arena *arena, const char *line, size_t len)
{
	const char *end = line + len - strlen(makefile), *s;

	if (!starts_with(line, include) ||
	    len < strlen(include) + strlen(makefile) ||
	    strncmp(end, makefile, strlen(makefile)))
		return NULL;
	for (s = end; s > line && s[-1] != '/' && s[-1] != ' '; s--)
		;
	return s[-1] == '/' ? arena_strndup(arena, s, end - s) : NULL;
}

static void read_one(struct kbuild_includes *all, struct arena *arena,
		     struct arena *scratch, const char *path, const char *name)
{
	const char *file = arena_printf(scratch, "%s/%s%s", path, name,
					makefile);
	struct error ignored;
	const char *s = file_read(scratch, file, NULL, &ignored), *of;
	size_t len;

	for (; s && *s; s += len, s += *s == '\n') {
		len = strcspn(s, "\n");
		of = included(arena, s, len);
		if (!of || !strcmp(of, name))
			continue;
		all->item = arena_grow(arena, all->item, all->n,
				       sizeof(*all->item));
		all->item[all->n++] = (struct kbuild_include){
			.by = arena_strdup(arena, name), .of = of,
		};
	}
}

void kbuild_includes_read(struct kbuild_includes *all, struct arena *arena,
			  const char *path)
{
	struct arena *scratch = arena_new_like(arena);
	DIR *d = opendir(path);
	const struct dirent *e;

	*all = (struct kbuild_includes){ NULL, 0 };
	while (d && (e = readdir(d)))
		if (e->d_name[0] != '.' &&
		    (e->d_type == DT_DIR || e->d_type == DT_LNK))
			read_one(all, arena, scratch, path, e->d_name);
	if (d)
		closedir(d);
	arena_free(scratch);
}

const char *kbuild_included_by(const struct kbuild_includes *all,
			       const char *name)
{
	const char *first = NULL;
	size_t i;

	for (i = 0; i < all->n; i++)
		if (!strcmp(all->item[i].of, name) &&
		    (!first || strcmp(all->item[i].by, first) < 0))
			first = all->item[i].by;
	return first;
}
