// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include "engine.h"
#include "mirror.h"
#include "proc.h"

/* What make writes into while it prepares; "%" is the architecture's folder. */
static const char *const written[] = {
	"arch/%", "kernel", "scripts", "tools/bpf", "tools/objtool", "usr",
};

/* What it leaves there, for the architecture of the user's tree. */
static const char *const made[] = {
	"arch/%/include/generated", "include/config", "include/generated",
	"usr/include/generated",
};

/* A folder being made to look like another. */
struct copying {
	struct arena *arena;
	const struct mirror *m;
	struct strings written, made;
	struct error *err;
};

/* Gone as long as there is something to do. */
static const char *ready_file(const struct mirror *m)
{
	return path_join(m->arena, m->dir, ".dmacheck-ready");
}

static void name_folders(struct copying *c, struct strings *out,
			 const char *const *list, size_t n)
{
	const char *percent;
	size_t i;

	strings_init(out, c->arena);
	for (i = 0; i < n; i++) {
		percent = strchr(list[i], '%');
		strings_add(out, !percent ? list[i] :
			    arena_printf(c->arena, "%.*s%s%s",
					 (int)(percent - list[i]), list[i],
					 c->m->arch->folder, percent + 1));
	}
}

static int fail(struct copying *c, const char *path)
{
	if (errno == ENOSPC)
		return error_set(c->err, "no space left to write %s", path);
	return error_set(c->err, "cannot write %s: %s", path,
			 strerror(errno));
}

/* Copies the bytes of the open files, and then the time. */
static int copy_bytes(int in, int out, const struct stat *st)
{
	const struct timespec times[2] = { st->st_atim, st->st_mtim };
	off_t left = st->st_size;
	ssize_t n = 1;

	while (left > 0 && n > 0) {
		n = sendfile(out, in, NULL, left);
		left -= n > 0 ? n : 0;
	}
	return left || futimens(out, times) ? -1 : 0;
}

/* A file of the same size and time is the same. */
static int copy_file(struct copying *c, const char *from, const char *to,
		     const struct stat *st)
{
	struct stat there;
	int in, out, ret;

	if (!lstat(to, &there) && there.st_size == st->st_size &&
	    there.st_mtim.tv_sec == st->st_mtim.tv_sec &&
	    there.st_mtim.tv_nsec == st->st_mtim.tv_nsec)
		return 0;
	unlink(ready_file(c->m));
	unlink(to);
	in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return error_set(c->err, "cannot read %s: %s", from,
				 strerror(errno));
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		   st->st_mode & 0777);
	ret = out < 0 ? -1 : copy_bytes(in, out, st);
	if (ret)
		fail(c, to);
	if (out >= 0)
		close(out);
	close(in);
	return ret;
}

/* Makes @to a symbolic link with the text @text. */
static int make_link(struct copying *c, const char *text, const char *to)
{
	char there[4096];
	ssize_t n = readlink(to, there, sizeof(there));

	if (n == (ssize_t)strlen(text) && !memcmp(there, text, n))
		return 0;
	unlink(to);
	return symlink(text, to) ? fail(c, to) : 0;
}

static int copy_link(struct copying *c, const char *from, const char *to)
{
	char text[4096];
	ssize_t n = readlink(from, text, sizeof(text) - 1);

	if (n < 0)
		return error_set(c->err, "cannot read %s: %s", from,
				 strerror(errno));
	text[n] = '\0';
	return make_link(c, text, to);
}

/* Is one of the folders that matter below @path? */
static bool leads_there(const struct copying *c, const char *path)
{
	size_t i, len = strlen(path);

	for (i = 0; i < c->written.n; i++)
		if (starts_with(c->written.item[i], path) &&
		    c->written.item[i][len] == '/')
			return true;
	for (i = 0; i < c->made.n; i++)
		if (starts_with(c->made.item[i], path) &&
		    c->made.item[i][len] == '/')
			return true;
	return false;
}

/* Objects, and what make hides, are of the user's tree. */
static bool is_output(const char *name)
{
	return name[0] == '.' || ends_with(name, ".o") || ends_with(name, ".a");
}

static int copy_folder(struct copying *c, const char *rel, bool whole);

static int copy_entry(struct copying *c, const char *rel, bool whole)
{
	const char *from = path_join(c->arena, c->m->of->root, rel);
	const char *to = path_join(c->arena, c->m->dir, rel);
	struct stat st;

	if (strings_find(&c->made, rel) || lstat(from, &st))
		return 0;
	whole |= strings_find(&c->written, rel) != NULL;
	if (S_ISLNK(st.st_mode) && whole)
		return copy_link(c, from, to);
	if (S_ISDIR(st.st_mode) && (whole || leads_there(c, rel)))
		return copy_folder(c, rel, whole);
	/* A Makefile that is a link would think that it lies there. */
	if (S_ISREG(st.st_mode))
		return copy_file(c, from, to, &st);
	return make_link(c, from, to);
}

