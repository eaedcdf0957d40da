// SPDX-License-Identifier: GPL-2.0-or-later
/* One call of rules.yaml: "cpu = dma_pool_alloc(pool, gfp, &handle)". */
#include <ctype.h>
#include <string.h>
#include "rules_private.h"

static const char *const role_names[ROLE_MAX] = {
	[ROLE_NONE] = "_",
	[ROLE_DEV] = "dev",
	[ROLE_POOL] = "pool",
	[ROLE_SIZE] = "size",
	[ROLE_CPU] = "cpu",
	[ROLE_PAGE] = "page",
	[ROLE_OFFSET] = "offset",
	[ROLE_HANDLE] = "handle",
	[ROLE_HANDLE_OUT] = "&handle",
	[ROLE_SGL] = "sgl",
	[ROLE_SGT] = "sgt",
	[ROLE_NENTS] = "nents",
	[ROLE_COUNT] = "count",
	[ROLE_DIR] = "dir",
	[ROLE_ATTRS] = "attrs",
	[ROLE_GFP] = "gfp",
	[ROLE_OBJECT] = "object",
	[ROLE_OBJECT_OUT] = "&object",
	[ROLE_ERR] = "err",
	[ROLE_BOOL] = "failed",
	[ROLE_FN] = "fn",
	[ROLE_DATA] = "data",
	[ROLE_BUFFER] = "buffer",
	[ROLE_MASK] = "mask",
	[ROLE_BUFFER_IN] = "buffer_in",
	[ROLE_BUFFER_OUT] = "buffer_out",
	[ROLE_USB_DIR] = "usb_dir",
};

#define BIT_OF(role) (1u << (role))
#define OWNED (BIT_OF(ROLE_CPU) | BIT_OF(ROLE_PAGE) | BIT_OF(ROLE_HANDLE) | \
	       BIT_OF(ROLE_SGL) | BIT_OF(ROLE_SGT) | BIT_OF(ROLE_OBJECT))
#define OUT (BIT_OF(ROLE_HANDLE_OUT) | BIT_OF(ROLE_OBJECT_OUT))
#define BUFFERS (BIT_OF(ROLE_BUFFER) | BIT_OF(ROLE_BUFFER_IN) | \
		 BIT_OF(ROLE_BUFFER_OUT))
#define RESULTS (OWNED | BIT_OF(ROLE_NONE) | BIT_OF(ROLE_COUNT) | \
		 BIT_OF(ROLE_ERR) | BIT_OF(ROLE_BOOL))
#define NOT_ARGS (BIT_OF(ROLE_ERR) | BIT_OF(ROLE_BOOL))

/* What a kind must have among its roles: one of @any, and all of @all. */
static const struct need {
	unsigned int any, all;
	const char *what;
} needs[API_KIND_MAX] = {
	[API_ACQUIRE] = { OWNED | OUT, 0, "what is owned after it "
		"(cpu, page, handle, &handle, sgl, sgt, object, &object)" },
	[API_RELEASE] = { OWNED, 0, "what it releases "
		"(cpu, page, handle, sgl, sgt, object)" },
	[API_TEST] = { BIT_OF(ROLE_HANDLE), BIT_OF(ROLE_BOOL),
		"\"failed =\" and the handle it tests" },
	[API_SYNC] = { OWNED, 0, "what it syncs "
		"(cpu, page, handle, sgl, sgt, object)" },
	[API_MASK] = { BIT_OF(ROLE_DEV), 0, "the device (dev)" },
	[API_ALLOC] = { OWNED | OUT, 0, "the memory it returns "
		"(object, cpu, page)" },
	[API_FREE] = { OWNED, 0, "the memory it frees (object, cpu, page)" },
	[API_ACTION] = { BIT_OF(ROLE_FN), BIT_OF(ROLE_DATA),
		"the callback and what it is given (fn, data)" },
	[API_ADDRESS] = { BIT_OF(ROLE_CPU) | BIT_OF(ROLE_PAGE), 0,
		"the memory whose address it takes (cpu, page)" },
	[API_TRY_ACTION] = { BIT_OF(ROLE_FN), BIT_OF(ROLE_DATA),
		"the callback and what it is given (fn, data)" },
	[API_PUT] = { BIT_OF(ROLE_OBJECT), 0, "what it drops a reference to "
		"(object)" },
	[API_MAPS] = { BUFFERS | BIT_OF(ROLE_OBJECT), 0, "what it maps "
		"(buffer, buffer_in, buffer_out), or what leads there "
		"(object)" },
};

int role_from_name(const char *name, size_t len)
{
	int i;

	for (i = 0; i < ROLE_MAX; i++)
		if (strlen(role_names[i]) == len &&
		    !memcmp(role_names[i], name, len))
			return i;
	return -1;
}

