// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules: reading the text, and looking things up in it. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "rules_private.h"

/* Far more than the rules will ever have; a wrong path is noticed early. */
#define TEXT_MAX (8u << 20)

/* Function names by hash, open addressing: 0 is empty, else api number + 1. */
struct index {
	unsigned int mask;
	unsigned int slot[];
};

static const char *const kind_names[API_KIND_MAX] = {
	[API_ACQUIRE] = "acquire",
	[API_RELEASE] = "release",
	[API_TEST] = "test",
	[API_SYNC] = "sync",
	[API_MASK] = "mask",
	[API_ALLOC] = "alloc",
	[API_FREE] = "free",
	[API_PURE] = "pure",
	[API_BORROW] = "borrow",
	[API_PRINT] = "print",
	[API_DEVICE] = "device",
	[API_TAKE] = "take",
	[API_ACTION] = "action",
	[API_ADDRESS] = "address",
	[API_LOCK] = "lock",
	[API_UNLOCK] = "unlock",
	[API_USER] = "user",
	[API_ASK] = "ask",
	[API_TRY_ACTION] = "try_action",
	[API_PUT] = "put",
	[API_MAPS] = "maps",
};

static const char *const confidence_names[] = {
	[CONF_LOW] = "low",
	[CONF_MEDIUM] = "medium",
	[CONF_HIGH] = "high",
};

const char *api_kind_name(enum api_kind kind)
{
	return (unsigned int)kind < API_KIND_MAX ? kind_names[kind] : "?";
}

const char *confidence_name(enum confidence c)
{
	return (unsigned int)c <= CONF_HIGH ? confidence_names[c] : "?";
}

int confidence_from_name(const char *name)
{
	int i;

	for (i = CONF_LOW; i <= CONF_HIGH; i++)
		if (!strcmp(name, confidence_names[i]))
			return i;
	return -1;
}

int rules_mistake(const struct source *src, struct mark at,
		  const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return error_set(src->err, "%s:%u:%u: %s", src->path, at.line, at.col,
			 text);
}

static unsigned int hash_name(const char *name)
{
	return (unsigned int)XXH64(name, strlen(name), 0);
}

int rules_index(struct rules *r, const struct source *src,
		const struct mark *marks)
{
	unsigned int size = 16, i, at;
	struct index *index;

	while (size < r->napis * 2)
		size *= 2;
	index = arena_alloc(r->arena,
			    sizeof(*index) + size * sizeof(index->slot[0]));
	index->mask = size - 1;
	for (i = 0; i < r->napis; i++) {
		const char *name = r->api[i].name;

		at = hash_name(name) & index->mask;
		while (index->slot[at]) {
			unsigned int old = index->slot[at] - 1;

			if (!strcmp(r->api[old].name, name))
				return rules_mistake(src, marks[i],
					"%s() is already in line %u", name,
					marks[old].line);
			at = (at + 1) & index->mask;
		}
		index->slot[at] = i + 1;
	}
	r->index = index;
	return 0;
}

const struct api *rules_api(const struct rules *r, const char *name)
{
	const struct index *index = r->index;
	unsigned int at = hash_name(name) & index->mask;

	for (; index->slot[at]; at = (at + 1) & index->mask) {
		const struct api *api = &r->api[index->slot[at] - 1];

		if (!strcmp(api->name, name))
			return api;
	}
	return NULL;
}

const struct rule *rules_rule(const struct rules *r, const char *id)
{
	unsigned int i;

	for (i = 0; i < r->nrules; i++)
		if (!strcmp(r->rule[i].id, id))
			return &r->rule[i];
	return NULL;
}

bool rules_is_entry(const struct rules *r, const char *type, const char *field)
{
	const struct lifecycle *l = rules_lifecycle(r, type, field);

	return l && l->part == PART_BEGIN && l->final;
}

bool rules_implements(const struct rules *r, const char *type)
{
	unsigned int i;

	for (i = 0; i < r->nimplementers; i++)
		if (!strcmp(r->implementer[i], type))
			return true;
	return false;
}

const struct mapped_member *rules_member(const struct rules *r,
					 const char *type, const char *name)
{
	unsigned int i;

	for (i = 0; i < r->nmembers; i++)
		if (!strcmp(r->member[i].type, type) &&
		    !strcmp(r->member[i].name, name))
			return &r->member[i];
	return NULL;
}

const char *rules_gfp_names(const struct rules *r, struct arena *a,
			    unsigned int bits)
{
	const char *text = "";
	unsigned int i;

	for (i = 0; i < r->ngfps; i++) {
		const struct gfp_flag *g = &r->gfp[i];

		if (!g->bits || (bits & g->bits) != g->bits)
			continue;
		text = arena_printf(a, "%s%s%s", text, *text ? " | " : "",
				    g->name);
		bits &= ~g->bits;
	}
	if (bits || !*text)
		text = arena_printf(a, "%s%s%#x", text, *text ? " | " : "",
				    bits);
	return text;
}

const char *dir_name(int64_t dir)
{
	static const char *const names[] = {
		"DMA_BIDIRECTIONAL", "DMA_TO_DEVICE", "DMA_FROM_DEVICE",
		"DMA_NONE",
	};

	return dir >= 0 && dir < 4 ? names[dir] : NULL;
}

int api_arg(const struct api *api, enum role role)
{
	unsigned int i;

	for (i = 0; i < api->nargs; i++)
		if (api->arg[i] == role)
			return (int)i;
	return -1;
}

static char *read_file(const char *path, size_t *len, struct error *err)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	long size;

	if (!f) {
		error_set(err, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0 ||
	    fseek(f, 0, SEEK_SET)) {
		error_set(err, "%s: cannot be read: %s", path, strerror(errno));
	} else if ((unsigned long)size > TEXT_MAX) {
		error_set(err, "%s: is too large for a rules file", path);
	} else {
		text = malloc((size_t)size + 1);
		*len = text ? fread(text, 1, (size_t)size, f) : 0;
		if (!text || *len != (size_t)size) {
			error_set(err, "%s: cannot be read", path);
			free(text);
			text = NULL;
		}
	}
	fclose(f);
	return text;
}

static void out_of_memory(void)
{
	abort();
}

static struct rules *load_text(const char *path, const char *text, size_t len,
			       struct error *err)
{
	struct arena *arena = arena_new(out_of_memory);
	struct rules *r = arena_alloc(arena, sizeof(*r));

	r->arena = arena;
	r->path = arena_strdup(arena, path);
	snprintf(r->hash, sizeof(r->hash), "%016llx",
		 (unsigned long long)XXH64(text, len, 0));
	if (rules_read(r, text, len, err)) {
		arena_free(arena);
		return NULL;
	}
	return r;
}

struct rules *rules_load(const char *path, struct error *err)
{
	struct rules *r;
	size_t len;
	char *text;

	if (!path)
		return load_text("built-in", rules_builtin, rules_builtin_len,
				 err);
	text = read_file(path, &len, err);
	if (!text)
		return NULL;
	r = load_text(path, text, len, err);
	free(text);
	return r;
}

void rules_free(struct rules *r)
{
	if (r)
		arena_free(r->arena);
}
