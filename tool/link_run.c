// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "facts.h"
#include "link_plan.h"
#include "link_run.h"

/* A function that another module can call. */
struct export {
	const char *name;
	const struct module *module;
	const char *source;
	bool owns;			/* its linked facts say so */
	UT_hash_handle hh;
};

struct linking {
	struct link_run *l;
	struct export *exports;
	struct link_plan *plan;		/* by module */
	struct strings *wanted;		/* by module: names, sorted */
	size_t n;
	const char *source;		/* of the facts being read */
	size_t module;
	struct error *err;
};

static const char *collected_path(void *data, const char *source)
{
	struct linking *x = data;

	return cache_file(x->l->cache, x->l->arena, "collected",
			  arena_printf(x->l->arena, "%s.jsonl", source),
			  x->err);
}

static const char *facts_path(void *data, const char *source)
{
	struct linking *x = data;

	return cache_file(x->l->cache, x->l->arena, "facts",
			  arena_printf(x->l->arena, "%s.jsonl", source),
			  x->err);
}

static void add_wanted(struct linking *x, const char *name)
{
	strings_add(&x->wanted[x->module], arena_strdup(x->l->arena, name));
}

static int read_head(void *data, const struct facts_info *info,
		     const char *kind, const json_t *record,
		     struct error *err)
{
	struct linking *x = data;
	const json_t *list;
	json_t *name;
	size_t i;

	(void)info;
	(void)kind;
	(void)err;
	list = json_object_get(record, "exports");
	json_array_foreach(list, i, name) {
		const char *s = json_string_value(name);
		struct export *e;

		HASH_FIND_STR(x->exports, s, e);
		if (e)
			continue;
		e = arena_alloc(x->l->arena, sizeof(*e));
		e->name = arena_strdup(x->l->arena, s);
		e->module = x->plan[x->module].module;
		e->source = x->source;
		HASH_ADD_KEYPTR(hh, x->exports, e->name, strlen(e->name), e);
	}
	list = json_object_get(record, "calls");
	json_array_foreach(list, i, name)
		add_wanted(x, json_string_value(name));
	return 0;
}

/* Without the collected facts of a unit the module is not whole. */
static void drop_failed(struct linking *x, struct module *m)
{
	size_t i, n = 0;

	for (i = 0; i < m->unit.n; i++)
		if (file_exists(collected_path(x, m->unit.item[i])))
			m->unit.item[n++] = m->unit.item[i];
	m->whole &= n == m->unit.n;
	m->unit.n = n;
}

static int read_heads(struct linking *x)
{
	struct module *m;
	size_t i;

	for (m = x->l->modules->module; m; m = m->hh.next) {
		drop_failed(x, m);
		if (!m->unit.n)
			continue;
		x->module = x->n;
		x->plan[x->n].module = m;
		strings_init(&x->wanted[x->n++], x->l->arena);
		for (i = 0; i < m->unit.n; i++) {
			x->source = m->unit.item[i];
			if (facts_read_head(collected_path(x, x->source),
					    read_head, x, x->err))
				return -1;
		}
	}
	return 0;
}

static void mark_library(struct linking *x, const struct module *m)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (x->plan[i].module == m)
			x->plan[i].library = true;
}

/* Marks the modules of which others call what may own. */
static void find_libraries(struct linking *x)
{
	struct export *e;
	size_t i, k;

	for (i = 0; i < x->n; i++) {
		for (k = 0; k < x->wanted[i].n; k++) {
			HASH_FIND_STR(x->exports, x->wanted[i].item[k], e);
			if (e && e->module != x->plan[i].module)
				mark_library(x, e->module);
		}
	}
}

static int read_owns(void *data, const struct facts_info *info,
		     const char *kind, const json_t *record,
		     struct error *err)
{
	struct linking *x = data;
	struct export *e;
	const char *name;

	(void)info;
	(void)err;
	if (strcmp(kind, "function") ||
	    !json_is_true(json_object_get(record, "owns")))
		return 0;
	name = json_string_value(json_object_get(record, "name"));
	HASH_FIND_STR(x->exports, name, e);
	if (e && !strcmp(e->source, x->source))
		e->owns = true;
	return 0;
}

/* What the linked libraries' facts say of their exports. */
static int read_libraries(struct linking *x)
{
	size_t i, k;

	for (i = 0; i < x->n; i++) {
		const struct strings *unit = &x->plan[i].module->unit;

		for (k = 0; x->plan[i].library && k < unit->n; k++) {
			const char *path = facts_path(x, unit->item[k]);

			x->source = unit->item[k];
			if (file_exists(path) &&
			    facts_read(path, read_owns, x, x->err))
				return -1;
		}
	}
	return 0;
}

