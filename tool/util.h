/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every part of the command needs: files, folders, lists, hashes.
 *
 * All memory is taken from the arena of the command that runs; nothing is
 * freed alone. Functions that can fail leave a sentence in @err.
 */
#ifndef DMACHECK_UTIL_H
#define DMACHECK_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"

/* A list of strings that grows. The strings are not copied. */
struct strings {
	struct arena *arena;
	const char **item;
	size_t n, room;
};

void strings_init(struct strings *s, struct arena *arena);
void strings_add(struct strings *s, const char *item);
void strings_sort(struct strings *s);
/* The same, and what is there several times stays once. */
void strings_sort_once(struct strings *s);
/* @item if the list holds it (not sorted), or NULL. */
const char *strings_find(const struct strings *s, const char *item);
/* All items with @sep between them. */
char *strings_join(const struct strings *s, const char *sep);

/* Bytes that grow; data is always followed by a NUL. */
struct buffer {
	struct arena *arena;
	char *data;
	size_t len, room;
};

void buffer_init(struct buffer *b, struct arena *arena);
void buffer_add(struct buffer *b, const char *data, size_t len);
void buffer_puts(struct buffer *b, const char *s);
void buffer_printf(struct buffer *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The whole file @path, NUL-terminated; NULL if it cannot be read. */
char *file_read(struct arena *arena, const char *path, size_t *len,
		struct error *err);

/*
 * Writes @path by way of "@path.tmp", so that it is complete or as it was.
 * file_update() leaves a file with the same content alone, time and all.
 */
int file_write(const char *path, const char *data, size_t len,
	       struct error *err);
int file_update(const char *path, const char *data, size_t len,
		struct error *err);

bool file_exists(const char *path);
bool is_dir(const char *path);
/* When @path was last written, in ns; 0: it is not there. */
int64_t file_time(const char *path);

/* Is there hardly any space left where @path lies? */
bool disk_full(const char *path);

/* Makes the folder @path and those above it; it is right if it is there. */
int make_dirs(const char *path, struct error *err);

/* Removes @path and, if it is a folder, what is in it, as far as it can. */
void remove_tree(const char *path);

/* "@dir/@name", or @name if it is absolute. */
char *path_join(struct arena *arena, const char *dir, const char *name);
/* Without "./", "//", "x/.." and a slash at the end. */
char *path_clean(struct arena *arena, const char *path);
/* Does @path lie in the folder @dir, or is it @dir? Both clean. */
bool path_below(const char *path, const char *dir);
/* In or below one of @dirs? Where there are none, everything is. */
bool path_below_any(const char *path, const struct strings *dirs);

bool ends_with(const char *s, const char *end);
bool starts_with(const char *s, const char *begin);

/* xxHash of @len bytes, continuing @seed; and as 16 hexadecimal digits. */
uint64_t hash_bytes(uint64_t seed, const void *data, size_t len);
uint64_t hash_string(uint64_t seed, const char *s);
char *hash_text(struct arena *arena, uint64_t hash);

#endif
