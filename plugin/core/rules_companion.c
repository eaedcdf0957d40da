// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: what is mapped on behalf of others. */
#include <stdlib.h>
#include <string.h>
#include "rules_node.h"

bool rules_is_companion(const struct rules *r, const char *type)
{
	unsigned int i;

	for (i = 0; i < r->ncompanions; i++)
		if (!strcmp(r->companion[i], type))
			return true;
	return false;
}

const struct consumer *rules_consumer(const struct rules *r, const char *type,
				      const char *field)
{
	unsigned int i;

	for (i = 0; i < r->nconsumers; i++)
		if (!strcmp(r->consumer[i].type, type) &&
		    !strcmp(r->consumer[i].field, field))
			return &r->consumer[i];
	return NULL;
}

static int read_companion(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);

	(void)to;
	if (!text)
		return -1;
	if (rules_is_companion(rd->r, text))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is here twice", text);
	rd->r->companion = arena_grow(rd->r->arena, rd->r->companion,
				      rd->r->ncompanions,
				      sizeof(*rd->r->companion));
	rd->r->companion[rd->r->ncompanions++] =
		arena_strdup(rd->r->arena, text);
	return 0;
}

int rules_read_companions(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_companion);
}

/* What follows the call: "always", "if 0", "if below 16". */
static int read_result(struct reader *rd, yaml_node_t *n, const char *text,
		       struct consumer *s)
{
	static const char below[] = "if below ";
	char *end;

	s->result = CONSUMED_BELOW;
	if (!strcmp(text, "always"))
		s->result = CONSUMED_ALWAYS;
	else if (!strcmp(text, "if 0"))
		s->result = CONSUMED_ZERO;
	if (s->result != CONSUMED_BELOW)
		return 0;
	if (!strncmp(text, below, strlen(below))) {
		s->below = strtol(text + strlen(below), &end, 10);
		if (!*end && end > text + strlen(below))
			return 0;
	}
	return rules_mistake(&rd->src, node_mark(n), "\"%s\" is none of "
			     "\"always\", \"if 0\", \"if below NUMBER\"",
			     text);
}

static int no_consumer(struct reader *rd, yaml_node_t *n)
{
	return rules_mistake(&rd->src, node_mark(n), "a consumer is written "
			     "\"net_device_ops.ndo_start_xmit(object, _) "
			     "if below 16\"");
}

/* One of: net_device_ops.ndo_start_xmit(object, _) if below 16 */
static int read_consumer(struct reader *rd, yaml_node_t *n, void *to)
{
	struct rules *r = rd->r;
	struct consumer s = { .param = 0 };
	const char *text = node_text(rd, n), *dot, *end;
	struct api api = { .kind = API_TAKE };
	struct mark at;

	(void)to;
	if (!text)
		return -1;
	dot = strchr(text, '.');
	end = strchr(text, ')');
	if (!dot || !end || dot > end || end[1] != ' ')
		return no_consumer(rd, n);
	at = node_text_mark(n);
	at.col += (unsigned int)(dot + 1 - text);
	if (rules_call_parse(&rd->src, r->arena,
			     arena_strndup(r->arena, dot + 1,
					   (size_t)(end - dot)), at, &api))
		return -1;
	if (api_arg(&api, ROLE_OBJECT) < 0)
		return no_consumer(rd, n);
	s.type = arena_strndup(r->arena, text, (size_t)(dot - text));
	s.field = api.name;
	s.param = (unsigned int)api_arg(&api, ROLE_OBJECT);
	if (read_result(rd, n, end + 2, &s))
		return -1;
	r->consumer = arena_grow(r->arena, r->consumer, r->nconsumers,
				 sizeof(s));
	r->consumer[r->nconsumers++] = s;
	return 0;
}

int rules_read_consumers(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_consumer);
}
