// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "arch.h"

extern const char arches_builtin[], dmacheck_machine[];

static const char blanks[] = " \t";

/* The next word of a line; *@at goes behind it. */
static const char *next_word(struct arena *arena, const char **at)
{
	const char *from = *at + strspn(*at, blanks);
	size_t len = strcspn(from, " \t\n");

	*at = from + len;
	return arena_strndup(arena, from, len);
}

void arches_add(struct arena *arena, struct arches *list,
		const struct arch *a)
{
	if (arches_find(list, a->name))
		return;
	list->arch = arena_grow(arena, list->arch, list->n,
				sizeof(*list->arch));
	list->arch[list->n++] = *a;
}

void arches_read(struct arena *arena, struct arches *all)
{
	const char *at = arches_builtin;

	memset(all, 0, sizeof(*all));
	for (; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		struct arch a = { NULL };

		if (*at == '#' || *at == '\n')
			continue;
		a.name = next_word(arena, &at);
		a.kernel = next_word(arena, &at);
		a.folder = next_word(arena, &at);
		a.compiler = next_word(arena, &at);
		a.options = next_word(arena, &at);
		a.foreign = strcmp(a.compiler, dmacheck_machine) != 0;
		arches_add(arena, all, &a);
	}
}

const struct arch *arches_find(const struct arches *all, const char *name)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (!strcmp(all->arch[i].name, name))
			return &all->arch[i];
	return NULL;
}

const struct arch *arches_of_tree(const struct arches *all,
				  const char *kernel)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (!strcmp(all->arch[i].kernel, kernel) ||
		    !strcmp(all->arch[i].folder, kernel))
			return &all->arch[i];
	return NULL;
}

static char *names(struct arena *arena, const struct arches *all)
{
	struct strings list;
	size_t i;

	strings_init(&list, arena);
	for (i = 0; i < all->n; i++)
		strings_add(&list, all->arch[i].name);
	return strings_join(&list, ", ");
}

int arches_select(struct arena *arena, const struct arches *all,
		  const char *list, struct arches *out, struct error *err)
{
	static const char between[] = ", \t";
	const char *at = list + strspn(list, between);

	memset(out, 0, sizeof(*out));
	while (*at) {
		size_t len = strcspn(at, between);
		const char *name = arena_strndup(arena, at, len);
		const struct arch *a = arches_find(all, name);

		if (!a)
			return error_set(err,
				"there is no architecture %s; there are %s",
				name, names(arena, all));
		arches_add(arena, out, a);
		at += len;
		at += strspn(at, between);
	}
	return out->n ? 0 : error_set(err,
		"no architecture is named; there are %s", names(arena, all));
}
