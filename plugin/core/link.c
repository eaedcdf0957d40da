// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <jansson.h>
#include <string.h>
#include <uthash.h>
#include "event.h"
#include "link.h"

/* Behind a name that is not the only one of its text: the file's number. */
#define MARK '`'

/* A function as it was collected. */
struct body {
	const char *name;		/* interned; with its mark, if any */
	const char *plain;		/* interned; as the source has it */
	const char *file;		/* interned; where it is written */
	unsigned int line, input;
	bool is_static, exported;
	bool owner, chosen, taken;
	bool entry;			/* imported, and the module calls it */
	const char **call;		/* interned, ends with NULL */
	const char *text;		/* its text form */
	struct body *same;		/* of the same header, seen before */
	UT_hash_handle hh;		/* by name */
};

/* A name that stands for another in one input. */
struct renaming {
	const char *from, *to;
};

struct input {
	const struct link_input *in;
	unsigned int *file;		/* numbers in the linked unit */
	unsigned int nfiles;
	struct body **body;
	unsigned int nbodies;
	struct renaming *renaming;
	unsigned int nrenamings;
	struct ops *ops;
	unsigned int nops;
	const char **outside;
	unsigned int noutside;
};

struct linker {
	struct arena *a;
	const struct rules *r;
	struct linked *out;
	struct input *input;
	unsigned int n, current;
	struct body *by_name;		/* of those that are visible, or the
					 * first of their name */
};

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
	const json_t *files = json_object_get(record, "files");
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

static struct body *find(const struct linker *k, const char *name)
{
	struct body *b;

	HASH_FIND_PTR(k->by_name, &name, b);
	return b;
}

static void enter(struct linker *k, struct body *b)
{
	if (!find(k, b->name))
		HASH_ADD_PTR(k->by_name, name, b);
}

static void add_renaming(struct linker *k, struct input *in, const char *from,
			 const char *to)
{
	struct renaming r = { .from = from, .to = to };

	in->renaming = arena_grow(k->a, in->renaming, in->nrenamings,
				  sizeof(r));
	in->renaming[in->nrenamings++] = r;
}

/* A function whose name is another's already: static, or of a library. */
static void rename_body(struct linker *k, struct body *b)
{
	const char *from = b->name;
	unsigned int i;

	b->name = arena_intern(k->a, arena_printf(k->a, "%s%c%u", b->name,
						  MARK, b->input));
	if (b->is_static)
		add_renaming(k, &k->input[b->input], from, b->name);
	for (i = 0; i < k->n && !b->is_static; i++)
		if (k->input[i].in->imported)
			add_renaming(k, &k->input[i], from, b->name);
}

static bool is_entry(const struct link_input *in, const char *name)
{
	unsigned int i;

	for (i = 0; i < in->nnames; i++)
		if (!strcmp(in->name[i], name))
			return true;
	return false;
}

static void name_visible(struct linker *k, bool imported)
{
	unsigned int i, f;

	for (i = 0; i < k->n; i++) {
		if (k->input[i].in->imported != imported)
			continue;
		for (f = 0; f < k->input[i].nbodies; f++) {
			struct body *b = k->input[i].body[f];

			if (b->is_static)
				continue;
			b->entry = imported &&
				   is_entry(k->input[i].in, b->name);
			if (imported && find(k, b->name))
				rename_body(k, b);
			enter(k, b);
		}
	}
}

static void name_static(struct linker *k, struct body *b)
{
	struct body *o = find(k, b->name);

	if (o && o->file == b->file && o->line == b->line)
		b->same = o;
	else if (o)
		rename_body(k, b);
	enter(k, b);
}

/* Visible names first: a static function never takes one away. */
static void name_bodies(struct linker *k)
{
	unsigned int i, f;

	name_visible(k, false);
	name_visible(k, true);
	for (i = 0; i < k->n; i++)
		for (f = 0; f < k->input[i].nbodies; f++)
			if (k->input[i].body[f]->is_static)
				name_static(k, k->input[i].body[f]);
}

static const char *renamed(const struct input *in, const char *name)
{
	unsigned int i;

	for (i = 0; i < in->nrenamings; i++)
		if (in->renaming[i].from == name)
			return in->renaming[i].to;
	return name;
}

