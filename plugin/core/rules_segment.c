/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The document of the rules: segments of lists, and how long they may be. */
#include <stdio.h>
#include <string.h>
#include "rules_node.h"

const struct long_segment *rules_long_segment(const struct rules *r,
					      const char *type,
					      const char *field)
{
	unsigned int i;

	for (i = 0; i < r->nlong_segments; i++)
		if (!strcmp(r->long_segment[i].type, type) &&
		    !strcmp(r->long_segment[i].field, field))
			return &r->long_segment[i];
	return NULL;
}

bool rules_limits_segments(const struct rules *r, const char *name)
{
	unsigned int i;

	for (i = 0; i < r->nsegment_limits; i++)
		if (!strcmp(r->segment_limit[i], name))
			return true;
	return false;
}

static int read_limit(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);
	struct rules *r = rd->r;

	(void)to;
	if (!text)
		return -1;
	r->segment_limit = arena_grow(r->arena, r->segment_limit,
				      r->nsegment_limits,
				      sizeof(*r->segment_limit));
	r->segment_limit[r->nsegment_limits++] = arena_strdup(r->arena, text);
	return 0;
}

int rules_read_segment_limits(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_limit);
}

/* drm_driver.x, or: vb2_queue.mem_ops = y where io_modes & 0x12 */
static int read_long_segment(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);
	char type[64], field[64], object[64], flags[64];
	struct rules *r = rd->r;
	struct long_segment s = { .bits = 0 };
	int found;

	(void)to;
	if (!text)
		return -1;
	found = sscanf(text, "%63[^. ].%63s = %63s where %63s & %i", type,
		       field, object, flags, &s.bits);
	if (found != 2 && found != 5)
		return rules_mistake(&rd->src, node_mark(n), "\"%s\" is "
				     "neither \"TYPE.MEMBER\" nor "
				     "\"TYPE.MEMBER = OBJECT where FLAGS & "
				     "BITS\"", text);
	s.type = arena_strdup(r->arena, type);
	s.field = arena_strdup(r->arena, field);
	s.object = found == 5 ? arena_strdup(r->arena, object) : NULL;
	s.flags = found == 5 ? arena_strdup(r->arena, flags) : NULL;
	r->long_segment = arena_grow(r->arena, r->long_segment,
				     r->nlong_segments, sizeof(s));
	r->long_segment[r->nlong_segments++] = s;
	return 0;
}

int rules_read_long_segments(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_long_segment);
}