/* With all below it if it is @whole, else with links to its folders. */
static int copy_folder(struct copying *c, const char *rel, bool whole)
{
	DIR *d = opendir(path_join(c->arena, c->m->of->root, rel));
	const struct dirent *e;
	int ret = make_dirs(path_join(c->arena, c->m->dir, rel), c->err);

	while (d && !ret && (e = readdir(d)))
		if (!is_output(e->d_name))
			ret = copy_entry(c, !strcmp(rel, ".") ?
				arena_strdup(c->arena, e->d_name) :
				path_join(c->arena, rel, e->d_name), whole);
	if (d)
		closedir(d);
	return ret;
}

static int run_make(const struct mirror *m, const char *first,
		    const char *second, struct error *err)
{
	static const char *const env[] = { "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
		"MAKEOVERRIDES", "KBUILD_OUTPUT", "O", "CC", "LC_ALL=C", NULL };
	const char *errors = path_join(m->arena, m->dir, ".dmacheck-log");
	const char *const argv[] = {
		"make", "-s", arena_printf(m->arena, "-j%u", m->jobs ?
					   m->jobs : 1),
		arena_printf(m->arena, "ARCH=%s", m->arch->kernel),
		arena_printf(m->arena, "CROSS_COMPILE=%s%s",
			     m->arch->foreign ? m->arch->compiler : "",
			     m->arch->foreign ? "-" : ""),
		first, second, NULL,
	};
	struct proc p = { .argv = argv, .cwd = m->dir, .err_path = errors,
			  .env = env };
	int status;

	if (proc_run(&p, NULL, NULL, &status, err))
		return -1;
	if (status && disk_full(m->dir))
		return error_set(err, "no space left in %s", m->dir);
	if (status)
		return error_set(err, "cannot prepare the tree for %s: make %s %s %s in %s fails: %s",
			m->arch->name, argv[3], first, second, m->dir,
			engine_complaint(m->arena, errors, m->dir));
	unlink(errors);
	return 0;
}

/* Options that no audit wants, and those of the architecture. */
static int write_options(const struct mirror *m, const char *path,
			 struct error *err)
{
	const char *at = m->arch->options;
	struct buffer b;
	size_t len;

	buffer_init(&b, m->arena);
	buffer_puts(&b, "CONFIG_WERROR=n\nCONFIG_DRM_WERROR=n\n"
		    "CONFIG_GCC_PLUGINS=n\n");
	for (; *at; at += len + (at[len] == ',')) {
		len = strcspn(at, ",");
		buffer_printf(&b, "CONFIG_%.*s\n", (int)len, at);
	}
	return file_write(path, b.data, b.len, err);
}

static int configure(const struct mirror *m, struct error *err)
{
	const char *path = path_join(m->arena, m->dir, ".dmacheck-config");

	return write_options(m, path, err) ||
	       run_make(m, "allmodconfig",
			arena_printf(m->arena, "KCONFIG_ALLCONFIG=%s", path),
			err) ||
	       run_make(m, "prepare", "modules_prepare", err) ? -1 : 0;
}

/* What a finished folder says of itself. */
static const char *ready_text(const struct mirror *m)
{
	return arena_printf(m->arena, "%s %s %s %s\n", m->of->version,
			    m->arch->kernel, m->arch->compiler,
			    m->arch->options);
}

/* Is a Kconfig file newer than what was made of them all? */
static bool kconfig_changed(const struct mirror *m)
{
	const char *conf = path_join(m->arena, m->dir, "include/config/auto.conf");
	struct error ignored;
	char *at = file_read(m->arena, arena_printf(m->arena, "%s.cmd", conf),
			     NULL, &ignored);
	int64_t then = file_time(conf);

	while (at && *at) {
		size_t len = strcspn(at, " \t\n");
		const char *word = arena_strndup(m->arena, at, len);

		if (strstr(word, "Kconfig") &&
		    file_time(path_join(m->arena, m->dir, word)) > then)
			return true;
		at += len;
		at += strspn(at, " \t\n");
	}
	return false;
}

static bool is_ready(const struct mirror *m)
{
	struct error ignored;
	const char *text = file_read(m->arena, ready_file(m), NULL, &ignored);

	return text && !strcmp(text, ready_text(m));
}

/* What another version left goes: a file that is gone must not stay. */
static int clear(const struct mirror *m, struct error *err)
{
	const char *const argv[] = { "rm", "-rf", m->dir, NULL };
	struct proc p = { .argv = argv };
	int status;

	if (proc_run(&p, NULL, NULL, &status, err))
		return -1;
	return status ? error_set(err, "cannot remove %s", m->dir) : 0;
}

int mirror_make(const struct mirror *m, struct error *err)
{
	struct copying c = { .arena = m->arena, .m = m, .err = err };
	const char *text = ready_text(m);

	name_folders(&c, &c.written, written,
		     sizeof(written) / sizeof(written[0]));
	name_folders(&c, &c.made, made, sizeof(made) / sizeof(made[0]));
	if (file_exists(ready_file(m)) && !is_ready(m) && clear(m, err))
		return -1;
	if (copy_folder(&c, ".", false))
		return -1;
	if (is_ready(m) && !kconfig_changed(m))
		return 0;
	if (configure(m, err))
		return -1;
	return file_write(ready_file(m), text, strlen(text), err);
}