static void resolve_calls(struct linker *k)
{
	unsigned int i, f, c;

	for (i = 0; i < k->n; i++) {
		struct input *in = &k->input[i];

		for (f = 0; in->nrenamings && f < in->nbodies; f++)
			for (c = 0; in->body[f]->call[c]; c++)
				in->body[f]->call[c] =
					renamed(in, in->body[f]->call[c]);
		for (f = 0; f < in->nops; f++)
			in->ops[f].function = renamed(in, in->ops[f].function);
	}
}

/* What reaches an API, through others too. */
static void find_owners(struct linker *k)
{
	bool again = true;
	struct body *b, *to;
	unsigned int c;

	while (again) {
		again = false;
		for (b = k->by_name; b; b = b->hh.next) {
			for (c = 0; !b->owner && b->call[c]; c++) {
				to = find(k, b->call[c]);
				b->owner = to ? to->owner :
					   facts_moves(k->r, b->call[c]);
				again |= b->owner;
			}
		}
	}
}

static bool is_imported(const struct linker *k, const struct body *b)
{
	return k->input[b->input].in->imported;
}

static void choose(struct linker *k, struct body *b)
{
	struct body *to;
	unsigned int c;

	b->chosen = true;
	for (c = 0; b->call[c]; c++) {
		to = find(k, b->call[c]);
		if (to && !to->chosen && (is_imported(k, b) || to->entry ||
					  !is_imported(k, to)))
			choose(k, to);
	}
}

