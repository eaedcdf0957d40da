// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: what it says of functions, and its frame. */
#include <ctype.h>
#include <string.h>
#include "rules_node.h"
#include "rules_thaw.h"

static int read_format(struct reader *rd, yaml_node_t *n, void *to)
{
	unsigned int format;

	(void)to;
	if (node_read_number(rd, n, &format))
		return -1;
	if (format == 1)
		return 0;
	return rules_mistake(&rd->src, node_mark(n), "this dmacheck reads rules "
			     "of format 1, not %u", format);
}

static int read_fail(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = {
		[FAIL_NEVER] = "never", [FAIL_NULL] = "null",
		[FAIL_TEST] = "test", [FAIL_ZERO] = "zero",
		[FAIL_NEGATIVE] = "negative", [FAIL_NONZERO] = "nonzero",
		[FAIL_ERR_PTR] = "err-ptr",
	};
	int i = node_choose(rd, n, "way to fail", names, 7);

	*(enum fail_kind *)to = i < 0 ? FAIL_NEVER : (enum fail_kind)i;
	return i < 0 ? -1 : 0;
}

static int read_memory(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = {
		[MEM_OTHER] = "other", [MEM_KMALLOC] = "kmalloc",
		[MEM_VMALLOC] = "vmalloc", [MEM_MANAGED] = "managed",
		[MEM_IOREMAP] = "ioremap", [MEM_PERCPU] = "percpu",
	};
	int i = node_choose(rd, n, "kind of memory", names, 6);

	if (i < 0)
		return -1;
	*(enum memory_kind *)to = (enum memory_kind)i;
	return 0;
}

/* Does a core map for longer, for the time of the call, or perhaps not? */
static int read_duration(struct reader *rd, yaml_node_t *n, struct api *like)
{
	static const char *const names[] = { "longer", "waits", "perhaps" };
	int i = node_choose(rd, n, "duration", names, 3);

	if (i < 0)
		return -1;
	like->waits = i > 0;
	like->perhaps = i == 2;
	return 0;
}

static int read_gfp_flag(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *name = node_text(rd, n);
	unsigned int i;

	if (!name)
		return -1;
	for (i = 0; i < rd->r->ngfps; i++) {
		if (strcmp(rd->r->gfp[i].name, name))
			continue;
		*(unsigned int *)to |= rd->r->gfp[i].bits;
		return 0;
	}
	return rules_mistake(&rd->src, node_mark(n),
			     "\"%s\" is not among gfp_flags", name);
}

static int read_gfp(struct reader *rd, yaml_node_t *n, void *to)
{
	return node_read_list(rd, n, to, read_gfp_flag);
}