const char *role_name(enum role role)
{
	return (unsigned int)role < ROLE_MAX ? role_names[role] : "?";
}

/* A position in a call and in the file. */
struct cursor {
	const struct source *src;
	const char *start, *p;
	struct mark at;
};

static struct mark here(const struct cursor *c, const char *p)
{
	return (struct mark){ c->at.line,
			      c->at.col + (unsigned int)(p - c->start) };
}

static void skip_blanks(struct cursor *c)
{
	while (*c->p == ' ')
		c->p++;
}

static size_t word_length(const char *p)
{
	size_t n = *p == '&';

	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return n;
}

static int read_role(struct cursor *c, enum role *role)
{
	const char *word;
	size_t len;
	int i;

	skip_blanks(c);
	word = c->p;
	len = word_length(word);
	if (!len)
		return rules_mistake(c->src, here(c, word),
				     "a role is missing here");
	c->p += len;
	i = role_from_name(word, len);
	if (i < 0)
		return rules_mistake(c->src, here(c, word),
				     "\"%.*s\" is no role", (int)len, word);
	*role = (enum role)i;
	return 0;
}

/* Counts @role as seen in *@seen; a role names one thing in one call. */
static int see(struct cursor *c, const char *at, enum role role,
	       unsigned int *seen)
{
	if (role != ROLE_NONE && role != ROLE_FN && (*seen & BIT_OF(role)))
		return rules_mistake(c->src, here(c, at),
				     "role \"%s\" is in this call twice",
				     role_name(role));
	*seen |= BIT_OF(role);
	return 0;
}

static int read_arg(struct cursor *c, struct api *api, unsigned int *seen)
{
	const char *at;
	enum role role;

	skip_blanks(c);
	at = c->p;
	if (read_role(c, &role) || see(c, at, role, seen))
		return -1;
	if (BIT_OF(role) & NOT_ARGS)
		return rules_mistake(c->src, here(c, at),
				     "\"%s\" can only be a result",
				     role_name(role));
	if (api->nargs == API_ARGS)
		return rules_mistake(c->src, here(c, at),
				     "a call has at most %d arguments, the rest "
				     "is written \"...\"", API_ARGS);
	api->arg[api->nargs++] = role;
	skip_blanks(c);
	return 0;
}

/* The arguments, from behind the parenthesis to behind the closing one. */
static int read_args(struct cursor *c, struct api *api, unsigned int *seen)
{
	skip_blanks(c);
	if (*c->p == ')') {
		c->p++;
		return 0;
	}
	for (;;) {
		skip_blanks(c);
		if (!strncmp(c->p, "...)", 4)) {
			c->p += 4;
			return 0;
		}
		if (read_arg(c, api, seen))
			return -1;
		if (*c->p == ')') {
			c->p++;
			return 0;
		}
		if (*c->p != ',')
			return rules_mistake(c->src, here(c, c->p),
					     "\",\" or \")\" is missing here");
		c->p++;
	}
}

int rules_call_parse(const struct source *src, struct arena *arena,
		     const char *text, struct mark at, struct api *api)
{
	struct cursor c = { src, text, text, at };
	unsigned int seen = 0;
	const char *name;

	api->ret = ROLE_NONE;
	api->nargs = 0;
	if (strchr(text, '=')) {
		if (read_role(&c, &api->ret) || see(&c, text, api->ret, &seen))
			return -1;
		if (!(BIT_OF(api->ret) & RESULTS))
			return rules_mistake(src, at, "\"%s\" cannot be a "
					     "result", role_name(api->ret));
		skip_blanks(&c);
		if (*c.p != '=')
			return rules_mistake(src, here(&c, c.p),
					     "\"=\" is missing here");
		c.p++;
		skip_blanks(&c);
	}
	name = c.p;
	c.p += word_length(name);
	if (c.p == name || *name == '&')
		return rules_mistake(src, here(&c, name),
				     "a function's name is missing here");
	if (*c.p != '(')
		return rules_mistake(src, here(&c, c.p),
				     "\"(\" is missing here");
	api->name = arena_strndup(arena, name, (size_t)(c.p - name));
	c.p++;
	if (read_args(&c, api, &seen))
		return -1;
	skip_blanks(&c);
	if (*c.p)
		return rules_mistake(src, here(&c, c.p),
				     "the call of %s() should end here",
				     api->name);
	return 0;
}

int rules_call_check(const struct source *src, const struct api *api,
		     struct mark at)
{
	const struct need *need = &needs[api->kind];
	unsigned int seen = BIT_OF(api->ret), i;

	for (i = 0; i < api->nargs; i++)
		seen |= BIT_OF(api->arg[i]);
	if ((!need->any || (seen & need->any)) &&
	    (seen & need->all) == need->all)
		return 0;
	return rules_mistake(src, at, "%s() does not say %s", api->name,
			     need->what);
}
