// SPDX-License-Identifier: GPL-2.0-or-later
/* The YAML document of the rules becomes families, functions, rules, entries. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "rules_private.h"

struct reader {
	struct source src;
	yaml_document_t doc;
	struct rules *r;
	struct mark *mark;	/* of each api */
	unsigned int capacity;	/* of r->api and mark */
	yaml_node_t *gfp_flags;
};

/* One key that a mapping may have, and who reads its value into @to. */
struct key {
	const char *name;
	bool required;
	int (*read)(struct reader *rd, yaml_node_t *value, void *to);
	size_t offset;
};

static struct mark mark_of(const yaml_node_t *n)
{
	return (struct mark){ (unsigned int)n->start_mark.line + 1,
			      (unsigned int)n->start_mark.column + 1 };
}

/* Where the text of the scalar @n begins: behind a quotation mark. */
static struct mark text_mark(const yaml_node_t *n)
{
	struct mark at = mark_of(n);

	if (n->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		at.col++;
	return at;
}

static yaml_node_t *node(struct reader *rd, int number)
{
	return yaml_document_get_node(&rd->doc, number);
}

static int want(struct reader *rd, yaml_node_t *n, yaml_node_type_t type)
{
	static const char *const names[] = {
		[YAML_SCALAR_NODE] = "a word or a text",
		[YAML_SEQUENCE_NODE] = "a list",
		[YAML_MAPPING_NODE] = "a mapping of keys to values",
	};

	if (n->type == type)
		return 0;
	return rules_mistake(&rd->src, mark_of(n), "%s is expected here",
			     names[type]);
}

/* The text of a scalar that is not empty, or NULL and a sentence. */
static const char *scalar(struct reader *rd, yaml_node_t *n)
{
	const char *text;

	if (want(rd, n, YAML_SCALAR_NODE))
		return NULL;
	text = (const char *)n->data.scalar.value;
	if (strlen(text) != n->data.scalar.length) {
		rules_mistake(&rd->src, mark_of(n), "a text has no NUL in it");
		return NULL;
	}
	if (!*text) {
		rules_mistake(&rd->src, mark_of(n), "this must not be empty");
		return NULL;
	}
	return text;
}

static int nothing(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)rd, (void)n, (void)to;
	return 0;
}

static int read_text(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = scalar(rd, n);

	if (!text)
		return -1;
	*(const char **)to = arena_strdup(rd->r->arena, text);
	return 0;
}

static int read_bool(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = scalar(rd, n);

	if (!text)
		return -1;
	if (strcmp(text, "true") && strcmp(text, "false"))
		return rules_mistake(&rd->src, mark_of(n),
				     "\"%s\" is neither true nor false", text);
	*(bool *)to = *text == 't';
	return 0;
}

static int read_number(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = scalar(rd, n);
	unsigned long value;
	char *end;

	if (!text)
		return -1;
	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || *end || !isdigit((unsigned char)*text) ||
	    value > 0xffffffffu)
		return rules_mistake(&rd->src, mark_of(n),
				     "\"%s\" is no number", text);
	*(unsigned int *)to = (unsigned int)value;
	return 0;
}

static int read_format(struct reader *rd, yaml_node_t *n, void *to)
{
	unsigned int format;

	(void)to;
	if (read_number(rd, n, &format))
		return -1;
	if (format == 1)
		return 0;
	return rules_mistake(&rd->src, mark_of(n), "this dmacheck reads rules "
			     "of format 1, not %u", format);
}

/* The index of @n's word in @names, or -1 and a sentence with @what. */
static int choose(struct reader *rd, yaml_node_t *n, const char *what,
		  const char *const *names, int count)
{
	const char *text = scalar(rd, n);
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
	return rules_mistake(&rd->src, mark_of(n), "\"%s\" is no %s: it is one "
			     "of %s", text, what, list);
}

static int read_fail(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = {
		[FAIL_NEVER] = "never", [FAIL_NULL] = "null",
		[FAIL_TEST] = "test", [FAIL_ZERO] = "zero",
		[FAIL_NEGATIVE] = "negative", [FAIL_NONZERO] = "nonzero",
		[FAIL_ERR_PTR] = "err-ptr",
	};
	int i = choose(rd, n, "way to fail", names, 7);

	*(enum fail_kind *)to = i < 0 ? FAIL_NEVER : (enum fail_kind)i;
	return i < 0 ? -1 : 0;
}

