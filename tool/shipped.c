// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <string.h>
#include "shipped.h"

static const char suffix[] = "_shipped";

void shipped_init(struct shipped *s, struct arena *arena, const char *tree,
		  const char *root)
{
	s->arena = arena;
	s->tree = tree;
	s->root = root;
	strings_init(&s->dirs, arena);
	strings_init(&s->with, arena);
}

/* Copies @from to @dir/@name, unless it is there already. */
static int copy(struct shipped *s, const char *from, const char *dir,
		const char *name, struct error *err)
{
	size_t len;
	char *text = file_read(s->arena, from, &len, err);

	if (!text || make_dirs(dir, err))
		return -1;
	return file_update(path_join(s->arena, dir, name), text, len, err);
}

static int copy_all(struct shipped *s, const char *dir, struct error *err)
{
	const char *from = path_join(s->arena, s->tree, dir);
	const char *to = path_join(s->arena, s->root, dir);
	DIR *d = opendir(from);
	const struct dirent *e;
	bool any = false;
	int ret = 0;

	while (d && !ret && (e = readdir(d))) {
		char *name;

		if (!ends_with(e->d_name, suffix))
			continue;
		name = arena_strndup(s->arena, e->d_name,
				     strlen(e->d_name) - strlen(suffix));
		if (file_exists(path_join(s->arena, from, name)))
			continue;
		any = true;
		ret = copy(s, path_join(s->arena, from, e->d_name), to, name,
			   err);
	}
	if (d)
		closedir(d);
	if (any)
		strings_add(&s->with, dir);
	return ret;
}

int shipped_add(struct shipped *s, const char *source, struct strings *words,
		struct error *err)
{
	const char *slash = strrchr(source, '/');
	const char *dir = slash ? arena_strndup(s->arena, source,
						slash - source) : ".";

	if (!strings_find(&s->dirs, dir)) {
		strings_add(&s->dirs, dir);
		if (copy_all(s, dir, err))
			return -1;
	}
	if (strings_find(&s->with, dir))
		strings_add(words, arena_printf(s->arena, "-I%s/%s", s->root,
						dir));
	return 0;
}
