// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "proc.h"

static void set_environment(const char *const *env)
{
	for (; env && *env; env++) {
		const char *eq = strchr(*env, '=');
		char *name;

		if (!eq) {
			unsetenv(*env);
			continue;
		}
		name = strndup(*env, eq - *env);
		if (name)
			setenv(name, eq + 1, 1);
		free(name);
	}
}

static void set_limit(__rlimit_resource_t what, unsigned long long value)
{
	struct rlimit limit;

	if (!value || getrlimit(what, &limit))
		return;
	if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value) {
		limit.rlim_cur = value;
		setrlimit(what, &limit);
	}
}

/* In the child; the errno of what failed goes to @report. */
static void become(const struct proc *p, int out, int report, pid_t parent)
{
	int fd;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	set_environment(p->env);
	set_limit(RLIMIT_AS, p->memory);
	set_limit(RLIMIT_CPU, p->cpu);
	dup2(out, STDOUT_FILENO);
	if (p->err_path) {
		fd = open(p->err_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd >= 0)
			dup2(fd, STDERR_FILENO);
	}
	fd = open("/dev/null", O_RDONLY);
	if (fd >= 0)
		dup2(fd, STDIN_FILENO);
	if (!p->cwd || !chdir(p->cwd))
		execvp(p->argv[0], (char *const *)p->argv);
	fd = errno;
	if (write(report, &fd, sizeof(fd)) < 0)
		_exit(126);
	_exit(127);
}

static void read_lines(int fd, proc_line *f, void *data)
{
	FILE *in = fdopen(fd, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	if (!in) {
		close(fd);
		return;
	}
	while ((len = getline(&line, &room, in)) >= 0) {
		if (len && line[len - 1] == '\n')
			line[--len] = '\0';
		if (f)
			f(data, line, len);
	}
	free(line);
	fclose(in);
}

int proc_run(const struct proc *p, proc_line *f, void *data, int *status,
	     struct error *err)
{
	int out[2], report[2], failed = 0, ws;
	pid_t parent = getpid(), pid;

	if (pipe2(out, O_CLOEXEC))
		return error_set(err, "cannot run %s: %s", p->argv[0],
				 strerror(errno));
	if (pipe2(report, O_CLOEXEC)) {
		close(out[0]);
		close(out[1]);
		return error_set(err, "cannot run %s: too many open files",
				 p->argv[0]);
	}
	fflush(NULL);
	pid = fork();
	if (!pid)
		become(p, out[1], report[1], parent);
	close(out[1]);
	close(report[1]);
	if (pid < 0 || read(report[0], &failed, sizeof(failed)) < 0)
		failed = errno;
	close(report[0]);
	if (pid > 0 && !failed)
		read_lines(out[0], f, data);
	else
		close(out[0]);
	if (pid > 0)
		while (waitpid(pid, &ws, 0) < 0 && errno == EINTR)
			;
	if (failed)
		return error_set(err, "cannot run %s: %s", p->argv[0],
				 strerror(failed));
	*status = WIFSIGNALED(ws) ? 128 + WTERMSIG(ws) : WEXITSTATUS(ws);
	return 0;
}
