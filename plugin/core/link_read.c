// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include "link_private.h"

static const char *string(struct linker *k, const json_t *record,
			  const char *key)
{
	const char *s = json_string_value(json_object_get(record, key));

	return arena_intern(k->a, s ? s : "-");
}

static int take_head(struct linker *k, const struct facts_info *info,
		     const json_t *record, struct error *err)
{
	struct facts_head *head = &k->out->head[k->current];
	struct input *in = &k->input[k->current];
	const json_t *files = json_object_get(record, "files"), *list;
	json_t *tag;
	size_t i;

	if (strcmp(info->engine, dmacheck_build) ||
	    strcmp(info->rules, k->r->hash))
		return error_set(err,
			"%s was made by another engine or with other rules",
			in->in->path);
	if (!json_object_get(record, "reach"))
		return error_set(err,
			"%s holds findings, not a collected unit",
			in->in->path);
	head->source = arena_strdup(k->a, info->source);
	head->target = arena_strdup(k->a, info->target);
	head->compiler = arena_strdup(k->a, info->compiler);
	if (!k->out->unit)
		k->out->unit = unit_new(k->a, info->source);
	in->nfiles = json_array_size(files);
	in->file = arena_alloc(k->a, (in->nfiles + 1) * sizeof(*in->file));
	for (i = 0; i < in->nfiles; i++) {
		const char *path =
			json_string_value(json_array_get(files, i));

		in->file[i] = unit_file(k->out->unit, path ? path : "-");
	}
	list = json_object_get(record, "structs");
	json_array_foreach(list, i, tag)
		unit_add_struct(k->out->unit, json_string_value(tag));
	k->out->source[k->current] = unit_file(k->out->unit, info->source);
	return 0;
}

static void take_function(struct linker *k, const json_t *record)
{
	struct input *in = &k->input[k->current];
	const json_t *calls = json_object_get(record, "calls");
	struct body *b = arena_alloc(k->a, sizeof(*b));
	size_t i, n = json_array_size(calls);

	b->name = b->plain = string(k, record, "name");
	b->file = string(k, record, "file");
	b->line = json_integer_value(json_object_get(record, "line"));
	b->input = k->current;
	b->is_static = json_is_true(json_object_get(record, "static"));
	b->aside = json_is_true(json_object_get(record, "aside"));
	b->exported = json_is_true(json_object_get(record, "exported"));
	b->call = arena_alloc(k->a, (n + 1) * sizeof(*b->call));
	for (i = 0; i < n; i++) {
		const char *s = json_string_value(json_array_get(calls, i));

		b->call[i] = arena_intern(k->a, s ? s : "-");
	}
	b->text = arena_strdup(k->a, json_string_value(
		json_object_get(record, "event")));
	in->body = arena_grow(k->a, in->body, in->nbodies, sizeof(b));
	in->body[in->nbodies++] = b;
}

static int take(void *data, const struct facts_info *info, const char *kind,
		const json_t *record, struct error *err)
{
	struct linker *k = data;
	struct input *in = &k->input[k->current];

	if (!strcmp(kind, "unit"))
		return take_head(k, info, record, err);
	if (!strcmp(kind, "function")) {
		if (!json_is_string(json_object_get(record, "event")))
			return error_set(err, "%s: a function has no text form",
					 in->in->path);
		take_function(k, record);
	} else if (!strcmp(kind, "ops")) {
		struct ops o = {
			.type = string(k, record, "type"),
			.field = string(k, record, "field"),
			.object = string(k, record, "object"),
			.function = string(k, record, "function"),
			.element = json_integer_value(
				json_object_get(record, "element")),
			.source = k->out->source[k->current],
		};

		in->ops = arena_grow(k->a, in->ops, in->nops, sizeof(o));
		in->ops[in->nops++] = o;
	} else if (!strcmp(kind, "outside")) {
		in->outside = arena_grow(k->a, in->outside, in->noutside,
					 sizeof(*in->outside));
		in->outside[in->noutside++] = string(k, record, "name");
	}
	return 0;
}

int link_read(struct linker *k, struct error *err)
{
	return facts_read(k->input[k->current].in->path, take, k, err);
}