static int read_gfp_flags(struct reader *rd, yaml_node_t *n, void *to)
{
	struct rules *r = rd->r;
	yaml_node_pair_t *p;

	(void)to;
	if (node_want(rd, n, YAML_MAPPING_NODE) || node_check_keys(rd, n))
		return -1;
	p = n->data.mapping.pairs.start;
	r->gfp = arena_alloc(r->arena, ((size_t)(n->data.mapping.pairs.top - p)
					+ 1) * sizeof(*r->gfp));
	for (; p < n->data.mapping.pairs.top; p++) {
		struct gfp_flag *g = &r->gfp[r->ngfps++];

		if (node_read_text(rd, node_at(rd, p->key), &g->name) ||
		    node_read_number(rd, node_at(rd, p->value), &g->bits))
			return -1;
	}
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
	return kind == API_PURE || kind == API_BORROW || kind == API_PRINT ||
	       kind == API_DEVICE || kind == API_TAKE || kind == API_ALLOC ||
	       kind == API_FREE || kind == API_USER || kind == API_LOCK ||
	       kind == API_UNLOCK || kind == API_ASK;
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
	struct mark at = node_text_mark(n);

	while (*p) {
		size_t len = 0;
		struct api *api;

		while (isalnum((unsigned char)p[len]) || p[len] == '_')
			len++;
		at.col = node_text_mark(n).col + (unsigned int)(p - text);
		if (!len)
			return rules_mistake(&rd->src, at,
					     "a function's name is missing here");
		api = new_api(rd, g, node_mark(n));
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
	const char *text = node_text(rd, n);
	struct api *api;

	if (!text)
		return -1;
	if (!strchr(text, '(') && may_be_bare(g->pattern.kind))
		return read_names(rd, n, text, g);
	api = new_api(rd, g, node_mark(n));
	if (rules_call_parse(&rd->src, rd->r->arena, text, node_text_mark(n),
			     api))
		return -1;
	if (!g->first)
		g->first = api->name;
	return rules_call_check(&rd->src, api, node_text_mark(n));
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
	{ "name", true, node_read_text, FAMILY(name) },
	{ "noun", true, node_read_text, FAMILY(noun) },
	{ "debug_type", false, node_read_text, FAMILY(debug_type) },
	{ "fails", true, read_fail, FAMILY(fail) },
	{ "managed", false, node_read_bool, FAMILY(managed) },
	{ "null_ok", false, node_read_bool, FAMILY(null_ok) },
	{ "streaming", false, node_read_bool, FAMILY(streaming) },
	{ "implicit_dir", false, node_read_bool, FAMILY(implicit_dir) },
	{ "acquire_sleeps", false, node_read_bool, FAMILY(acquire_sleeps) },
	{ "release_sleeps", false, node_read_bool, FAMILY(release_sleeps) },
	{ "release_irqs", false, node_read_bool, FAMILY(release_irqs) },
	{ "gfp_forbidden", false, read_gfp, FAMILY(gfp_forbidden) },
	{ "tested_by", false, node_read_text, FAMILY(test) },
	{ "wrapper", false, node_read_bool, offsetof(struct family_text, wrapper) },
	{ "acquire", true, keep_node, CALLS(0) },
	{ "release", false, keep_node, CALLS(1) },
	{ "test", false, keep_node, CALLS(2) },
	{ "sync_for_cpu", false, keep_node, CALLS(3) },
	{ "sync_for_device", false, keep_node, CALLS(4) },
	{ NULL, false, NULL, 0 },
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
		    node_read_list(rd, text->calls[i], &g, read_call))
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
	if (node_read_map(rd, n, family_keys, &text))
		return -1;
	for (i = 0; i < r->nfamilies; i++)
		if (!strcmp(r->family[i].name, text.family.name))
			return rules_mistake(&rd->src, node_mark(n), "there is a "
					     "family \"%s\" already",
					     text.family.name);
	rd->family_mark[r->nfamilies++] = node_mark(n);
	*f = text.family;
	return read_family_calls(rd, &text, f);
}

static int read_families(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	/* apis point into the array: it must not move */
	rd->r->family = arena_alloc(rd->r->arena, (node_length(n) + 1) *
				    sizeof(*rd->r->family));
	rd->family_mark = arena_alloc(rd->r->arena, (node_length(n) + 1) *
				      sizeof(*rd->family_mark));
	return node_read_list(rd, n, to, read_family);
}

/* What the functions of one kind are grouped by, if they are. */
static int read_group(struct reader *rd, yaml_node_t *n, struct api *like)
{
	switch (like->kind) {
	case API_LOCK:
	case API_UNLOCK:
		return rules_read_context(rd, n, &like->context);
	case API_MAPS:
		return read_duration(rd, n, like);
	default:
		return read_memory(rd, n, &like->memory);
	}
}

static bool is_grouped(enum api_kind kind)
{
	return kind == API_ALLOC || kind == API_FREE || kind == API_LOCK ||
	       kind == API_UNLOCK || kind == API_MAPS;
}

/*
 * Memory functions are grouped by kind of memory, those that lock by what
 * they disable, those that map by how long they do; the others are one
 * list.
 */
static int read_kind(struct reader *rd, yaml_node_t *n, struct group *g)
{
	struct api *like = &g->pattern;
	yaml_node_pair_t *p;

	if (!is_grouped(like->kind))
		return node_read_list(rd, n, g, read_call);
	if (node_want(rd, n, YAML_MAPPING_NODE) || node_check_keys(rd, n))
		return -1;
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++)
		if (read_group(rd, node_at(rd, p->key), like) ||
		    node_read_list(rd, node_at(rd, p->value), g, read_call))
			return -1;
	return 0;
}

static int read_functions(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *names[API_KIND_MAX];
	yaml_node_pair_t *p;
	int first = API_MASK, i;

	(void)to;
	if (node_want(rd, n, YAML_MAPPING_NODE) || node_check_keys(rd, n))
		return -1;
	for (i = first; i < API_KIND_MAX; i++)
		names[i - first] = api_kind_name((enum api_kind)i);
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++) {
		struct group g = { .first = NULL };

		i = node_choose(rd, node_at(rd, p->key), "kind of function", names,
			   API_KIND_MAX - first);
		if (i < 0)
			return -1;
		g.pattern.kind = (enum api_kind)(first + i);
		if (read_kind(rd, node_at(rd, p->value), &g))
			return -1;
	}
	return 0;
}

