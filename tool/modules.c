// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "facts.h"
#include "modules.h"
#include "scan.h"

/* Where a file belongs. */
struct home {
	const char *source;
	struct module *module;
	bool unit;			/* it is audited */
	UT_hash_handle hh;
};

/* A C file that was read: kept, as each round looks at it again. */
struct read_file {
	const char *source;
	const char *text;		/* "" if it cannot be read */
	size_t len;
	UT_hash_handle hh;
};

/* A word to look for. */
struct word {
	const char *name;
	UT_hash_handle hh;
};

/* A visible function that calls others without a body in its unit. */
struct passer {
	const char *name;
	struct strings calls;
};

void modules_init(struct modules *ms, const struct tree *tree,
		  const struct rules *rules)
{
	memset(ms, 0, sizeof(*ms));
	ms->arena = tree->arena;
	ms->tree = tree;
	ms->rules = rules;
}

void modules_free(struct modules *ms)
{
	HASH_CLEAR(hh, ms->module);
	HASH_CLEAR(hh, ms->home);
	HASH_CLEAR(hh, ms->files);
}

static struct home *home_of(const struct modules *ms, const char *source)
{
	struct home *h;

	HASH_FIND_STR(ms->home, source, h);
	return h;
}

const struct module *modules_home(const struct modules *ms,
				  const char *source)
{
	const struct home *h = home_of(ms, source);

	return h ? h->module : NULL;
}

static struct module *get_module(struct modules *ms, const char *name)
{
	struct module *m;

	HASH_FIND_STR(ms->module, name, m);
	if (m)
		return m;
	m = arena_alloc(ms->arena, sizeof(*m));
	m->name = name;
	strings_init(&m->part, ms->arena);
	strings_init(&m->unit, ms->arena);
	HASH_ADD_KEYPTR(hh, ms->module, m->name, strlen(m->name), m);
	return m;
}

/* The folder of @path, or ".". */
static const char *folder(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? arena_strndup(a, path, slash - path) : ".";
}

static struct home *settle(struct modules *ms, const char *source,
			   struct module *m)
{
	struct home *h = home_of(ms, source);

	if (h)
		return h;
	h = arena_alloc(ms->arena, sizeof(*h));
	h->source = source;
	h->module = m;
	HASH_ADD_KEYPTR(hh, ms->home, h->source, strlen(h->source), h);
	strings_add(&m->part, source);
	return h;
}

/* The objects of @l, joined by colons, that are made of C files. */
static void add_parts(struct modules *ms, struct module *m,
		      const struct line *l)
{
	const char *dir = folder(ms->arena, m->name), *at = l->parts;
	size_t len;

	for (; at && *at; at += len + (at[len] == ':')) {
		char *path;

		len = strcspn(at, ":");
		if (len < 3 || strncmp(at + len - 2, ".o", 2))
			continue;
		path = path_join(ms->arena, dir,
				 arena_printf(ms->arena, "%.*s.c",
					      (int)len - 2, at));
		path = path_clean(ms->arena, path);
		if (file_exists(path_join(ms->arena, ms->tree->root, path)))
			settle(ms, path, m);
	}
}

/* The name of what the line's object is linked into. */
static const char *module_name(struct modules *ms, const struct line *l)
{
	const char *dir = folder(ms->arena, l->source), *name = l->modname;

	if (l->module && strcspn(l->module, ":"))
		return arena_strndup(ms->arena, l->module,
				     strcspn(l->module, ":"));
	if (!name)
		return arena_strndup(ms->arena, l->source,
				     strlen(l->source) - 2);
	name += *name == '"';
	return arena_printf(ms->arena, "%s/%.*s", dir,
			    (int)strcspn(name, "\""), name);
}

static int by_name(const struct module *a, const struct module *b)
{
	return strcmp(a->name, b->name);
}

static int by_source(const struct home *a, const struct home *b)
{
	return strcmp(a->source, b->source);
}

/* Parts first: kbuild may compile a file outside of its module's folder. */
void modules_add(struct modules *ms, const struct harvest *h)
{
	struct module *m;
	struct home *home;
	size_t i;

	for (i = 0; i < h->n; i++) {
		const struct line *l = &h->line[i];

		if (l->skip || !l->parts || !l->parts[0])
			continue;
		m = get_module(ms, module_name(ms, l));
		m->whole = !l->builtin;
		add_parts(ms, m, l);
	}
	for (i = 0; i < h->n; i++) {
		const struct line *l = &h->line[i];

		home = l->skip ? NULL : home_of(ms, l->source);
		if (l->skip || (home && home->unit))
			continue;
		if (!home) {
			m = get_module(ms, module_name(ms, l));
			m->whole = l->module && !l->builtin;
			home = settle(ms, l->source, m);
		}
		home->unit = true;
	}
	HASH_SORT(ms->module, by_name);
	HASH_SORT(ms->home, by_source);
	for (m = ms->module; m; m = m->hh.next) {
		strings_sort(&m->part);
		m->unit.n = 0;
	}
	for (home = ms->home; home; home = home->hh.next)
		if (home->unit)
			strings_add(&home->module->unit, home->source);
}

