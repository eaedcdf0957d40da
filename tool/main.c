// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dmacheck(1): only what is here prints errors, reads the environment and
 * ends the program.
 */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cache.h"
#include "command.h"
#include "explain.h"
#include "explain.h"

extern const char dmacheck_version[], dmacheck_build[], dmacheck_gcc_version[];

static const struct {
	const char *name;
	command_run *run;
	const char *help;
} commands[] = {
	{ "audit", command_audit,
	  "check the C files of a kernel tree, store what was found" },
	{ "report", command_report,
	  "print what is stored: text, csv, json, sarif, markdown" },
	{ "explain", command_explain, "explain a rule, or list them" },
	{ "fix", command_fix, "write the fix of a finding, as a diff" },
	{ "known", command_known, "check a file of known findings" },
	{ "sample", command_sample, "draw findings at random, for review" },
	{ "dump", command_dump, "print a whole database as sorted text" },
	{ "check", command_check, "check a program in event form" },
	{ "link", command_link, "check the files of one module together" },
	{ "cocci", command_cocci, "run semantic patches, as audit plans it" },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void out_of_memory(void)
{
	fputs("dmacheck: no memory left\n", stderr);
	exit(EXIT_CANNOT);
}

static void print_help(void)
{
	size_t i;

	puts("usage: dmacheck COMMAND [ARGUMENT...]\n"
	     "       dmacheck COMMAND --help\n\n"
	     "Finds violations of the ownership rules of the Linux kernel's\n"
	     "DMA API in C drivers.\n");
	for (i = 0; i < NCOMMANDS; i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].help);
	printf("\nExit status: 0 nothing found, 1 findings, 2 it could not "
	       "run,\n3 it ran but some units failed.\n\n%s", cache_layout);
}

static void print_version(void)
{
	printf("dmacheck %s, engine %s, for GCC %s\n", dmacheck_version,
	       dmacheck_build, dmacheck_gcc_version);
}

static const char *program_dir(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return ".";
	path[n] = '\0';
	*strrchr(path, '/') = '\0';
	return arena_strdup(arena, path[0] ? path : "/");
}

static const char *set(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *cache_root(struct arena *arena)
{
	const char *dir = set("DMACHECK_CACHE");
	char *cwd, *full;

	if (!dir && set("XDG_CACHE_HOME"))
		dir = path_join(arena, set("XDG_CACHE_HOME"), "dmacheck");
	if (!dir && set("HOME"))
		dir = path_join(arena, set("HOME"), ".cache/dmacheck");
	if (!dir || dir[0] == '/')
		return dir;
	/* ninja and the compilers run in another folder */
	cwd = getcwd(NULL, 0);
	full = path_join(arena, cwd ? cwd : "/", dir);
	free(cwd);
	return full;
}

static void make_context(struct context *ctx, struct error *err)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	memset(ctx, 0, sizeof(*ctx));
	ctx->arena = arena_new(out_of_memory);
	ctx->err = err;
	ctx->program_dir = program_dir(ctx->arena);
	ctx->cache = cache_root(ctx->arena);
	ctx->tmp = set("TMPDIR") ? set("TMPDIR") : "/tmp";
	ctx->out_tty = isatty(STDOUT_FILENO);
	ctx->err_tty = isatty(STDERR_FILENO);
	ctx->no_color = set("NO_COLOR") != NULL;
	ctx->processors = n > 0 ? (unsigned int)n : 1;
}

/* What was printed may not have arrived: a full disk is found out here. */
static int finish(struct context *ctx, int status)
{
	if (status < 0)
		fprintf(stderr, "dmacheck: %s\n", ctx->err->text);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "dmacheck: cannot write the output: %s\n",
			strerror(errno));
		status = EXIT_CANNOT;
	}
	arena_free(ctx->arena);
	return status < 0 ? EXIT_CANNOT : status;
}

static int run_command(size_t i, int argc, char **argv)
{
	struct error err = { "" };
	struct context ctx;

	make_context(&ctx, &err);
	argv[0] = arena_printf(ctx.arena, "dmacheck %s", commands[i].name);
	return finish(&ctx, commands[i].run(&ctx, argc, argv));
}

int main(int argc, char **argv)
{
	size_t i;

	argp_err_exit_status = EXIT_CANNOT;
	if (argc > 1 && (!strcmp(argv[1], "--version") ||
			 !strcmp(argv[1], "-V"))) {
		print_version();
		return 0;
	}
	if (argc > 1 && (!strcmp(argv[1], "--help") ||
			 !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))) {
		print_help();
		return 0;
	}
	for (i = 0; argc > 1 && i < NCOMMANDS; i++)
		if (!strcmp(argv[1], commands[i].name))
			return run_command(i, argc - 1, argv + 1);
	if (argc > 1)
		fprintf(stderr, "dmacheck: there is no command %s; "
			"\"dmacheck --help\" lists them\n", argv[1]);
	else
		fputs("dmacheck: no command is given; \"dmacheck --help\" "
		      "lists them\n", stderr);
	return EXIT_CANNOT;
}
