/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands of dmacheck(1). main() makes the context out of what only it
 * may ask for: environment, terminal, where the executable lies.
 */
#ifndef DMACHECK_COMMAND_H
#define DMACHECK_COMMAND_H

#include "rules.h"
#include "util.h"

/* Exit statuses. */
enum { EXIT_NOTHING = 0, EXIT_FINDINGS = 1, EXIT_CANNOT = 2, EXIT_SOME = 3 };

struct context {
	struct arena *arena;		/* for the whole run */
	struct error *err;
	const char *program_dir;	/* folder of the executable */
	const char *cache;		/* see cache.h; NULL: no home */
	const char *tmp;		/* folder of temporary files */
	bool out_tty, err_tty;		/* stdout, stderr are terminals */
	bool no_color;			/* NO_COLOR is set */
	unsigned int processors;
};

/*
 * Runs with its own argv, whose first element is "dmacheck NAME". Returns an
 * exit status, or -1 and a sentence in ctx->err, which is EXIT_CANNOT.
 */
typedef int command_run(struct context *ctx, int argc, char **argv);

command_run command_audit, command_report, command_dump, command_known,
	    command_sample, command_check, command_link,
	    command_cocci, command_fix;

/* The rules of "--rules FILE"; NULL: those beside the command, or built in. */
struct rules *command_rules(struct context *ctx, const char *file);

/* The rules file beside the command, or NULL. */
const char *command_rules_path(struct context *ctx);

/* The folder of the semantic patches, beside the command; NULL: @ctx->err. */
const char *command_scripts(struct context *ctx);

/* Arguments of a command into @list, relative paths cleaned. */
void command_paths(struct context *ctx, struct strings *list, char **argv,
		   int from, int argc);

#endif
