// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: what makes a device, or code, stand still. */
#include <ctype.h>
#include <string.h>
#include "rules_node.h"

enum quiet rules_quiet(const struct rules *r, const char *name)
{
	unsigned int i;

	for (i = 0; i < r->nquiets; i++)
		if (!strcmp(r->quiet[i].name, name))
			return r->quiet[i].quiet;
	return QUIET_NOT;
}

static int add_quiet(struct reader *rd, yaml_node_t *n, const char *name,
		     size_t len, enum quiet quiet)
{
	struct rules *r = rd->r;
	struct quiet_name q = { .quiet = quiet };

	q.name = arena_strndup(r->arena, name, len);
	if (rules_quiet(r, q.name) != QUIET_NOT)
		return rules_mistake(&rd->src, node_text_mark(n),
				     "%s() is here twice", q.name);
	r->quiet = arena_grow(r->arena, r->quiet, r->nquiets, sizeof(q));
	r->quiet[r->nquiets++] = q;
	return 0;
}

/* Several names may stand in one item. */
static int read_names(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *p = node_text(rd, n);
	size_t len;

	if (!p)
		return -1;
	while (*p) {
		for (len = 0; isalnum((unsigned char)p[len]) || p[len] == '_';)
			len++;
		if (!len)
			return rules_mistake(&rd->src, node_text_mark(n),
					     "a function's name is missing here");
		if (add_quiet(rd, n, p, len, *(const enum quiet *)to))
			return -1;
		for (p += len; *p == ' ';)
			p++;
	}
	return 0;
}

static int read_list(struct reader *rd, yaml_node_t *n, enum quiet quiet)
{
	return node_read_list(rd, n, &quiet, read_names);
}

static int read_zero(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_WAIT_ZERO);
}

static int read_nonzero(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_WAIT_NONZERO);
}

static int read_positive(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_WAIT_POSITIVE);
}

static int read_starts(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_START);
}

static int read_stops(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_STOP);
}

static const struct key wait_keys[] = {
	{ "zero", false, read_zero, 0 },
	{ "nonzero", false, read_nonzero, 0 },
	{ "positive", false, read_positive, 0 },
	{ NULL, false, NULL, 0 },
};

static int read_waits(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_map(rd, n, wait_keys, to);
}

static const struct key quiescence_keys[] = {
	{ "waits", false, read_waits, 0 },
	{ "starts", false, read_starts, 0 },
	{ "stops", false, read_stops, 0 },
	{ NULL, false, NULL, 0 },
};

int rules_read_quiescence(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_map(rd, n, quiescence_keys, to);
}
