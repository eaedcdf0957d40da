// SPDX-License-Identifier: GPL-2.0-or-later
/* Reading typed values out of a YAML document, each mistake with its place. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "rules_node.h"

struct mark node_mark(const yaml_node_t *n)
{
	return (struct mark){ (unsigned int)n->start_mark.line + 1,
			      (unsigned int)n->start_mark.column + 1 };
}

/* Where the text of the scalar @n begins: behind a quotation mark. */
struct mark node_text_mark(const yaml_node_t *n)
{
	struct mark at = node_mark(n);

	if (n->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		at.col++;
	return at;
}

yaml_node_t *node_at(struct reader *rd, int number)
{
	return yaml_document_get_node(&rd->doc, number);
}

int node_want(struct reader *rd, yaml_node_t *n, yaml_node_type_t type)
{
	static const char *const names[] = {
		[YAML_SCALAR_NODE] = "a word or a text",
		[YAML_SEQUENCE_NODE] = "a list",
		[YAML_MAPPING_NODE] = "a mapping of keys to values",
	};

	if (n->type == type)
		return 0;
	return rules_mistake(&rd->src, node_mark(n), "%s is expected here",
			     names[type]);
}

/* The text of a scalar that is not empty, or NULL and a sentence. */
const char *node_text(struct reader *rd, yaml_node_t *n)
{
	const char *text;

	if (node_want(rd, n, YAML_SCALAR_NODE))
		return NULL;
	text = (const char *)n->data.scalar.value;
	if (strlen(text) != n->data.scalar.length) {
		rules_mistake(&rd->src, node_mark(n), "a text has no NUL in it");
		return NULL;
	}
	if (!*text) {
		rules_mistake(&rd->src, node_mark(n), "this must not be empty");
		return NULL;
	}
	return text;
}

int node_read_text(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);

	if (!text)
		return -1;
	*(const char **)to = arena_strdup(rd->r->arena, text);
	return 0;
}

int node_read_bool(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);

	if (!text)
		return -1;
	if (strcmp(text, "true") && strcmp(text, "false"))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is neither true nor false", text);
	*(bool *)to = *text == 't';
	return 0;
}

int node_read_number(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);
	unsigned long value;
	char *end;

	if (!text)
		return -1;
	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || *end || !isdigit((unsigned char)*text) ||
	    value > 0xffffffffu)
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is no number", text);
	*(unsigned int *)to = (unsigned int)value;
	return 0;
}

/* The index of @n's word in @names, or -1 and a sentence with @what. */
int node_choose(struct reader *rd, yaml_node_t *n, const char *what,
		  const char *const *names, int count)
{
	const char *text = node_text(rd, n);
	char list[256] = "";
	int i;

	if (!text)
		return -1;
	for (i = 0; i < count; i++)
		if (!strcmp(names[i], text))
			return i;
	for (i = 0; i < count; i++) {
		strncat(list, i ? ", " : "", sizeof(list) - strlen(list) - 1);
		strncat(list, names[i], sizeof(list) - strlen(list) - 1);
	}
	return rules_mistake(&rd->src, node_mark(n), "\"%s\" is no %s: it is one "
			     "of %s", text, what, list);
}

yaml_node_t *node_value(struct reader *rd, yaml_node_t *map,
			     const char *name)
{
	yaml_node_pair_t *p;

	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node_at(rd, p->key);

		if (key->type == YAML_SCALAR_NODE &&
		    !strcmp((const char *)key->data.scalar.value, name))
			return node_at(rd, p->value);
	}
	return NULL;
}

int node_check_keys(struct reader *rd, yaml_node_t *map)
{
	yaml_node_pair_t *p;

	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node_at(rd, p->key);
		const char *name = node_text(rd, key);

		if (!name)
			return -1;
		if (node_value(rd, map, name) != node_at(rd, p->value))
			return rules_mistake(&rd->src, node_mark(key),
					     "key \"%s\" is here twice", name);
	}
	return 0;
}

static int unknown_key(struct reader *rd, yaml_node_t *key,
		       const struct key *keys)
{
	char list[400] = "";
	const struct key *k;

	for (k = keys; k->name; k++) {
		strncat(list, k == keys ? "" : ", ",
			sizeof(list) - strlen(list) - 1);
		strncat(list, k->name, sizeof(list) - strlen(list) - 1);
	}
	return rules_mistake(&rd->src, node_mark(key), "\"%s\" is no key here: "
			     "the keys are %s", key->data.scalar.value, list);
}

/* Reads the mapping @map, whose keys are @keys, in the order of @keys. */
int node_read_map(struct reader *rd, yaml_node_t *map,
		    const struct key *keys, void *to)
{
	yaml_node_pair_t *p;
	const struct key *k;

	if (node_want(rd, map, YAML_MAPPING_NODE) || node_check_keys(rd, map))
		return -1;
	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node_at(rd, p->key);

		for (k = keys; k->name; k++)
			if (!strcmp(k->name,
				    (const char *)key->data.scalar.value))
				break;
		if (!k->name)
			return unknown_key(rd, key, keys);
	}
	for (k = keys; k->name; k++) {
		yaml_node_t *value = node_value(rd, map, k->name);

		if (!value && k->required)
			return rules_mistake(&rd->src, node_mark(map),
					     "key \"%s\" is missing here",
					     k->name);
		if (value && k->read(rd, value, (char *)to + k->offset))
			return -1;
	}
	return 0;
}

int node_read_list(struct reader *rd, yaml_node_t *list, void *to,
		     int (*read)(struct reader *rd, yaml_node_t *n, void *to))
{
	yaml_node_item_t *i;

	if (node_want(rd, list, YAML_SEQUENCE_NODE))
		return -1;
	for (i = list->data.sequence.items.start;
	     i < list->data.sequence.items.top; i++)
		if (read(rd, node_at(rd, *i), to))
			return -1;
	return 0;
}

unsigned int node_length(const yaml_node_t *list)
{
	return (unsigned int)(list->data.sequence.items.top -
			      list->data.sequence.items.start);
}
