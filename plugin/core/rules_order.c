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

bool rules_teardown(const struct rules *r, const char *type,
		    const char *field)
{
	unsigned int i;

	for (i = 0; i < r->nteardowns; i++) {
		const struct teardown *t = &r->teardown[i];

		if (!strcmp(t->field, field) &&
		    (!t->type || (type && !strcmp(t->type, type))))
			return true;
	}
	return false;
}

static int add_teardown(struct reader *rd, const char *name, size_t len)
{
	struct rules *r = rd->r;
	const char *dot = memchr(name, '.', len);
	struct teardown t = { NULL };

	if (dot) {
		t.type = arena_strndup(r->arena, name, (size_t)(dot - name));
		len -= (size_t)(dot + 1 - name);
		name = dot + 1;
	}
	t.field = arena_strndup(r->arena, name, len);
	r->teardown = arena_grow(r->arena, r->teardown, r->nteardowns,
				 sizeof(t));
	r->teardown[r->nteardowns++] = t;
	return 0;
}

static int add_quiet(struct reader *rd, yaml_node_t *n, const char *name,
		     size_t len, enum quiet quiet)
{
	struct rules *r = rd->r;
	struct quiet_name q = { .quiet = quiet };

	if (quiet == QUIET_NOT)
		return add_teardown(rd, name, len);
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
		for (len = 0; isalnum((unsigned char)p[len]) ||
			      p[len] == '_' || p[len] == '.';)
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

static int read_teardowns(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return read_list(rd, n, QUIET_NOT);
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

static const struct api *find_call(const struct api *list, unsigned int n,
				   const char *name)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!strcmp(list[i].name, name))
			return &list[i];
	return NULL;
}

const struct api *rules_runner(const struct rules *r, const char *name,
			       bool end, unsigned int *runner)
{
	const struct api *api;
	unsigned int i;

	for (i = 0; i < r->nrunners; i++) {
		const struct runner *s = &r->runner[i];

		api = find_call(end ? s->end : s->begin,
				end ? s->nends : s->nbegins, name);
		if (!api)
			continue;
		*runner = i;
		return api;
	}
	return NULL;
}

/* Calls of one list. */
struct calls {
	struct api **list;
	unsigned int *n;
	bool managed;
};

static int read_call(struct reader *rd, yaml_node_t *n, void *to)
{
	struct calls *calls = to;
	const char *text = node_text(rd, n);
	struct api api = { .kind = API_BORROW, .wrapper = calls->managed };

	if (!text || rules_call_parse(&rd->src, rd->r->arena, text,
				      node_text_mark(n), &api))
		return -1;
	if (find_call(*calls->list, *calls->n, api.name))
		return rules_mistake(&rd->src, node_mark(n),
				     "%s() is here twice", api.name);
	*calls->list = arena_grow(rd->r->arena, *calls->list, *calls->n,
				  sizeof(api));
	(*calls->list)[(*calls->n)++] = api;
	return 0;
}

static int read_begins(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;
	struct calls calls = { &s->begin, &s->nbegins, false };

	return node_read_list(rd, n, &calls, read_call);
}

static int read_managed(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;
	struct calls calls = { &s->begin, &s->nbegins, true };

	return node_read_list(rd, n, &calls, read_call);
}

static int read_ends(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;
	struct calls calls = { &s->end, &s->nends, false };

	return node_read_list(rd, n, &calls, read_call);
}

/* "work_struct.func" */
static int read_member(struct reader *rd, yaml_node_t *n, const char **type,
		       const char **field)
{
	const char *text = node_text(rd, n), *dot;

	if (!text)
		return -1;
	dot = strchr(text, '.');
	if (!dot || dot == text || !dot[1] || strchr(dot + 1, '.'))
		return rules_mistake(&rd->src, node_mark(n), "a member is "
				     "written \"work_struct.func\"");
	*type = arena_strndup(rd->r->arena, text, (size_t)(dot - text));
	*field = arena_strdup(rd->r->arena, dot + 1);
	return 0;
}

static int read_handler(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;

	return read_member(rd, n, &s->type, &s->field);
}

static int read_inside(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;

	return read_member(rd, n, &s->in_type, &s->in_field);
}

static int read_family(struct reader *rd, yaml_node_t *n, void *to)
{
	struct runner *s = to;
	const char *text = node_text(rd, n);
	unsigned int i;

	if (!text)
		return -1;
	for (i = 0; i < rd->r->nfamilies; i++)
		if (!strcmp(rd->r->family[i].name, text))
			break;
	if (i == rd->r->nfamilies)
		return rules_mistake(&rd->src, node_mark(n),
				     "there is no family \"%s\"", text);
	s->family = arena_grow(rd->r->arena, s->family, s->nfamilies,
			       sizeof(*s->family));
	s->family[s->nfamilies++] = rd->r->family[i].name;
	return 0;
}

static int read_families(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_family);
}

static const struct key runner_keys[] = {
	{ "noun", true, node_read_text, offsetof(struct runner, noun) },
	{ "handler", false, read_handler, 0 },
	{ "inside", false, read_inside, 0 },
	{ "callbacks", false, node_read_text, offsetof(struct runner, ops) },
	{ "open", false, node_read_text, offsetof(struct runner, open) },
	{ "told", false, node_read_bool, offsetof(struct runner, told) },
	{ "begins", false, read_begins, 0 },
	{ "managed", false, read_managed, 0 },
	{ "ends", true, read_ends, 0 },
	{ "families", false, read_families, 0 },
	{ NULL, false, NULL, 0 },
};

static int read_runner(struct reader *rd, yaml_node_t *n, void *to)
{
	struct rules *r = rd->r;
	struct runner s = { NULL };

	(void)to;
	if (node_read_map(rd, n, runner_keys, &s))
		return -1;
	r->runner = arena_grow(r->arena, r->runner, r->nrunners, sizeof(s));
	r->runner[r->nrunners++] = s;
	return 0;
}

static int read_runners(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_runner);
}

static const struct key quiescence_keys[] = {
	{ "waits", false, read_waits, 0 },
	{ "starts", false, read_starts, 0 },
	{ "stops", false, read_stops, 0 },
	{ "teardowns", false, read_teardowns, 0 },
	{ "runners", false, read_runners, 0 },
	{ NULL, false, NULL, 0 },
};

int rules_read_quiescence(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_map(rd, n, quiescence_keys, to);
}
