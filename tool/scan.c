// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>
#include "scan.h"

#define MEMORY_FORMAT "dmacheck-scan-1"

/* Names of the API, open addressing. */
struct names {
	const char **slot;
	size_t mask;
	uint64_t hash;		/* of all names together */
};

/* What is remembered of one file. */
struct known_file {
	const char *path;
	int64_t size, time;
	bool hit, seen;
	UT_hash_handle hh;
};

struct scan {
	struct arena *arena;
	const char *root;
	struct names names;
	struct known_file *files;	/* by path */
	struct strings *out;
	char *text;			/* of the file being read */
	size_t room;
	bool changed;
	struct error *err;
};

/* What maps only perhaps is in too many files for what it tells of them. */
static bool is_wanted(const struct api *api)
{
	return api->kind == API_ACQUIRE || api->kind == API_RELEASE ||
	       api->kind == API_TEST || api->kind == API_SYNC ||
	       (api->kind == API_MAPS && !api->perhaps);
}

static void names_make(struct names *n, struct arena *arena,
		       const struct rules *rules)
{
	size_t size = 64, at;
	unsigned int i;

	while (size < 4 * (size_t)rules->napis)
		size *= 2;
	n->slot = arena_alloc(arena, size * sizeof(*n->slot));
	n->mask = size - 1;
	n->hash = 0;
	for (i = 0; i < rules->napis; i++) {
		const char *name = rules->api[i].name;

		if (!is_wanted(&rules->api[i]))
			continue;
		n->hash ^= hash_string(1, name);
		at = hash_string(0, name) & n->mask;
		while (n->slot[at])
			at = (at + 1) & n->mask;
		n->slot[at] = name;
	}
}