static int read_confidence(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = { "low", "medium", "high" };
	int i = choose(rd, n, "confidence", names, 3);

	if (i < 0)
		return -1;
	*(enum confidence *)to = (enum confidence)i;
	return 0;
}

static int read_memory(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = {
		[MEM_OTHER] = "other", [MEM_KMALLOC] = "kmalloc",
		[MEM_VMALLOC] = "vmalloc", [MEM_MANAGED] = "managed",
		[MEM_IOREMAP] = "ioremap", [MEM_PERCPU] = "percpu",
	};
	int i = choose(rd, n, "kind of memory", names, 6);

	if (i < 0)
		return -1;
	*(enum memory_kind *)to = (enum memory_kind)i;
	return 0;
}

static yaml_node_t *value_of(struct reader *rd, yaml_node_t *map,
			     const char *name)
{
	yaml_node_pair_t *p;

	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node(rd, p->key);

		if (key->type == YAML_SCALAR_NODE &&
		    !strcmp((const char *)key->data.scalar.value, name))
			return node(rd, p->value);
	}
	return NULL;
}

static int check_keys(struct reader *rd, yaml_node_t *map)
{
	yaml_node_pair_t *p;

	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node(rd, p->key);
		const char *name = scalar(rd, key);

		if (!name)
			return -1;
		if (value_of(rd, map, name) != node(rd, p->value))
			return rules_mistake(&rd->src, mark_of(key),
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
	return rules_mistake(&rd->src, mark_of(key), "\"%s\" is no key here: "
			     "the keys are %s", key->data.scalar.value, list);
}

/* Reads the mapping @map, whose keys are @keys, in the order of @keys. */
static int read_map(struct reader *rd, yaml_node_t *map,
		    const struct key *keys, void *to)
{
	yaml_node_pair_t *p;
	const struct key *k;

	if (want(rd, map, YAML_MAPPING_NODE) || check_keys(rd, map))
		return -1;
	for (p = map->data.mapping.pairs.start;
	     p < map->data.mapping.pairs.top; p++) {
		yaml_node_t *key = node(rd, p->key);

		for (k = keys; k->name; k++)
			if (!strcmp(k->name,
				    (const char *)key->data.scalar.value))
				break;
		if (!k->name)
			return unknown_key(rd, key, keys);
	}
	for (k = keys; k->name; k++) {
		yaml_node_t *value = value_of(rd, map, k->name);

		if (!value && k->required)
			return rules_mistake(&rd->src, mark_of(map),
					     "key \"%s\" is missing here",
					     k->name);
		if (value && k->read(rd, value, (char *)to + k->offset))
			return -1;
	}
	return 0;
}

static int read_list(struct reader *rd, yaml_node_t *list, void *to,
		     int (*read)(struct reader *rd, yaml_node_t *n, void *to))
{
	yaml_node_item_t *i;

	if (want(rd, list, YAML_SEQUENCE_NODE))
		return -1;
	for (i = list->data.sequence.items.start;
	     i < list->data.sequence.items.top; i++)
		if (read(rd, node(rd, *i), to))
			return -1;
	return 0;
}

static int read_gfp_flag(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *name = scalar(rd, n);
	yaml_node_t *value;
	unsigned int bits;

	if (!name)
		return -1;
	value = rd->gfp_flags ? value_of(rd, rd->gfp_flags, name) : NULL;
	if (!value)
		return rules_mistake(&rd->src, mark_of(n),
				     "\"%s\" is not among gfp_flags", name);
	if (read_number(rd, value, &bits))
		return -1;
	*(unsigned int *)to |= bits;
	return 0;
}

static int read_gfp(struct reader *rd, yaml_node_t *n, void *to)
{
	return read_list(rd, n, to, read_gfp_flag);
}

static int read_gfp_flags(struct reader *rd, yaml_node_t *n, void *to)
{
	yaml_node_pair_t *p;
	unsigned int bits;

	(void)to;
	if (want(rd, n, YAML_MAPPING_NODE) || check_keys(rd, n))
		return -1;
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++)
		if (read_number(rd, node(rd, p->value), &bits))
			return -1;
	rd->gfp_flags = n;
	return 0;
}

/* What all functions of one list have in common. */
struct group {
	struct api pattern;
	const char *first;		/* name of the first one */
};

static struct api *new_api(struct reader *rd, const struct group *g,
			   struct mark at)
{
	struct rules *r = rd->r;
	struct api *api;

