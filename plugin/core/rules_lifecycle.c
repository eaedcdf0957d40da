// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lists "lifecycles" of the rules: which callbacks begin and end what.
 */
#include <string.h>
#include "rules_node.h"

/* What all callbacks of one item share. */
struct level {
	const char *name, *failed;
	bool repeats, back;
	yaml_node_t *callbacks, *during, *ended_by;
};

static int keep_node(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	*(yaml_node_t **)to = n;
	return 0;
}

#define LEVEL(field) offsetof(struct level, field)

static const struct key level_keys[] = {
	{ "level", true, node_read_text, LEVEL(name) },
	{ "failed", false, node_read_text, LEVEL(failed) },
	{ "repeats", false, node_read_bool, LEVEL(repeats) },
	{ "back", false, node_read_bool, LEVEL(back) },
	{ "callbacks", false, keep_node, LEVEL(callbacks) },
	{ "ended_by", false, keep_node, LEVEL(ended_by) },
	{ "during", false, keep_node, LEVEL(during) },
	{ NULL, false, NULL, 0 },
};

/* Levels are counted from the outermost, in the order of the file. */
static int depth_of(struct rules *r, const char *name)
{
	unsigned int i;

	for (i = 0; i < r->nlevels; i++)
		if (!strcmp(r->level[i], name))
			return (int)i;
	if (r->nlevels == LEVELS_MAX)
		return -1;
	r->level[r->nlevels] = arena_strdup(r->arena, name);
	return (int)r->nlevels++;
}

static bool is_known(const struct rules *r, const char *type,
		     const char *field)
{
	unsigned int i;

	for (i = 0; i < r->nlifecycles; i++)
		if (!strcmp(r->lifecycle[i].type, type) &&
		    !strcmp(r->lifecycle[i].field, field))
			return true;
	return false;
}

static int add(struct reader *rd, yaml_node_t *n, struct lifecycle l)
{
	struct rules *r = rd->r;

	if (is_known(r, l.type, l.field))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s.%s\" is here twice", l.type,
				     l.field);
	r->lifecycle = arena_grow(r->arena, r->lifecycle, r->nlifecycles,
				  sizeof(*r->lifecycle));
	r->lifecycle[r->nlifecycles++] = l;
	return 0;
}

/* The next word of @*at, in the arena, or NULL. */
static const char *word(struct reader *rd, const char **at)
{
	const char *start = *at + strspn(*at, " ");
	size_t n = strcspn(start, " ");

	*at = start + n;
	return n ? arena_strndup(rd->r->arena, start, n) : NULL;
}

static void read_until(struct reader *rd, const char **at,
		       struct lifecycle *l)
{
	const char *name;

	while ((name = word(rd, at))) {
		l->until = arena_grow(rd->r->arena, l->until, l->nuntil,
				      sizeof(*l->until));
		l->until[l->nuntil++] = name;
	}
}

/*
 * "pci_driver.probe remove shutdown": the callback that begins, then those of
 * the same struct that end it. "f()" stands for whatever is given to f.
 */
static int read_callback(struct reader *rd, yaml_node_t *n,
			 struct lifecycle l)
{
	const char *at = node_text(rd, n), *first, *dot, *field;

	if (!at)
		return -1;
	first = word(rd, &at);
	dot = first ? strchr(first, '.') : NULL;
	if (first && l.part >= PART_DURING && strlen(first) > 2 &&
	    !strcmp(first + strlen(first) - 2, "()")) {
		l.type = arena_strndup(rd->r->arena, first, strlen(first) - 2);
		l.field = "-";
		read_until(rd, &at, &l);
		return add(rd, n, l);
	}
	if (!dot || dot == first || !dot[1] || strchr(dot + 1, '.'))
		return rules_mistake(&rd->src, node_mark(n), "a callback is "
				     "written \"pci_driver.probe\"");
	l.type = arena_strndup(rd->r->arena, first, (size_t)(dot - first));
	l.field = dot + 1;
	if (l.part == PART_DURING)
		read_until(rd, &at, &l);
	if (add(rd, n, l))
		return -1;
	l.part = PART_END;
	while ((field = word(rd, &at))) {
		l.field = field;
		if (add(rd, n, l))
			return -1;
	}
	return 0;
}

static int read_callbacks(struct reader *rd, yaml_node_t *list,
			  struct lifecycle l)
{
	yaml_node_item_t *i;

	if (!list)
		return 0;
	for (i = list->data.sequence.items.start;
	     i < list->data.sequence.items.top; i++)
		if (read_callback(rd, node_at(rd, *i), l))
			return -1;
	return 0;
}

static int read_level(struct reader *rd, yaml_node_t *n, void *to)
{
	struct level v = { NULL };
	struct lifecycle l = { .part = PART_BEGIN };
	int depth;

	(void)to;
	if (node_read_map(rd, n, level_keys, &v))
		return -1;
	depth = depth_of(rd->r, v.name);
	if (depth < 0)
		return rules_mistake(&rd->src, node_mark(n),
				     "there are more than %d levels",
				     LEVELS_MAX);
	l.depth = (unsigned int)depth;
	l.repeats = v.repeats;
	l.back = v.back;
	if (v.failed && strcmp(v.failed, "end") && strcmp(v.failed, "nothing"))
		return rules_mistake(&rd->src, node_mark(n), "what follows a "
				     "failure is \"nothing\" or \"end\"");
	l.final = v.failed && !strcmp(v.failed, "nothing");
	if (read_callbacks(rd, v.callbacks, l))
		return -1;
	l.part = PART_DURING;
	if (read_callbacks(rd, v.during, l))
		return -1;
	l.part = PART_ENDS;
	return read_callbacks(rd, v.ended_by, l);
}

int rules_read_lifecycles(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	return node_read_list(rd, n, to, read_level);
}

const struct lifecycle *rules_lifecycle(const struct rules *r,
					const char *type, const char *field)
{
	unsigned int i;

	for (i = 0; i < r->nlifecycles; i++)
		if (!strcmp(r->lifecycle[i].type, type) &&
		    !strcmp(r->lifecycle[i].field, field))
			return &r->lifecycle[i];
	return NULL;
}