static struct import_of *import_of(struct linking *x, struct link_plan *p,
				   const char *source)
{
	struct import_of *m;
	size_t i;

	for (i = 0; i < p->nimports; i++)
		if (!strcmp(p->import[i].source, source))
			return &p->import[i];
	p->import = arena_grow(x->l->arena, p->import, p->nimports,
			       sizeof(*p->import));
	m = &p->import[p->nimports++];
	m->source = source;
	strings_init(&m->names, x->l->arena);
	return m;
}

/* The units of the library that it may need for @e, without a name. */
static void add_imports(struct linking *x, struct link_plan *p,
			const struct export *e)
{
	size_t i;

	for (i = 0; i < e->module->unit.n; i++)
		import_of(x, p, e->module->unit.item[i]);
	strings_add(&import_of(x, p, e->source)->names, e->name);
}

static void plan_imports(struct linking *x, size_t i)
{
	struct link_plan *p = &x->plan[i];
	struct export *e;
	size_t k;

	strings_sort(&x->wanted[i]);
	for (k = 0; k < x->wanted[i].n; k++) {
		const char *name = x->wanted[i].item[k];

		if (k && !strcmp(name, x->wanted[i].item[k - 1]))
			continue;
		HASH_FIND_STR(x->exports, name, e);
		if (e && e->owns && !x->l->alone && e->module != p->module)
			add_imports(x, p, e);
	}
}

static int add_edge(struct linking *x, struct ninja *n,
		    const struct link_plan *p)
{
	struct arena *a = x->l->arena;
	struct edge *e = &n->edge[n->n++];
	char *text = link_plan_text(a, p, collected_path, facts_path, x);
	struct stat st;
	size_t i;

	e->name = p->module->name;
	strings_init(&e->in, a);
	strings_init(&e->out, a);
	strings_init(&e->words, a);
	strings_add(&e->in, p->path);
	for (i = 0; i < p->module->unit.n; i++) {
		const char *source = p->module->unit.item[i];

		strings_add(&e->in, collected_path(x, source));
		strings_add(&e->out, facts_path(x, source));
		if (x->l->force)
			remove(facts_path(x, source));
		if (!stat(collected_path(x, source), &st))
			e->size += st.st_size;
	}
	for (i = 0; i < p->nimports; i++)
		strings_add(&e->in, collected_path(x, p->import[i].source));
	strings_add(&e->words, x->l->program);
	strings_add(&e->words, "link");
	if (x->l->rules) {
		strings_add(&e->words, "--rules");
		strings_add(&e->words, x->l->rules);
	}
	strings_add(&e->words, "--plan");
	strings_add(&e->words, p->path);
	return file_update(p->path, text, strlen(text), x->err);
}

static int run(struct linking *x, bool libraries)
{
	struct link_run *l = x->l;
	struct ninja n = {
		.arena = l->arena, .work = l->cache->work,
		.name = libraries ? "libraries" : "modules",
		.what = libraries ? "libraries" : "modules",
		.tree = l->modules->tree->root, .stamp = l->stamp,
		.jobs = l->jobs, .progress = l->progress,
	};
	size_t i;

	n.edge = arena_alloc(l->arena, (x->n + 1) * sizeof(*n.edge));
	for (i = 0; i < x->n; i++) {
		struct link_plan *p = &x->plan[i];

		if (p->library != libraries)
			continue;
		plan_imports(x, i);
		p->path = cache_file(l->cache, l->arena, "modules",
				     arena_printf(l->arena, "%s.plan",
						  p->module->name), x->err);
		if (!p->path || add_edge(x, &n, p))
			return -1;
	}
	if (ninja_run(&n, x->err))
		return -1;
	l->ran += n.ran;
	l->failed += n.failed;
	return 0;
}

int link_modules(struct link_run *l, struct error *err)
{
	size_t n = HASH_COUNT(l->modules->module) + 1;
	struct linking x = { .l = l, .err = err };
	int ret;

	x.plan = arena_alloc(l->arena, n * sizeof(*x.plan));
	x.wanted = arena_alloc(l->arena, n * sizeof(*x.wanted));
	ret = read_heads(&x);
	if (!ret && !l->alone)
		find_libraries(&x);
	ret = ret || run(&x, true) || read_libraries(&x) || run(&x, false);
	HASH_CLEAR(hh, x.exports);
	return ret ? -1 : 0;
}