	if (r->napis == rd->capacity) {
		unsigned int more = rd->capacity ? rd->capacity * 2 : 1024;
		struct api *apis = arena_alloc(r->arena, more * sizeof(*apis));
		struct mark *marks = arena_alloc(r->arena,
						 more * sizeof(*marks));

		if (r->napis) {
			memcpy(apis, r->api, r->napis * sizeof(*apis));
			memcpy(marks, rd->mark, r->napis * sizeof(*marks));
		}
		r->api = apis;
		rd->mark = marks;
		rd->capacity = more;
	}
	rd->mark[r->napis] = at;
	api = &r->api[r->napis++];
	*api = g->pattern;
	return api;
}

/* Kinds whose functions may be given by name, any number in one item. */
static bool may_be_bare(enum api_kind kind)
{
	return kind == API_PURE || kind == API_BORROW || kind == API_DEVICE ||
	       kind == API_TAKE || kind == API_ALLOC || kind == API_FREE;
}

/* What a bare name of a memory function stands for: object = f(), f(object) */
static void complete_bare(struct api *api)
{
	if (api->kind == API_ALLOC)
		api->ret = ROLE_OBJECT;
	if (api->kind == API_FREE)
		api->arg[api->nargs++] = ROLE_OBJECT;
}

static int read_names(struct reader *rd, yaml_node_t *n, const char *text,
		      struct group *g)
{
	const char *p = text;
	struct mark at = text_mark(n);

	while (*p) {
		size_t len = 0;
		struct api *api;

		while (isalnum((unsigned char)p[len]) || p[len] == '_')
			len++;
		at.col = text_mark(n).col + (unsigned int)(p - text);
		if (!len)
			return rules_mistake(&rd->src, at,
					     "a function's name is missing here");
		api = new_api(rd, g, mark_of(n));
		api->name = arena_strndup(rd->r->arena, p, len);
		complete_bare(api);
		p += len;
		while (*p == ' ')
			p++;
	}
	return 0;
}

static int read_call(struct reader *rd, yaml_node_t *n, void *to)
{
	struct group *g = to;
	const char *text = scalar(rd, n);
	struct api *api;

	if (!text)
		return -1;
	if (!strchr(text, '(') && may_be_bare(g->pattern.kind))
		return read_names(rd, n, text, g);
	api = new_api(rd, g, mark_of(n));
	if (rules_call_parse(&rd->src, rd->r->arena, text, text_mark(n), api))
		return -1;
	if (!g->first)
		g->first = api->name;
	return rules_call_check(&rd->src, api, text_mark(n));
}

/* A family as it is read: its lists of calls are read when it is whole. */
struct family_text {
	struct family family;
	bool wrapper;
	yaml_node_t *calls[5];
};

static int keep_node(struct reader *rd, yaml_node_t *n, void *to)
{
	(void)rd;
	*(yaml_node_t **)to = n;
	return 0;
}

#define FAMILY(field) offsetof(struct family_text, family.field)
#define CALLS(n) offsetof(struct family_text, calls[n])

static const struct key family_keys[] = {
	{ "name", true, read_text, FAMILY(name) },
	{ "noun", true, read_text, FAMILY(noun) },
	{ "debug_type", false, read_text, FAMILY(debug_type) },
	{ "fails", true, read_fail, FAMILY(fail) },
	{ "managed", false, read_bool, FAMILY(managed) },
	{ "null_ok", false, read_bool, FAMILY(null_ok) },
	{ "streaming", false, read_bool, FAMILY(streaming) },
	{ "implicit_dir", false, read_bool, FAMILY(implicit_dir) },
	{ "gfp_forbidden", false, read_gfp, FAMILY(gfp_forbidden) },
	{ "tested_by", false, read_text, FAMILY(test) },
	{ "wrapper", false, read_bool, offsetof(struct family_text, wrapper) },
	{ "acquire", true, keep_node, CALLS(0) },
	{ "release", false, keep_node, CALLS(1) },
	{ "test", false, keep_node, CALLS(2) },
	{ "sync_for_cpu", false, keep_node, CALLS(3) },
	{ "sync_for_device", false, keep_node, CALLS(4) },
	{ NULL, false, nothing, 0 },
};

