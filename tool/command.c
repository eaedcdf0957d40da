// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

const char *command_rules_path(struct context *ctx)
{
	const char *path = path_join(ctx->arena, ctx->program_dir,
				     "rules.yaml");

	return file_exists(path) ? path : NULL;
}

struct rules *command_rules(struct context *ctx, const char *file)
{
	return rules_load(file ? file : command_rules_path(ctx), ctx->err);
}

const char *command_scripts(struct context *ctx)
{
	const char *dir = path_join(ctx->arena, ctx->program_dir, "cocci");

	if (is_dir(dir))
		return dir;
	error_set(ctx->err, "there are no semantic patches: no folder %s", dir);
	return NULL;
}

void command_paths(struct context *ctx, struct strings *list, char **argv,
		   int from, int argc)
{
	int i;

	strings_init(list, ctx->arena);
	for (i = from; i < argc; i++)
		strings_add(list, path_clean(ctx->arena, argv[i]));
}
