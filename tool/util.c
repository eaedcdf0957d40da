// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "util.h"

void strings_init(struct strings *s, struct arena *arena)
{
	memset(s, 0, sizeof(*s));
	s->arena = arena;
}

void strings_add(struct strings *s, const char *item)
{
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		const char **grown = arena_alloc(s->arena,
						 room * sizeof(*grown));

		if (s->n)
			memcpy(grown, s->item, s->n * sizeof(*grown));
		s->item = grown;
		s->room = room;
	}
	s->item[s->n++] = item;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strings_sort(struct strings *s)
{
	if (s->n)
		qsort(s->item, s->n, sizeof(*s->item), compare_strings);
}

void strings_sort_once(struct strings *s)
{
	size_t i, n = 0;

	strings_sort(s);
	for (i = 0; i < s->n; i++)
		if (!n || strcmp(s->item[i], s->item[n - 1]))
			s->item[n++] = s->item[i];
	s->n = n;
}

const char *strings_find(const struct strings *s, const char *item)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (!strcmp(s->item[i], item))
			return s->item[i];
	return NULL;
}

char *strings_join(const struct strings *s, const char *sep)
{
	struct buffer b;
	size_t i;

	buffer_init(&b, s->arena);
	for (i = 0; i < s->n; i++) {
		if (i)
			buffer_puts(&b, sep);
		buffer_puts(&b, s->item[i]);
	}
	return b.data;
}

void buffer_init(struct buffer *b, struct arena *arena)
{
	b->arena = arena;
	b->len = 0;
	b->room = 64;
	b->data = arena_alloc(arena, b->room);
}

void buffer_add(struct buffer *b, const char *data, size_t len)
{
	if (b->len + len >= b->room) {
		char *grown;

		while (b->len + len >= b->room)
			b->room *= 2;
		grown = arena_alloc(b->arena, b->room);
		memcpy(grown, b->data, b->len);
		b->data = grown;
	}
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buffer_puts(struct buffer *b, const char *s)
{
	buffer_add(b, s, strlen(s));
}

void buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = arena_vprintf(b->arena, fmt, ap);
	va_end(ap);
	buffer_puts(b, s);
}

char *file_read(struct arena *arena, const char *path, size_t *len,
		struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *data = NULL;
	struct stat st;
	size_t got = 0;
	ssize_t n = -1;

	if (fd >= 0 && !fstat(fd, &st)) {
		data = arena_alloc(arena, st.st_size + 1);
		while ((n = read(fd, data + got, st.st_size - got)) > 0)
			got += n;
	}
	if (n < 0) {
		error_set(err, "cannot read %s: %s", path, strerror(errno));
		data = NULL;
	} else {
		data[got] = '\0';
		if (len)
			*len = got;
	}
	if (fd >= 0)
		close(fd);
	return data;
}

int file_write(const char *path, const char *data, size_t len,
	       struct error *err)
{
	char *tmp;
	FILE *out;
	int ret = -1;

	if (asprintf(&tmp, "%s.tmp", path) < 0)
		return error_set(err, "no memory left to write %s", path);
	out = fopen(tmp, "we");
	if (out) {
		ret = fwrite(data, 1, len, out) == len ? 0 : -1;
		ret |= fclose(out);
		if (!ret)
			ret = rename(tmp, path);
	}
	if (ret) {
		error_set(err, "cannot write %s: %s", path, strerror(errno));
		unlink(tmp);
	}
	free(tmp);
	return ret ? -1 : 0;
}

int file_update(const char *path, const char *data, size_t len,
		struct error *err)
{
	FILE *in = fopen(path, "re");
	bool same = in != NULL;
	size_t at = 0, n;
	char part[8192];

	while (same && (n = fread(part, 1, sizeof(part), in)) > 0) {
		same = n <= len - at && !memcmp(part, data + at, n);
		at += n;
	}
	if (in)
		fclose(in);
	return same && at == len ? 0 : file_write(path, data, len, err);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int64_t file_time(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return 0;
	return (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

bool disk_full(const char *path)
{
	struct statvfs st;

	return !statvfs(path, &st) &&
	       (uint64_t)st.f_bavail * st.f_frsize < 65536;
}

int make_dirs(const char *path, struct error *err)
{
	char *copy = strdup(path), *p;
	int ret = 0;

	if (!copy)
		return error_set(err, "no memory left");
	for (p = copy + 1; *p && !ret; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		ret = mkdir(copy, 0777) && errno != EEXIST;
		*p = '/';
	}
	if (!ret)
		ret = mkdir(copy, 0777) && errno != EEXIST;
	if (ret)
		error_set(err, "cannot make the folder %s: %s", path,
			  strerror(errno));
	free(copy);
	return ret ? -1 : 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	remove(path);
	return 0;
}

void remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

char *path_join(struct arena *arena, const char *dir, const char *name)
{
	if (name[0] == '/' || !dir[0])
		return arena_strdup(arena, name);
	return arena_printf(arena, "%s/%s", dir, name);
}

char *path_clean(struct arena *arena, const char *path)
{
	bool absolute = path[0] == '/';
	struct strings parts;
	const char *p = path;
	char *joined;

	strings_init(&parts, arena);
	while (*p) {
		size_t len = strcspn(p, "/");
		char *part = arena_strndup(arena, p, len);

		if (!strcmp(part, "..") && parts.n &&
		    strcmp(parts.item[parts.n - 1], ".."))
			parts.n--;
		else if (len && strcmp(part, "."))
			strings_add(&parts, part);
		p += len + (p[len] == '/');
	}
	joined = strings_join(&parts, "/");
	if (absolute)
		return arena_printf(arena, "/%s", joined);
	return joined[0] ? joined : arena_strdup(arena, ".");
}

bool path_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (!strcmp(dir, "."))
		return path[0] != '/';
	return !strncmp(path, dir, len) && (path[len] == '/' || !path[len]);
}

bool path_below_any(const char *path, const struct strings *dirs)
{
	size_t i;

	for (i = 0; i < dirs->n; i++)
		if (path_below(path, dirs->item[i]))
			return true;
	return !dirs->n;
}

bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

bool starts_with(const char *s, const char *begin)
{
	return !strncmp(s, begin, strlen(begin));
}

uint64_t hash_bytes(uint64_t seed, const void *data, size_t len)
{
	return XXH64(data, len, seed);
}

uint64_t hash_string(uint64_t seed, const char *s)
{
	return XXH64(s, strlen(s), seed);
}

char *hash_text(struct arena *arena, uint64_t hash)
{
	return arena_printf(arena, "%016llx", (unsigned long long)hash);
}
