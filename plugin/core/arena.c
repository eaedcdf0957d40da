// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "arena.h"

#define CHUNK_FIRST ((size_t)16 << 10)
#define CHUNK_MOST ((size_t)1 << 20)
#define ALIGN alignof(max_align_t)
#define SLOTS_FIRST 256

struct chunk {
	struct chunk *next;
	alignas(max_align_t) char data[];
};

/* An interned string; the hash spares most comparisons of strings. */
struct slot {
	const char *s;
	uint64_t hash;
};

struct arena {
	void (*oom)(void);
	struct chunk *chunks;
	struct chunk *current;		/* that small objects come from; large
					 * ones have their own */
	char *free, *end;		/* what it has left */
	size_t chunk_size, used;
	struct slot *slot;		/* open addressing, a power of two */
	size_t nslots, nstrings;
};

static void *zeroed(const struct arena *a, size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (!p) {
		a->oom();
		abort();	/* a handler that returns breaks its promise */
	}
	return p;
}

struct arena *arena_new(void (*oom)(void))
{
	const struct arena start = { .oom = oom };
	struct arena *a = zeroed(&start, 1, sizeof(*a));

	a->oom = oom;
	a->chunk_size = CHUNK_FIRST;
	a->nslots = SLOTS_FIRST;
	a->slot = zeroed(&start, a->nslots, sizeof(*a->slot));
	return a;
}

struct arena *arena_new_like(const struct arena *a)
{
	return arena_new(a->oom);
}

void arena_free(struct arena *a)
{
	struct chunk *c, *next;

	if (!a)
		return;
	for (c = a->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	free(a->slot);
	free(a);
}

void arena_reset(struct arena *a)
{
	struct chunk *keep = NULL, *c, *next;

	for (c = a->chunks; c; c = next) {
		next = c->next;
		if (c == a->current)
			keep = c;
		else
			free(c);
	}
	a->chunks = keep;
	if (keep) {
		keep->next = NULL;
		memset(keep->data, 0, a->free - keep->data);
		a->free = keep->data;
	}
	a->used = 0;
	if (a->nstrings)
		memset(a->slot, 0, a->nslots * sizeof(*a->slot));
	a->nstrings = 0;
}

static struct chunk *add_chunk(struct arena *a, size_t size)
{
	struct chunk *c;

	if (size > SIZE_MAX / 2) {
		a->oom();
		abort();
	}
	c = zeroed(a, 1, sizeof(*c) + size);
	c->next = a->chunks;
	a->chunks = c;
	return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = size > SIZE_MAX - ALIGN ?
		      size : (size + ALIGN - 1) / ALIGN * ALIGN;
	char *p;

	/* A zero-sized object has an address of its own, too. */
	if (!need)
		need = ALIGN;
	a->used += need;
	if (need <= (size_t)(a->end - a->free)) {
		p = a->free;
		a->free += need;
		return p;
	}
	/* What is large gets its own chunk; the newest stays in use. */
	if (need > a->chunk_size / 4)
		return add_chunk(a, need)->data;
	a->current = add_chunk(a, a->chunk_size);
	p = a->current->data;
	a->free = p + need;
	a->end = p + a->chunk_size;
	if (a->chunk_size < CHUNK_MOST)
		a->chunk_size *= 2;
	return p;
}

void *arena_grow(struct arena *a, void *array, size_t n, size_t size)
{
	void *more;

	/* The room doubles, so it is full exactly at powers of two. */
	if (n & (n - 1))
		return array;
	if (n > SIZE_MAX / 4 / size) {
		a->oom();
		abort();
	}
	more = arena_alloc(a, (n ? 2 * n : 1) * size);
	if (n)
		memcpy(more, array, n * size);
	return more;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	size_t n = strnlen(s, len);
	char *copy = arena_alloc(a, n + 1);

	memcpy(copy, s, n);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		n = 0;
	s = arena_alloc(a, (size_t)n + 1);
	if (n)
		vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

static void grow_slots(struct arena *a)
{
	size_t n = a->nslots * 2, i, at;
	struct slot *slot = zeroed(a, n, sizeof(*slot));

	for (i = 0; i < a->nslots; i++) {
		if (!a->slot[i].s)
			continue;
		at = a->slot[i].hash & (n - 1);
		while (slot[at].s)
			at = (at + 1) & (n - 1);
		slot[at] = a->slot[i];
	}
	free(a->slot);
	a->slot = slot;
	a->nslots = n;
}

const char *arena_intern(struct arena *a, const char *s)
{
	size_t len = strlen(s), at;
	uint64_t hash = XXH3_64bits(s, len);
	struct slot *slot;

	for (at = hash & (a->nslots - 1); ; at = (at + 1) & (a->nslots - 1)) {
		slot = &a->slot[at];
		if (!slot->s)
			break;
		if (slot->s == s ||
		    (slot->hash == hash && !strcmp(slot->s, s)))
			return slot->s;
	}
	slot->s = arena_strndup(a, s, len);
	slot->hash = hash;
	s = slot->s;
	if (++a->nstrings * 2 > a->nslots)
		grow_slots(a);
	return s;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
