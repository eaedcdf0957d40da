// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: members of structs that mean something. */
#include <string.h>
#include "rules_node.h"

/* Reads "tag.member", @len characters at @text. */
static int read_member(struct reader *rd, yaml_node_t *n, const char *text,
		       size_t len, struct entry *e)
{
	const char *dot = memchr(text, '.', len);

	if (!dot || dot == text || dot + 1 == text + len ||
	    memchr(dot + 1, '.', (size_t)(text + len - dot - 1)))
		return rules_mistake(&rd->src, node_mark(n), "a member is "
				     "written \"net_device.dev\"");
	e->type = arena_strndup(rd->r->arena, text, (size_t)(dot - text));
	e->field = arena_strndup(rd->r->arena, dot + 1,
				 (size_t)(text + len - dot - 1));
	return 0;
}

static bool is_in(const struct entry *list, unsigned int n, const char *type,
		  const char *field)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!strcmp(list[i].type, type) &&
		    !strcmp(list[i].field, field))
			return true;
	return false;
}

static int add_member(struct reader *rd, yaml_node_t *n, struct entry *list,
		      unsigned int *count)
{
	const char *text = node_text(rd, n);
	struct entry *e = &list[*count];

	if (!text || read_member(rd, n, text, strlen(text), e))
		return -1;
	if (is_in(list, *count, e->type, e->field))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is here twice", text);
	(*count)++;
	return 0;
}

static int read_class_device(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return add_member(rd, n, rd->r->class_device, &rd->r->nclasses);
}

static int read_mapped(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return add_member(rd, n, rd->r->mapped, &rd->r->nmapped);
}

static int read_handle(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return add_member(rd, n, rd->r->handle, &rd->r->nhandles);
}

static bool is_named(const char *const *list, unsigned int n, const char *name)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

static int add_name(struct reader *rd, yaml_node_t *n, const char **list,
		    unsigned int *count)
{
	const char *text = node_text(rd, n);

	if (!text)
		return -1;
	if (is_named(list, *count, text))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is here twice", text);
	list[(*count)++] = arena_strdup(rd->r->arena, text);
	return 0;
}

static int read_maker(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return add_name(rd, n, rd->r->maker, &rd->r->nmakers);
}

static int read_physical(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)to;
	return add_name(rd, n, rd->r->physical, &rd->r->nphysical);
}

static int read_fresh(struct reader *rd, yaml_node_t *n, void *to)
{
	struct fresh_list *f = &rd->r->fresh[rd->r->nfresh];
	const char *text = node_text(rd, n), *blank;

	(void)to;
	if (!text)
		return -1;
	blank = strchr(text, ' ');
	if (!blank)
		return rules_mistake(&rd->src, node_mark(n), "a callback and "
				     "a member of what it is given are written "
				     "\"skcipher_alg.encrypt "
				     "skcipher_request.src\"");
	if (read_member(rd, n, text, (size_t)(blank - text), &f->callback) ||
	    read_member(rd, n, blank + 1, strlen(blank + 1), &f->member))
		return -1;
	rd->r->nfresh++;
	return 0;
}

/* Room for the items of @n, @size bytes each, or NULL if it is no list. */
static void *room(struct reader *rd, yaml_node_t *n, size_t size)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return NULL;
	return arena_alloc(rd->r->arena, (node_length(n) + 1) * size);
}

int rules_read_class_devices(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->class_device = room(rd, n, sizeof(*rd->r->class_device));
	return rd->r->class_device ?
	       node_read_list(rd, n, to, read_class_device) : -1;
}

int rules_read_device_makers(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->maker = room(rd, n, sizeof(*rd->r->maker));
	return rd->r->maker ? node_read_list(rd, n, to, read_maker) : -1;
}

int rules_read_mapped_members(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->mapped = room(rd, n, sizeof(*rd->r->mapped));
	return rd->r->mapped ? node_read_list(rd, n, to, read_mapped) : -1;
}

int rules_read_physical_takers(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->physical = room(rd, n, sizeof(*rd->r->physical));
	return rd->r->physical ? node_read_list(rd, n, to, read_physical) : -1;
}

int rules_read_dma_members(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->handle = room(rd, n, sizeof(*rd->r->handle));
	return rd->r->handle ? node_read_list(rd, n, to, read_handle) : -1;
}

int rules_read_fresh_lists(struct reader *rd, yaml_node_t *n, void *to)
{
	rd->r->fresh = room(rd, n, sizeof(*rd->r->fresh));
	return rd->r->fresh ? node_read_list(rd, n, to, read_fresh) : -1;
}

bool rules_class_device(const struct rules *r, const char *type,
			const char *field)
{
	return is_in(r->class_device, r->nclasses, type, field);
}

bool rules_mapped_member(const struct rules *r, const char *type,
			 const char *field)
{
	return is_in(r->mapped, r->nmapped, type, field);
}

bool rules_dma_member(const struct rules *r, const char *type,
		      const char *field)
{
	return is_in(r->handle, r->nhandles, type, field);
}

bool rules_makes_device(const struct rules *r, const char *function)
{
	return is_named(r->maker, r->nmakers, function);
}

bool rules_takes_physical(const struct rules *r, const char *name)
{
	return is_named(r->physical, r->nphysical, name);
}
