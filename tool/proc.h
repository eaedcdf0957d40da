/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A child process whose output is read line by line.
 */
#ifndef DMACHECK_PROC_H
#define DMACHECK_PROC_H

#include <stddef.h>
#include "error.h"

struct proc {
	const char *const *argv;	/* ends with NULL; argv[0] by PATH */
	const char *cwd;		/* NULL: where we are */
	const char *err_path;		/* file for stderr; NULL: ours */
	/*
	 * "NAME=VALUE" sets, "NAME" removes a variable of the environment;
	 * ends with NULL; the whole may be NULL.
	 */
	const char *const *env;
	/* Limits of each process below, address space in bytes and CPU time
	 * in seconds; 0: none. */
	unsigned long long memory, cpu;
};

/* One line of stdout, without its newline; it may be written to. */
typedef void proc_line(void *data, char *line, size_t len);

/*
 * Runs the child to its end, gives each line of its stdout to @f (NULL: to
 * nobody), and leaves its exit status in @status, 128 + N if signal N ended
 * it. The child is asked to end (SIGTERM) when we die. -1 and a sentence if
 * it cannot be started.
 */
int proc_run(const struct proc *p, proc_line *f, void *data, int *status,
	     struct error *err);

#endif