static const struct key top_keys[] = {
	{ "format", true, read_format, 0 },
	{ "gfp_flags", false, read_gfp_flags, 0 },
	{ "gfp_sleeps", false, read_gfp, offsetof(struct rules, gfp_sleeps) },
	{ "families", true, read_families, 0 },
	{ "functions", false, read_functions, 0 },
	{ "members", false, rules_read_members, 0 },
	{ "companions", false, rules_read_companions, 0 },
	{ "consumers", false, rules_read_consumers, 0 },
	{ "callbacks", false, rules_read_callbacks, 0 },
	{ "implementers", false, rules_read_implementers, 0 },
	{ "segment_limits", false, rules_read_segment_limits, 0 },
	{ "long_segments", false, rules_read_long_segments, 0 },
	{ "lifecycles", false, rules_read_lifecycles, 0 },
	{ "quiescence", false, rules_read_quiescence, 0 },
	{ "class_devices", false, rules_read_class_devices, 0 },
	{ "device_makers", false, rules_read_device_makers, 0 },
	{ "mapped_members", false, rules_read_mapped_members, 0 },
	{ "physical_takers", false, rules_read_physical_takers, 0 },
	{ "dma_members", false, rules_read_dma_members, 0 },
	{ "fresh_lists", false, rules_read_fresh_lists, 0 },
	{ "rules", true, rules_read_rules, 0 },
	{ NULL, false, NULL, 0 },
};

/* The test of a family may be that of another one, even a later one. */
static int check_tests(struct reader *rd)
{
	const struct rules *r = rd->r;
	unsigned int i;

	for (i = 0; i < r->nfamilies; i++) {
		const struct family *f = &r->family[i];
		const struct api *test = f->test ? rules_api(r, f->test) : NULL;

		if (f->test && (!test || test->kind != API_TEST))
			return rules_mistake(&rd->src, rd->family_mark[i],
				"family \"%s\" is tested by %s(), which is "
				"no test", f->name, f->test);
		if (f->fail == FAIL_TEST && !f->test)
			return rules_mistake(&rd->src, rd->family_mark[i],
				"family \"%s\" fails by a test, but has none",
				f->name);
	}
	return 0;
}

/* What the document says becomes the rules. */
static int read_document(struct reader *rd)
{
	yaml_node_t *root = yaml_document_get_root_node(&rd->doc);

	if (!root)
		return rules_mistake(&rd->src, (struct mark){ 1, 1 },
				     "there are no rules in this file");
	if (node_read_map(rd, root, top_keys, rd->r) ||
	    rules_index(rd->r, &rd->src, rd->mark) || check_tests(rd) ||
	    rules_join_callbacks(rd))
		return -1;
	return 0;
}

static int parse(struct reader *rd, yaml_parser_t *parser)
{
	const yaml_mark_t *m = &parser->problem_mark;
	struct mark at;
	int result;

	if (!yaml_parser_load(parser, &rd->doc)) {
		at = (struct mark){ (unsigned int)m->line + 1,
				    (unsigned int)m->column + 1 };
		return rules_mistake(&rd->src, at, "this is not YAML: %s",
				     parser->problem ? parser->problem :
						       "out of memory");
	}
	result = read_document(rd);
	yaml_document_delete(&rd->doc);
	return result;
}

static int read_frozen(struct reader *rd)
{
	struct arena *arena = arena_new_like(rd->r->arena);
	int result;

	rules_thaw(arena, &rd->doc);
	result = read_document(rd);
	arena_free(arena);
	return result;
}

int rules_read(struct rules *r, const char *text, size_t len,
	       struct error *err)
{
	struct reader rd = { .src = { r->path, err }, .r = r };
	yaml_parser_t parser;
	int result;

	if (len == rules_builtin_len && !memcmp(text, rules_builtin, len))
		return read_frozen(&rd);
	if (!yaml_parser_initialize(&parser))
		return error_set(err, "%s: out of memory", r->path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	result = parse(&rd, &parser);
	yaml_parser_delete(&parser);
	return result;
}
