/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line of "dmacheck audit".
 */
#ifndef DMACHECK_AUDIT_H
#define DMACHECK_AUDIT_H

#include "arch.h"
#include "command.h"

struct audit_options {
	const char *tree, *db;
	const char *cache;		/* folder; NULL: there is none */
	const char *rules;		/* --rules, or NULL */
	const char *rules_path;		/* what the plugin reads, absolute, or
					 * NULL: built in */
	const char *plugin;		/* --plugin, or NULL */
	const char *commands;		/* compile_commands.json, or NULL */
	struct arches known;		/* all that there are */
	struct arches arches;		/* --arch; none: as the tree is */
	struct strings paths, make_args;
	unsigned int jobs;
	unsigned int limit;		/* seconds, see cocci.h */
	bool gcc, cocci;		/* the engines */
	bool force, harvest, unbuilt, alone, all_arches, quiet;
};

/* Fills in @o. -1 and a sentence in ctx->err; argp says what is unknown. */
int audit_options(struct context *ctx, int argc, char **argv,
		  struct audit_options *o);

#endif