static int read_family_calls(struct reader *rd, struct family_text *text,
			     struct family *f)
{
	static const struct {
		enum api_kind kind;
		bool to_cpu, to_device;
	} lists[] = {
		{ API_ACQUIRE, false, false }, { API_RELEASE, false, false },
		{ API_TEST, false, false }, { API_SYNC, true, false },
		{ API_SYNC, false, true },
	};
	unsigned int i;

	for (i = 0; i < 5; i++) {
		struct group g = { .pattern = {
			.kind = lists[i].kind, .family = f,
			.to_cpu = lists[i].to_cpu,
			.to_device = lists[i].to_device,
			.wrapper = text->wrapper,
		} };

		if (text->calls[i] &&
		    read_list(rd, text->calls[i], &g, read_call))
			return -1;
		if (i == 1)
			f->releases = g.first;
		if (i == 2 && g.first)
			f->test = g.first;
	}
	return 0;
}

static int read_family(struct reader *rd, yaml_node_t *n, void *to)
{
	struct family_text text = { .wrapper = false };
	struct rules *r = rd->r;
	struct family *f = &r->family[r->nfamilies];
	unsigned int i;

	(void)to;
	if (read_map(rd, n, family_keys, &text))
		return -1;
	for (i = 0; i < r->nfamilies; i++)
		if (!strcmp(r->family[i].name, text.family.name))
			return rules_mistake(&rd->src, mark_of(n), "there is a "
					     "family \"%s\" already",
					     text.family.name);
	*f = text.family;
	r->nfamilies++;
	if (read_family_calls(rd, &text, f))
		return -1;
	if (f->fail == FAIL_TEST && !f->test)
		return rules_mistake(&rd->src, mark_of(n), "family \"%s\" "
				     "fails by a test, but has none", f->name);
	return 0;
}

static unsigned int list_length(const yaml_node_t *list)
{
	return (unsigned int)(list->data.sequence.items.top -
			      list->data.sequence.items.start);
}

static int read_families(struct reader *rd, yaml_node_t *n, void *to)
{
	if (want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	/* apis point into the array: it must not move */
	rd->r->family = arena_alloc(rd->r->arena, (list_length(n) + 1) *
				    sizeof(*rd->r->family));
	return read_list(rd, n, to, read_family);
}

/* Memory functions are grouped by kind of memory, the others are one list. */
static int read_kind(struct reader *rd, yaml_node_t *n, struct group *g)
{
	yaml_node_pair_t *p;

	if (g->pattern.kind != API_ALLOC && g->pattern.kind != API_FREE)
		return read_list(rd, n, g, read_call);
	if (want(rd, n, YAML_MAPPING_NODE) || check_keys(rd, n))
		return -1;
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++)
		if (read_memory(rd, node(rd, p->key), &g->pattern.memory) ||
		    read_list(rd, node(rd, p->value), g, read_call))
			return -1;
	return 0;
}

static int read_functions(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *names[API_KIND_MAX];
	yaml_node_pair_t *p;
	int first = API_MASK, i;

	(void)to;
	if (want(rd, n, YAML_MAPPING_NODE) || check_keys(rd, n))
		return -1;
	for (i = first; i < API_KIND_MAX; i++)
		names[i - first] = api_kind_name((enum api_kind)i);
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++) {
		struct group g = { .first = NULL };

		i = choose(rd, node(rd, p->key), "kind of function", names,
			   API_KIND_MAX - first);
		if (i < 0)
			return -1;
		g.pattern.kind = (enum api_kind)(first + i);
		if (read_kind(rd, node(rd, p->value), &g))
			return -1;
	}
	return 0;
}

static int read_entry(struct reader *rd, yaml_node_t *n, void *to)
{
	struct entry *e = &rd->r->entry[rd->r->nentries];
	const char *text = scalar(rd, n), *dot;

	(void)to;
	if (!text)
		return -1;
	dot = strchr(text, '.');
	if (!dot || dot == text || !dot[1] || strchr(dot + 1, '.'))
		return rules_mistake(&rd->src, mark_of(n), "a callback is "
				     "written \"pci_driver.probe\"");
	e->type = arena_strndup(rd->r->arena, text, (size_t)(dot - text));
	e->field = arena_strdup(rd->r->arena, dot + 1);
	if (rules_is_entry(rd->r, e->type, e->field))
		return rules_mistake(&rd->src, mark_of(n),
				     "\"%s\" is here twice", text);
	rd->r->nentries++;
	return 0;
}

