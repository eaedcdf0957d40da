// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "scan.h"
#include "tree.h"

/* What "make prepare modules_prepare" leaves, and nothing else does. */
static const char *const prepared[] = {
	"include/config/auto.conf",
	"include/generated/autoconf.h",
	"include/generated/utsrelease.h",
	"include/generated/asm-offsets.h",
};

/* The value of "NAME = value" in a Makefile; "" if it has none. */
static char *make_value(struct arena *arena, const char *text,
			const char *name)
{
	size_t len = strlen(name);
	const char *line = text;

	for (; line; line = strchr(line, '\n')) {
		const char *v;

		line += *line == '\n';
		if (strncmp(line, name, len))
			continue;
		v = line + len + strspn(line + len, " \t");
		if (*v != '=')
			continue;
		v += 1 + strspn(v + 1, " \t");
		return arena_strndup(arena, v, strcspn(v, " \t\n"));
	}
	return arena_strdup(arena, "");
}

static int read_version(struct tree *tree, struct error *err)
{
	char *path = path_join(tree->arena, tree->root, "Makefile");
	char *kbuild = path_join(tree->arena, tree->root, "Kbuild");
	char *text = file_read(tree->arena, path, NULL, err);
	char *major, *sub;

	if (!text || !file_exists(kbuild))
		return error_set(err,
			"%s is not a kernel tree: it has no Makefile and Kbuild of one",
			tree->root);
	major = make_value(tree->arena, text, "VERSION");
	sub = make_value(tree->arena, text, "SUBLEVEL");
	if (!major[0] || !strstr(text, "KERNELVERSION"))
		return error_set(err,
			"%s is not a kernel tree: its Makefile names no kernel version",
			tree->root);
	tree->version = arena_printf(tree->arena, "%s.%s.%s", major,
		make_value(tree->arena, text, "PATCHLEVEL"), sub);
	return 0;
}

/* "# Linux/x86 6.1.192 Kernel Configuration" names the architecture. */
static void read_config(struct tree *tree)
{
	char *config = path_join(tree->arena, tree->root, ".config");
	struct error ignored;
	size_t len;
	const char *text = file_read(tree->arena, config, &len, &ignored);
	const char *arch = text ? strstr(text, "# Linux/") : NULL;
	const char *cc = text ? strstr(text, "\nCONFIG_CC_VERSION_TEXT=\"") :
				NULL;

	tree->config = text ? hash_bytes(0, text, len) : 0;
	tree->arch = tree->compiler = "";
	if (arch)
		tree->arch = arena_strndup(tree->arena, arch + 8,
					   strcspn(arch + 8, " \n"));
	if (cc) {
		cc = strchr(cc, '"') + 1;
		tree->compiler = arena_strndup(tree->arena, cc,
					       strcspn(cc, "\"\n"));
	}
}

int tree_check(const struct tree *tree, struct error *err)
{
	char *config = path_join(tree->arena, tree->root, ".config");
	size_t i;

	if (!file_exists(config))
		return error_set(err,
			"%s is not configured: it has no .config; run \"make allmodconfig\" or the like in it",
			tree->root);
	for (i = 0; i < sizeof(prepared) / sizeof(prepared[0]); i++)
		if (!file_exists(path_join(tree->arena, tree->root,
					   prepared[i])))
			return error_set(err,
				"%s is not prepared: it has no %s; run \"make prepare modules_prepare\" in it",
				tree->root, prepared[i]);
	if (file_time(config) >
	    file_time(path_join(tree->arena, tree->root, prepared[0])))
		return error_set(err,
			"%s has a .config that is newer than what was prepared from it; run \"make olddefconfig prepare modules_prepare\" in it",
			tree->root);
	return 0;
}

struct tree *tree_find(struct arena *arena, const char *path,
		       struct error *err)
{
	struct tree *tree = arena_alloc(arena, sizeof(*tree));
	char *root = realpath(path, NULL);

	if (!root || !is_dir(root)) {
		error_set(err, "there is no kernel tree at %s: %s", path,
			  strerror(root ? ENOTDIR : errno));
		free(root);
		return NULL;
	}
	tree->arena = arena;
	tree->root = arena_strdup(arena, root);
	free(root);
	if (read_version(tree, err))
		return NULL;
	read_config(tree);
	return tree;
}

/* @path relative to the tree; NULL and a sentence if it lies outside. */
static const char *inside(const struct tree *tree, const char *path,
			  struct error *err)
{
	char *clean = path_clean(tree->arena, path), *real;
	const char *rel = clean;

	if (clean[0] == '/') {
		real = realpath(clean, NULL);
		rel = real ? arena_strdup(tree->arena, real) : clean;
		free(real);
		if (!path_below(rel, tree->root)) {
			error_set(err, "%s does not lie in the tree %s",
				  path, tree->root);
			return NULL;
		}
		rel += strlen(tree->root);
		rel += *rel == '/';
		return *rel ? rel : ".";
	}
	if (starts_with(clean, "..")) {
		error_set(err, "%s does not lie in the tree %s", path,
			  tree->root);
		return NULL;
	}
	return rel;
}

int tree_select(const struct tree *tree, const struct rules *rules,
		const struct strings *paths, const char *memory,
		struct strings *out, struct error *err)
{
	struct strings dirs, found;
	size_t i;

	strings_init(&dirs, tree->arena);
	strings_init(&found, tree->arena);
	if (!paths->n)
		strings_add(&dirs, ".");
	for (i = 0; i < paths->n; i++) {
		const char *rel = inside(tree, paths->item[i], err);
		const char *full;

		if (!rel)
			return -1;
		full = path_join(tree->arena, tree->root, rel);
		if (!file_exists(full))
			return error_set(err, "there is no %s in the tree %s",
					 rel, tree->root);
		if (is_dir(full))
			strings_add(&dirs, rel);
		else if (!ends_with(rel, ".c"))
			return error_set(err, "%s is not a C file", rel);
		else
			strings_add(&found, rel);
	}
	if (dirs.n && scan_tree(tree->root, &dirs, rules, memory, &found, err))
		return -1;
	strings_sort(&found);
	for (i = 0; i < found.n; i++)
		if (!i || strcmp(found.item[i], found.item[i - 1]))
			strings_add(out, found.item[i]);
	return 0;
}
