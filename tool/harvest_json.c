// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include "cmdline.h"
#include "harvest_json.h"

/* The words of the last command of an entry. */
static void keep_words(void *data, struct strings *words)
{
	struct strings *out = data;

	*out = *words;
}

static void entry_words(struct arena *arena, const json_t *entry,
			struct strings *words)
{
	const char *command = json_string_value(json_object_get(entry,
								"command"));
	const json_t *args = json_object_get(entry, "arguments");
	size_t i;

	strings_init(words, arena);
	if (command)
		cmdline_split(arena, command, keep_words, words);
	for (i = 0; !command && i < json_array_size(args); i++) {
		const char *s = json_string_value(json_array_get(args, i));

		strings_add(words, arena_strdup(arena, s ? s : ""));
	}
}

/* The source relative to the tree; NULL: not compiled in its top folder. */
static const char *entry_source(const struct tree *tree, const json_t *entry)
{
	const char *dir = json_string_value(json_object_get(entry,
							    "directory"));
	const char *file = json_string_value(json_object_get(entry, "file"));
	const char *path;

	if (!dir || !file ||
	    strcmp(path_clean(tree->arena, dir), tree->root))
		return NULL;
	path = path_clean(tree->arena, path_join(tree->arena, dir, file));
	if (!path_below(path, tree->root) || !path[strlen(tree->root)])
		return NULL;
	return path + strlen(tree->root) + 1;
}

int harvest_json(const struct tree *tree, const char *path,
		 harvest_command *f, void *data, struct error *err)
{
	json_error_t at;
	json_t *list = json_load_file(path, 0, &at);
	size_t i, k, used = 0;
	int ret = 0;

	if (!list)
		return error_set(err, "cannot read %s, line %d: %s", path,
				 at.line, at.text);
	for (i = 0; i < json_array_size(list) && !ret; i++) {
		const json_t *entry = json_array_get(list, i);
		const char *source = entry_source(tree, entry);
		struct strings words;

		if (!source)
			continue;
		entry_words(tree->arena, entry, &words);
		/* The source may be absolute there; the tree's is not. */
		for (k = 0; k < words.n; k++)
			if (ends_with(words.item[k], source))
				words.item[k] = source;
		ret = f(data, source, &words);
		used++;
	}
	json_decref(list);
	if (!ret && !used)
		ret = error_set(err,
			"%s holds no compile line of the tree %s", path,
			tree->root);
	return ret;
}
