/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An arena: memory that lives and dies together.
 *
 * All memory of the core comes from an arena; nothing in it is freed alone.
 * An arena never returns NULL: when the system has no memory left it calls
 * the handler given to arena_new(), which must not return.
 */
#ifndef DMACHECK_ARENA_H
#define DMACHECK_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. When malloc fails @oom is called; it must not return. */
struct arena *arena_new(void (*oom)(void));

/* The same, with the handler of @a. */
struct arena *arena_new_like(const struct arena *a);

/* Frees the arena and everything that was taken from it. NULL is allowed. */
void arena_free(struct arena *a);

/*
 * Takes back everything at once, so that the memory can be used again. What
 * was interned is gone too.
 */
void arena_reset(struct arena *a);

/* @size zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/*
 * Room for one more element in an array that grows: @array, of @n elements
 * of @size bytes, or a larger copy of it. NULL is the empty array.
 */
void *arena_grow(struct arena *a, void *array, size_t n, size_t size);

/* A copy of the string @s, or of its first @len bytes. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);

/* A formatted string. */
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/*
 * The equal of @s that this arena already holds, or a new copy: two interned
 * strings of one arena are equal exactly if their pointers are.
 */
const char *arena_intern(struct arena *a, const char *s);

/* Bytes taken so far. */
size_t arena_used(const struct arena *a);

#endif