static int read_entries(struct reader *rd, yaml_node_t *n, void *to)
{
	if (want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	rd->r->entry = arena_alloc(rd->r->arena, (list_length(n) + 1) *
				   sizeof(*rd->r->entry));
	return read_list(rd, n, to, read_entry);
}

static int read_id(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = scalar(rd, n);
	size_t good;

	if (!text)
		return -1;
	good = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (strncmp(text, "dma-", 4) || text[good] || !text[4])
		return rules_mistake(&rd->src, mark_of(n), "a rule's id is its "
				     "-W name: \"dma-\" and small letters");
	if (rules_rule(rd->r, text))
		return rules_mistake(&rd->src, mark_of(n),
				     "there is a rule \"%s\" already", text);
	return read_text(rd, n, to);
}

static int read_message(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const known[] = { "{place}", "{noun}", "{api}",
					     "{other}", "{value}", "{wanted}" };
	const char *text = scalar(rd, n), *p;
	struct mark at = text_mark(n);
	unsigned int i;

	if (!text)
		return -1;
	for (p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
		for (i = 0; i < 6; i++)
			if (!strncmp(p, known[i], strlen(known[i])))
				break;
		at.col = text_mark(n).col + (unsigned int)(p - text);
		if (i == 6)
			return rules_mistake(&rd->src, at, "a message knows "
				"{place} {noun} {api} {other} {value} {wanted} "
				"only");
	}
	return read_text(rd, n, to);
}

#define RULE(field) offsetof(struct rule, field)

static const struct key rule_keys[] = {
	{ "id", true, read_id, RULE(id) },
	{ "class", true, read_text, RULE(class) },
	{ "cwe", false, read_number, RULE(cwe) },
	{ "confidence", true, read_confidence, RULE(confidence) },
	{ "message", true, read_message, RULE(message) },
	{ "debug", false, read_text, RULE(debug) },
	{ "contract", true, read_text, RULE(contract) },
	{ "why", true, read_text, RULE(why) },
	{ "bad", true, read_text, RULE(bad) },
	{ "good", true, read_text, RULE(good) },
	{ NULL, false, nothing, 0 },
};

static int read_rule(struct reader *rd, yaml_node_t *n, void *to)
{
	struct rule *rule = &rd->r->rule[rd->r->nrules];

	(void)to;
	if (read_map(rd, n, rule_keys, rule))
		return -1;
	rd->r->nrules++;
	return 0;
}

static int read_rules(struct reader *rd, yaml_node_t *n, void *to)
{
	if (want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	rd->r->rule = arena_alloc(rd->r->arena, (list_length(n) + 1) *
				  sizeof(*rd->r->rule));
	return read_list(rd, n, to, read_rule);
}

static const struct key top_keys[] = {
	{ "format", true, read_format, 0 },
	{ "gfp_flags", false, read_gfp_flags, 0 },
	{ "families", true, read_families, 0 },
	{ "functions", false, read_functions, 0 },
	{ "entries", false, read_entries, 0 },
	{ "rules", true, read_rules, 0 },
	{ NULL, false, nothing, 0 },
};

static int read_document(struct reader *rd, yaml_parser_t *parser)
{
	yaml_node_t *root;

	if (!yaml_parser_load(parser, &rd->doc)) {
		const yaml_mark_t *m = &parser->problem_mark;
		struct mark at = { (unsigned int)m->line + 1,
				   (unsigned int)m->column + 1 };

		return rules_mistake(&rd->src, at, "this is not YAML: %s",
				     parser->problem ? parser->problem :
						       "out of memory");
	}
	root = yaml_document_get_root_node(&rd->doc);
	if (!root)
		rules_mistake(&rd->src, (struct mark){ 1, 1 },
			      "there are no rules in this file");
	if (!root || read_map(rd, root, top_keys, NULL) ||
	    rules_index(rd->r, &rd->src, rd->mark)) {
		yaml_document_delete(&rd->doc);
		return -1;
	}
	yaml_document_delete(&rd->doc);
	return 0;
}

int rules_read(struct rules *r, const char *text, size_t len,
	       struct error *err)
{
	struct reader rd = { .src = { r->path, err }, .r = r };
	yaml_parser_t parser;
	int result;

	if (!yaml_parser_initialize(&parser))
		return error_set(err, "%s: out of memory", r->path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	result = read_document(&rd, &parser);
	yaml_parser_delete(&parser);
	return result;
}