/* Own functions that reach an API, and all that these call. */
static void choose_bodies(struct linker *k)
{
	struct body *b;

	for (b = k->by_name; b; b = b->hh.next)
		if (b->owner && !b->chosen && !is_imported(k, b))
			choose(k, b);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

/* Where the line at @line names a function, if it does. */
static const char *named_function(const char *line)
{
	static const char head[] = "function ", call[] = "\tcall ";

	if (!strncmp(line, head, sizeof(head) - 1))
		return line + sizeof(head) - 1;
	if (strncmp(line, call, sizeof(call) - 1))
		return NULL;
	line += sizeof(call) - 1;
	line += strcspn(line, " \n");
	return line + (*line == ' ');
}

/* The name that is to stand for the @len bytes at @name. */
static const char *new_name(const struct input *in, const char *name,
			    size_t len)
{
	unsigned int i;

	for (i = 0; i < in->nrenamings; i++)
		if (strlen(in->renaming[i].from) == len &&
		    !strncmp(in->renaming[i].from, name, len))
			return in->renaming[i].to;
	return NULL;
}

/* The text form with the input's renamings. */
static const char *rename_text(struct linker *k, const struct input *in,
			       const char *text)
{
	const char *at, *here = named_function(text), *to;
	char *out, *end;
	size_t len, room = 1;

	if (!in->nrenamings)
		return text;
	for (at = text; *at; at++)
		room += *at == '\n' || *at == '@' ? 16 : 1;
	out = end = arena_alloc(k->a, room);
	for (at = text; *at; at += len) {
		bool name = at == here || (at > text && at[-1] == '@');

		for (len = 0; name && is_word(at[len]); len++)
			;
		to = len ? new_name(in, at, len) : NULL;
		len += !len;
		if (to)
			end = stpcpy(end, to);
		else
			end = mempcpy(end, at, len);
		if (*at == '\n')
			here = named_function(at + 1);
	}
	return out;
}

/* Functions whose address the text takes. */
static void mark_taken(struct linker *k, const struct input *in,
		       const char *text)
{
	const char *at = text;

	while ((at = strchr(at, '@'))) {
		const char *name = ++at;
		struct body *b;

		for (; is_word(*at); at++)
			;
		if (at == name)
			continue;
		name = arena_intern(k->a, arena_strndup(k->a, name, at - name));
		b = find(k, renamed(in, name));
		if (b)
			b->taken = true;
	}
}

static int add_bodies(struct linker *k, unsigned int i, bool whole,
		      struct error *err)
{
	struct input *in = &k->input[i];
	struct unit *u = k->out->unit;
	unsigned int f;

	for (f = 0; f < in->nbodies; f++) {
		const struct body *b = in->body[f];
		struct function *added;

		if (!b->chosen || b->same || find(k, b->name) != b)
			continue;
		if (unit_parse_functions(u, rename_text(k, in, b->text),
					 in->file, in->nfiles, err))
			return error_prefix(err, "%s: %s", in->in->path,
					    b->plain);
		added = u->function[u->nfunctions - 1];
		added->source = k->out->source[i];
		added->is_imported = in->in->imported;
		added->is_static |= whole && !b->exported;
		added->address_taken |= b->taken;
	}
	return 0;
}

static void add_rest(struct linker *k, const struct input *in)
{
	unsigned int i;

	for (i = 0; i < in->nops; i++)
		unit_add_ops(k->out->unit, in->ops[i]);
	for (i = 0; i < in->noutside; i++)
		if (!find(k, in->outside[i]))
			unit_add_outside(k->out->unit, in->outside[i]);
}

struct linked *link_inputs(struct arena *arena, const struct rules *r,
			   const struct link_input *in, unsigned int n,
			   bool whole, struct error *err)
{
	struct linker k = { .a = arena, .r = r, .n = n };
	unsigned int i, f;
	int ret = 0;

	k.out = arena_alloc(arena, sizeof(*k.out));
	k.out->source = arena_alloc(arena, (n + 1) * sizeof(*k.out->source));
	k.out->head = arena_alloc(arena, (n + 1) * sizeof(*k.out->head));
	k.input = arena_alloc(arena, (n + 1) * sizeof(*k.input));
	for (i = 0; i < n && !ret; i++) {
		k.current = i;
		k.input[i].in = &in[i];
		ret = facts_read(in[i].path, take, &k, err);
	}
	if (!ret) {
		name_bodies(&k);
		resolve_calls(&k);
		find_owners(&k);
		choose_bodies(&k);
	}
	for (i = 0; i < n && !ret; i++)
		for (f = 0; f < k.input[i].nbodies; f++)
			if (k.input[i].body[f]->chosen)
				mark_taken(&k, &k.input[i],
					   k.input[i].body[f]->text);
	for (i = 0; i < n && !ret; i++) {
		ret = add_bodies(&k, i, whole && !in[i].imported, err);
		if (!in[i].imported)
			add_rest(&k, &k.input[i]);
	}
	HASH_CLEAR(hh, k.by_name);
	return ret ? NULL : k.out;
}

static const char *show(struct arena *a, const char *text)
{
	char *copy, *to;
	const char *at;

	if (!text || !strchr(text, MARK))
		return text;
	copy = to = arena_strdup(a, text);
	for (at = text; *at; at++) {
		if (*at == MARK)
			while (isdigit((unsigned char)at[1]))
				at++;
		else
			*to++ = *at;
	}
	*to = '\0';
	return copy;
}

void link_show(struct arena *a, const struct unit *u, struct result *res)
{
	unsigned int i, k;

	for (i = 0; i < res->nfindings; i++) {
		struct finding *f = &res->finding[i];

		f->function = show(a, f->function);
		f->place = show(a, f->place);
		f->message = show(a, f->message);
		f->acquire_function = show(a, f->acquire_function);
		for (k = 0; k < f->nsteps; k++) {
			f->step[k].function = show(a, f->step[k].function);
			f->step[k].text = show(a, f->step[k].text);
		}
	}
	for (i = 0; i < res->nsites; i++) {
		res->site[i].function = show(a, res->site[i].function);
		res->site[i].place = show(a, res->site[i].place);
	}
	for (i = 0; i < res->nunresolved; i++)
		res->unresolved[i].function =
			show(a, res->unresolved[i].function);
	for (i = 0; i < res->nverdicts; i++)
		res->verdict[i].summary = show(a, res->verdict[i].summary);
	for (i = 0; i < u->nfunctions; i++)
		u->function[i]->name = show(a, u->function[i]->name);
	for (i = 0; i < u->nops; i++)
		u->ops[i].function = show(a, u->ops[i].function);
}
