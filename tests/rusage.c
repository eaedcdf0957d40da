// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a command and says what it cost.
 *
 * usage: rusage FILE COMMAND ARGUMENT...
 *
 * Appends one line to FILE: CPU seconds (user and system) and the largest
 * resident set in kilobytes, both of the command and what it waited for, and
 * seconds on the clock. Ends with the exit status of the command.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return t.tv_sec + t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double begin = now();
	struct rusage use;
	int status;
	pid_t pid;
	FILE *out;

	if (argc < 3) {
		fprintf(stderr, "usage: rusage FILE COMMAND ARGUMENT...\n");
		return 2;
	}
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		fprintf(stderr, "rusage: %s: %s\n", argv[2], strerror(errno));
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) < 0) {
		fprintf(stderr, "rusage: %s\n", strerror(errno));
		return 2;
	}
	out = fopen(argv[1], "a");
	if (!out) {
		fprintf(stderr, "rusage: %s: %s\n", argv[1], strerror(errno));
		return 2;
	}
	fprintf(out, "%.3f %ld %.3f\n",
		seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss,
		now() - begin);
	if (fclose(out))
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
