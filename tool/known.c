// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>
#include "known.h"

static const char *const verdicts[] = { "true", "false", "intended",
					"unsure", NULL };
static const char *const statuses[] = { "none", "reported", "confirmed",
					"fixed", NULL };
static const char *const methods[] = { "read", "compiled", "ran", NULL };

enum key { K_FINGERPRINT, K_ROOT_CAUSE, K_VERDICT, K_STATUS, K_REASON, K_DATE,
	   K_METHOD, K_SEED, K_STRATUM, K_MAX };

static const struct {
	const char *name;
	bool optional;
	const char *const *words;	/* that it can be; NULL: any text */
} keys[K_MAX] = {
	[K_FINGERPRINT] = { "fingerprint", false, NULL },
	[K_ROOT_CAUSE] = { "root_cause", false, NULL },
	[K_VERDICT] = { "verdict", false, verdicts },
	[K_STATUS] = { "status", false, statuses },
	[K_REASON] = { "reason", false, NULL },
	[K_DATE] = { "date", false, NULL },
	[K_METHOD] = { "method", false, methods },
	[K_SEED] = { "seed", true, NULL },
	[K_STRATUM] = { "stratum", true, NULL },
};

struct reader {
	struct arena *arena;
	const char *path;
	yaml_document_t doc;
	struct error *err;
};

/* "path:line:column: sentence"; returns -1. */
static int mistake(struct reader *r, const yaml_node_t *node,
		   const char *sentence)
{
	return error_set(r->err, "%s:%zu:%zu: %s", r->path,
			 node->start_mark.line + 1,
			 node->start_mark.column + 1, sentence);
}

static const char *scalar(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE ?
	       (const char *)node->data.scalar.value : NULL;
}

static int word_index(const char *const *words, const char *s)
{
	int i;

	for (i = 0; words[i]; i++)
		if (!strcmp(words[i], s))
			return i;
	return -1;
}

static bool is_fingerprint(const char *s)
{
	return strlen(s) == 16 && strspn(s, "0123456789abcdef") == 16;
}

static bool is_date(const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)s[i]) :
				     s[i] != form[i])
			return false;
	return !s[i];
}

static int check_value(struct reader *r, enum key k, const yaml_node_t *node,
		       const char *s)
{
	const char *const *w = keys[k].words;
	struct strings list;

	if (!s || !*s)
		return mistake(r, node, arena_printf(r->arena,
			"the value of %s is not a text", keys[k].name));
	if (w && word_index(w, s) < 0) {
		strings_init(&list, r->arena);
		for (; *w; w++)
			strings_add(&list, *w);
		return mistake(r, node, arena_printf(r->arena,
			"%s is \"%s\", but can only be one of: %s",
			keys[k].name, s, strings_join(&list, ", ")));
	}
	if (k == K_FINGERPRINT && !is_fingerprint(s))
		return mistake(r, node,
			"a fingerprint has 16 digits of 0-9 and a-f");
	if (k == K_DATE && !is_date(s))
		return mistake(r, node, "a date is written 2024-05-31");
	if (k == K_SEED && strspn(s, "0123456789") != strlen(s))
		return mistake(r, node, "a seed is a number");
	return 0;
}

static int read_key(struct reader *r, const yaml_node_pair_t *pair,
		    const char *value[])
{
	const yaml_node_t *kn = yaml_document_get_node(&r->doc, pair->key);
	const yaml_node_t *vn = yaml_document_get_node(&r->doc, pair->value);
	const char *name = scalar(kn);
	int k;

	for (k = 0; k < K_MAX; k++)
		if (name && !strcmp(keys[k].name, name))
			break;
	if (k == K_MAX)
		return mistake(r, kn, arena_printf(r->arena,
			"there is no key %s", name ? name : "of this kind"));
	if (value[k])
		return mistake(r, kn, arena_printf(r->arena,
			"%s is there twice", name));
	if (check_value(r, k, vn, scalar(vn)))
		return -1;
	value[k] = arena_strdup(r->arena, scalar(vn));
	return 0;
}