static bool names_have(const struct names *n, const char *word, size_t len)
{
	size_t at = hash_bytes(0, word, len) & n->mask;

	for (; n->slot[at]; at = (at + 1) & n->mask)
		if (!strncmp(n->slot[at], word, len) && !n->slot[at][len])
			return true;
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool calls_api(const struct names *n, const char *text, size_t len)
{
	const char *end = text + len, *paren = text;

	while ((paren = memchr(paren, '(', end - paren))) {
		const char *last = paren++, *first;

		while (last > text && (last[-1] == ' ' || last[-1] == '\t'))
			last--;
		first = last;
		while (first > text && is_word(first[-1]))
			first--;
		if (last - first > 5 && names_have(n, first, last - first))
			return true;
	}
	return false;
}

bool scan_text(const struct rules *rules, const char *text, size_t len)
{
	struct arena *arena = arena_new(abort);
	struct names names;
	bool ret;

	names_make(&names, arena, rules);
	ret = calls_api(&names, text, len);
	arena_free(arena);
	return ret;
}

static bool look_into(struct scan *s, int dir, const char *name, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	size_t got = 0;
	ssize_t n;

	if (fd < 0)
		return false;
	if (size > s->room) {
		s->room = 2 * size;
		s->text = arena_alloc(s->arena, s->room);
	}
	while (got < size && (n = read(fd, s->text + got, size - got)) > 0)
		got += n;
	close(fd);
	return calls_api(&s->names, s->text, got);
}

static void scan_file(struct scan *s, int dir, const char *name,
		      const char *path, const struct stat *st)
{
	int64_t time = (int64_t)st->st_mtim.tv_sec * 1000000000 +
		       st->st_mtim.tv_nsec;
	struct known_file *f;

	HASH_FIND_STR(s->files, path, f);
	if (!f) {
		f = arena_alloc(s->arena, sizeof(*f));
		f->path = arena_strdup(s->arena, path);
		f->size = -1;
		HASH_ADD_KEYPTR(hh, s->files, f->path, strlen(f->path), f);
	}
	if (f->size != st->st_size || f->time != time) {
		f->size = st->st_size;
		f->time = time;
		f->hit = look_into(s, dir, name, st->st_size);
		s->changed = true;
	}
	if (f->hit && !f->seen)
		strings_add(s->out, f->path);
	f->seen = true;
}

static bool skipped_dir(const char *path)
{
	return !strcmp(path, "Documentation") || !strcmp(path, "scripts") ||
	       !strcmp(path, "tools");
}

static int scan_dir(struct scan *s, const char *path);

static int scan_entry(struct scan *s, int dir, const char *parent,
		      const struct dirent *e)
{
	const char *name = e->d_name;
	bool c_file = ends_with(name, ".c");
	struct stat st;
	char path[4096];

	if (name[0] == '.' || (!c_file && e->d_type != DT_DIR &&
			       e->d_type != DT_UNKNOWN))
		return 0;
	if (snprintf(path, sizeof(path), "%s%s%s",
		     strcmp(parent, ".") ? parent : "",
		     strcmp(parent, ".") ? "/" : "", name) >=
	    (int)sizeof(path))
		return error_set(s->err, "the path %s/%s is too long", parent,
				 name);
	/* Never through a symbolic link: trees have them in circles. */
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
		return 0;
	if (S_ISDIR(st.st_mode))
		return skipped_dir(path) ? 0 : scan_dir(s, path);
	if (c_file && S_ISREG(st.st_mode))
		scan_file(s, dir, name, path, &st);
	return 0;
}

static int scan_dir(struct scan *s, const char *path)
{
	char *full = path_join(s->arena, s->root, path);
	DIR *dir = opendir(full);
	const struct dirent *e;
	int ret = 0;

	if (!dir)
		return error_set(s->err, "cannot read the folder %s: %s", full,
				 strerror(errno));
	while (!ret && (e = readdir(dir)))
		ret = scan_entry(s, dirfd(dir), path, e);
	closedir(dir);
	return ret;
}

/* "hit size time path" a line, below a head that names the API's hash. */
static void load_memory(struct scan *s, const char *memory)
{
	struct error ignored;
	char *text = file_read(s->arena, memory, NULL, &ignored), *line;
	char head[64];

	snprintf(head, sizeof(head), "%s %016llx\n", MEMORY_FORMAT,
		 (unsigned long long)s->names.hash);
	if (!text || !starts_with(text, head))
		return;
	for (line = strchr(text, '\n') + 1; *line;) {
		struct known_file *f = arena_alloc(s->arena, sizeof(*f));
		char *end = strchr(line, '\n'), *at;

		if (!end)
			return;
		*end = '\0';
		f->hit = strtol(line, &at, 10) != 0;
		f->size = strtoll(at, &at, 10);
		f->time = strtoll(at, &at, 10);
		f->path = at + (*at == ' ');
		HASH_ADD_KEYPTR(hh, s->files, f->path, strlen(f->path), f);
		line = end + 1;
	}
}

static int save_memory(struct scan *s, const char *memory)
{
	struct known_file *f, *next;
	struct buffer b;

	buffer_init(&b, s->arena);
	buffer_printf(&b, "%s %016llx\n", MEMORY_FORMAT,
		      (unsigned long long)s->names.hash);
	HASH_ITER(hh, s->files, f, next)
		buffer_printf(&b, "%d %lld %lld %s\n", f->hit,
			      (long long)f->size, (long long)f->time, f->path);
	return file_write(memory, b.data, b.len, s->err);
}

int scan_tree(const char *root, const struct strings *dirs,
	      const struct rules *rules, const char *memory,
	      struct strings *out, struct error *err)
{
	struct scan s = { .root = root, .err = err, .out = out,
			  .arena = out->arena };
	size_t i;
	int ret = 0;

	names_make(&s.names, s.arena, rules);
	load_memory(&s, memory);
	for (i = 0; i < dirs->n && !ret; i++)
		ret = scan_dir(&s, dirs->item[i]);
	if (!ret && s.changed)
		ret = save_memory(&s, memory);
	HASH_CLEAR(hh, s.files);
	return ret;
}
