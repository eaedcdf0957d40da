// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "link_private.h"

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
						  LINK_MARK, b->input));
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

/* The driver's functions that end something: remove, stop, close. */
static void choose_ends(struct linker *k, const struct input *in)
{
	unsigned int i;

	for (i = 0; i < in->nops && !in->in->imported; i++) {
		const struct ops *o = &in->ops[i];
		const struct lifecycle *l = rules_lifecycle(k->r, o->type,
							    o->field);
		struct body *b = l && l->part == PART_END ?
				 find(k, o->function) : NULL;

		if (b && !b->chosen)
			choose(k, b);
	}
}

/* Own functions that matter, and all that these call. */
static void choose_bodies(struct linker *k)
{
	unsigned int i;
	struct body *b;

	for (b = k->by_name; b; b = b->hh.next)
		if ((b->owner || !b->aside) && !b->chosen &&
		    !is_imported(k, b))
			choose(k, b);
	for (i = 0; i < k->n; i++)
		choose_ends(k, &k->input[i]);
}

/* Functions whose address the text takes. */
static void mark_taken(struct linker *k, const struct input *in,
		       const char *text)
{
	const char *at = text;

	while ((at = strchr(at, '@'))) {
		const char *name = ++at;
		struct body *b;

		for (; link_is_word(*at); at++)
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

		if (b->same || find(k, b->name) != b ||
		    (!b->chosen && is_imported(k, b)))
			continue;
		if (unit_parse_functions(u, link_rename(k, in, b->text),
					 in->file, in->nfiles, err))
			return error_prefix(err, "%s: %s", in->in->path,
					    b->plain);
		added = u->function[u->nfunctions - 1];
		added->source = k->out->source[i];
		added->is_imported = in->in->imported;
		added->is_aside = !b->chosen;
		added->is_static |= whole && !b->exported;
		added->address_taken |= b->taken;
	}
	return 0;
}

/*
 * A driver's function without a body may do anything with what it is given;
 * but of a whole module it cannot reach an API, or its file would be here.
 */
static void add_rest(struct linker *k, const struct input *in, bool whole)
{
	unsigned int i;

	for (i = 0; i < in->nops; i++)
		unit_add_ops(k->out->unit, in->ops[i]);
	for (i = 0; i < in->noutside && !whole; i++)
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
		ret = link_read(&k, err);
	}
	if (!ret) {
		name_bodies(&k);
		resolve_calls(&k);
		find_owners(&k);
		choose_bodies(&k);
	}
	for (i = 0; i < n && !ret; i++)
		for (f = 0; f < k.input[i].nbodies; f++)
			if (k.input[i].body[f]->chosen || !in[i].imported)
				mark_taken(&k, &k.input[i],
					   k.input[i].body[f]->text);
	for (i = 0; i < n && !ret; i++) {
		ret = add_bodies(&k, i, whole && !in[i].imported, err);
		if (!in[i].imported)
			add_rest(&k, &k.input[i], whole);
	}
	HASH_CLEAR(hh, k.by_name);
	if (!ret)
		k.out->unit->nsources = n;
	return ret ? NULL : k.out;
}