static int read_entry(struct reader *r, const yaml_node_t *node,
		      struct known_entry *e)
{
	const char *value[K_MAX] = { NULL };
	const yaml_node_pair_t *pair;
	int k;

	if (node->type != YAML_MAPPING_NODE)
		return mistake(r, node, "an entry is a mapping of keys");
	for (pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++)
		if (read_key(r, pair, value))
			return -1;
	for (k = 0; k < K_MAX; k++)
		if (!value[k] && !keys[k].optional)
			return mistake(r, node, arena_printf(r->arena,
				"the entry has no %s", keys[k].name));
	if (!value[K_SEED] != !value[K_STRATUM])
		return mistake(r, node,
			"seed and stratum belong together: the entry has one of them");
	e->fingerprint = value[K_FINGERPRINT];
	e->root_cause = value[K_ROOT_CAUSE];
	e->verdict = word_index(verdicts, value[K_VERDICT]);
	e->status = value[K_STATUS];
	e->reason = value[K_REASON];
	e->date = value[K_DATE];
	e->method = value[K_METHOD];
	e->seed = value[K_SEED];
	e->stratum = value[K_STRATUM];
	e->line = node->start_mark.line + 1;
	return 0;
}

static int read_list(struct reader *r, struct known *k)
{
	const yaml_node_t *root = yaml_document_get_root_node(&r->doc);
	const yaml_node_item_t *item;
	size_t i;

	if (!root || (root->type == YAML_SCALAR_NODE && !*scalar(root)))
		return 0;
	if (root->type != YAML_SEQUENCE_NODE)
		return mistake(r, root, "a file of known findings is a list");
	k->entry = arena_alloc(r->arena, sizeof(*k->entry) *
		(root->data.sequence.items.top -
		 root->data.sequence.items.start + 1));
	for (item = root->data.sequence.items.start;
	     item < root->data.sequence.items.top; item++) {
		const yaml_node_t *n = yaml_document_get_node(&r->doc, *item);
		struct known_entry *e = &k->entry[k->n];

		if (read_entry(r, n, e))
			return -1;
		for (i = 0; i < k->n; i++)
			if (!strcmp(k->entry[i].fingerprint, e->fingerprint))
				return mistake(r, n, arena_printf(r->arena,
					"fingerprint %s is in line %u already",
					e->fingerprint, k->entry[i].line));
		k->n++;
	}
	return 0;
}

static int parse(struct reader *r, const char *text, size_t len,
		 struct known *k)
{
	yaml_parser_t parser;
	int ret;

	if (!yaml_parser_initialize(&parser))
		return error_set(r->err, "no memory left to read %s", r->path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text,
				     len);
	if (!yaml_parser_load(&parser, &r->doc)) {
		ret = error_set(r->err, "%s:%zu:%zu: %s", r->path,
				parser.problem_mark.line + 1,
				parser.problem_mark.column + 1,
				parser.problem ? parser.problem :
				"this is no YAML");
	} else {
		ret = read_list(r, k);
		yaml_document_delete(&r->doc);
	}
	yaml_parser_delete(&parser);
	return ret;
}

struct known *known_load(struct arena *arena, const char *path,
			 struct error *err)
{
	struct reader r = { .arena = arena, .path = path, .err = err };
	struct known *k = arena_alloc(arena, sizeof(*k));
	size_t len;
	char *text = file_read(arena, path, &len, err);

	k->path = path;
	return text && !parse(&r, text, len, k) ? k : NULL;
}

const struct known_entry *known_find(const struct known *k,
				     const char *fingerprint,
				     const char *root_cause)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (!strcmp(k->entry[i].fingerprint, fingerprint))
			return &k->entry[i];
	for (i = 0; i < k->n; i++)
		if (!strcmp(k->entry[i].root_cause, root_cause))
			return &k->entry[i];
	return NULL;
}

const char *verdict_name(enum verdict_word v)
{
	return verdicts[v];
}

bool known_strikes(const struct known_entry *e)
{
	return e && (e->verdict == VERDICT_FALSE ||
		     e->verdict == VERDICT_INTENDED);
}