static const struct read_file *read_source(struct modules *ms,
					   const char *source)
{
	struct error ignored;
	struct read_file *f;
	const char *text;

	HASH_FIND_STR(ms->files, source, f);
	if (f)
		return f;
	f = arena_alloc(ms->arena, sizeof(*f));
	text = file_read(ms->arena, path_join(ms->arena, ms->tree->root,
					      source), &f->len, &ignored);
	f->text = text ? text : "";
	f->len = text ? f->len : 0;
	f->source = source;
	HASH_ADD_KEYPTR(hh, ms->files, f->source, strlen(f->source), f);
	return f;
}

static bool has_units(const struct module *m)
{
	return m->unit.n != 0;
}

void modules_callers(struct modules *ms, struct strings *out)
{
	const struct home *h;

	for (h = ms->home; h; h = h->hh.next) {
		const struct read_file *f;

		if (h->unit || !has_units(h->module))
			continue;
		f = read_source(ms, h->source);
		if (scan_text(ms->rules, f->text, f->len))
			strings_add(out, h->source);
	}
}

/* What the facts of a module's units say of its functions. */
struct reach {
	struct arena *arena;
	struct word *owners;
	struct passer *passer;
	unsigned int npassers;
};

static struct word *find_word(struct word *words, const char *name,
			      size_t len)
{
	struct word *w;

	HASH_FIND(hh, words, name, len, w);
	return w;
}

static void add_owner(struct reach *r, const char *name)
{
	struct word *w;

	if (find_word(r->owners, name, strlen(name)))
		return;
	w = arena_alloc(r->arena, sizeof(*w));
	w->name = name;
	HASH_ADD_KEYPTR(hh, r->owners, w->name, strlen(w->name), w);
}

static int read_reach(void *data, const struct facts_info *info,
		      const char *kind, const json_t *record,
		      struct error *err)
{
	json_t *all = json_object_get(record, "reach"), *to, *ignored;
	struct reach *r = data;
	const char *key, *call, *name;

	(void)info;
	(void)kind;
	(void)err;
	json_object_foreach(all, key, to) {
		struct passer *p;

		name = arena_strdup(r->arena, key);
		if (json_is_true(to)) {
			add_owner(r, name);
			continue;
		}
		r->passer = arena_grow(r->arena, r->passer, r->npassers,
				       sizeof(*r->passer));
		p = &r->passer[r->npassers++];
		p->name = name;
		strings_init(&p->calls, r->arena);
		json_object_foreach(to, call, ignored)
			strings_add(&p->calls, arena_strdup(r->arena, call));
	}
	return 0;
}

/* Does the function call one that is known to reach the API? */
static bool passes_on(const struct reach *r, const struct passer *p)
{
	size_t i;

	for (i = 0; i < p->calls.n; i++)
		if (find_word(r->owners, p->calls.item[i],
			      strlen(p->calls.item[i])))
			return true;
	return false;
}

static void close_reach(struct reach *r)
{
	bool again = true;
	unsigned int i;

	while (again) {
		again = false;
		for (i = 0; i < r->npassers; i++) {
			struct passer *p = &r->passer[i];

			if (!passes_on(r, p))
				continue;
			add_owner(r, p->name);
			p->calls.n = 0;
			again = true;
		}
	}
}

static bool names_owner(const struct read_file *f, struct word *owners)
{
	const char *at = f->text, *end = f->text + f->len;

	while (at < end) {
		const char *first = at;

		while (at < end && (isalnum((unsigned char)*at) || *at == '_'))
			at++;
		if (at > first && find_word(owners, first, at - first))
			return true;
		at += at == first;
	}
	return false;
}

/* A module of one file, or of which all files are audited, cannot grow. */
static int grow(struct modules *ms, struct module *m, modules_facts *facts,
		void *data, struct strings *out, struct error *err)
{
	struct reach r = { .arena = ms->arena };
	int ret = 0;
	size_t i;

	for (i = 0; i < m->unit.n && !ret; i++) {
		const char *path = facts(data, m->unit.item[i]);

		if (path && file_exists(path))
			ret = facts_read_head(path, read_reach, &r, err);
	}
	close_reach(&r);
	for (i = 0; i < m->part.n && !ret; i++) {
		const char *source = m->part.item[i];

		if (!home_of(ms, source)->unit &&
		    names_owner(read_source(ms, source), r.owners))
			strings_add(out, source);
	}
	HASH_CLEAR(hh, r.owners);
	return ret;
}

int modules_grow(struct modules *ms, modules_facts *facts, void *data,
		 struct strings *out, struct error *err)
{
	struct module *m;

	for (m = ms->module; m; m = m->hh.next)
		if (m->unit.n && m->unit.n < m->part.n &&
		    grow(ms, m, facts, data, out, err))
			return -1;
	return 0;
}
