// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts that tell what a unit is made of, for dmacheck link. */
#include <stdlib.h>
#include <string.h>
#include "facts_out.h"

struct collector {
	struct facts_out o;
	struct arena *a;
	const struct unit *u;
	const struct rules *r;
	bool *owner;			/* by function: reaches an API that
					 * moves ownership */
	unsigned int *mark;		/* by function: the walk that saw it */
	unsigned int walk;
};

/* The names that @f calls, each once; ends with NULL. */
static const char **callees(struct collector *k, const struct function *f)
{
	const char **name = arena_alloc(k->a, (f->nevents + 1) *
					sizeof(*name));
	unsigned int n = 0, b, e, i;

	for (b = 0; b < f->nblocks; b++) {
		for (e = 0; e < f->block[b].nevents; e++) {
			const char *callee = f->block[b].event[e].callee;

			for (i = 0; callee && i < n && name[i] != callee; i++)
				;
			if (callee && i == n)
				name[n++] = callee;
		}
	}
	return name;
}

bool facts_moves(const struct rules *r, const char *name)
{
	const struct api *api = rules_api(r, name);

	return api && (api->kind == API_ACQUIRE || api->kind == API_RELEASE ||
		       api->kind == API_TEST || api->kind == API_SYNC ||
		       api->kind == API_ACTION ||
		       api->kind == API_TRY_ACTION);
}

static json_t *names(const char *const *name, unsigned int n)
{
	json_t *list = json_array();
	unsigned int i;

	for (i = 0; i < n && name[i]; i++)
		json_array_append_new(list, facts_text(name[i]));
	return list;
}

static int index_of(const struct unit *u, const struct function *f)
{
	unsigned int i;

	for (i = 0; f && i < u->nfunctions; i++)
		if (u->function[i] == f)
			return (int)i;
	return -1;
}

/* Who calls what: bodies of this unit by index, others by name. */
struct graph {
	const char ***callee;		/* by function */
	int **body;			/* by function and callee, -1: none */
};

static void make_graph(struct collector *k, struct graph *g)
{
	unsigned int n = k->u->nfunctions, i, c;

	g->callee = arena_alloc(k->a, (n + 1) * sizeof(*g->callee));
	g->body = arena_alloc(k->a, (n + 1) * sizeof(*g->body));
	for (i = 0; i < n; i++) {
		const char **name = callees(k, k->u->function[i]);

		for (c = 0; name[c]; c++)
			;
		g->callee[i] = name;
		g->body[i] = arena_alloc(k->a, (c + 1) * sizeof(int));
		for (c = 0; name[c]; c++)
			g->body[i][c] = index_of(k->u,
						 unit_find(k->u, name[c]));
	}
}

static void find_owners(struct collector *k, const struct graph *g)
{
	bool again = true;
	unsigned int i, c;

	while (again) {
		again = false;
		for (i = 0; i < k->u->nfunctions; i++) {
			bool owner = k->owner[i];

			for (c = 0; !owner && g->callee[i][c]; c++)
				owner = facts_moves(k->r, g->callee[i][c]) ||
					(g->body[i][c] >= 0 &&
					 k->owner[g->body[i][c]]);
			again |= owner != k->owner[i];
			k->owner[i] = owner;
		}
	}
}

/* What @i calls outside of the unit, itself and through others. */
static void add_reached(struct collector *k, const struct graph *g,
			unsigned int i, json_t *set)
{
	unsigned int c;

	k->mark[i] = k->walk;
	for (c = 0; g->callee[i][c]; c++) {
		int body = g->body[i][c];

		if (body < 0 && !rules_api(k->r, g->callee[i][c]))
			json_object_set_new(set, g->callee[i][c],
					    json_true());
		else if (body >= 0 && k->mark[body] != k->walk)
			add_reached(k, g, body, set);
	}
}

/* {"f": true} reaches an API; {"g": {"h": true}} calls h(), which is
 * defined elsewhere. */
static json_t *reach(struct collector *k, const struct graph *g)
{
	json_t *all = json_object();
	unsigned int i;

	for (i = 0; i < k->u->nfunctions; i++) {
		const struct function *f = k->u->function[i];
		json_t *set;

		if (f->is_static)
			continue;
		if (k->owner[i]) {
			json_object_set_new(all, f->name, json_true());
			continue;
		}
		set = json_object();
		k->walk++;
		add_reached(k, g, i, set);
		json_object_set_new(all, f->name, set);
	}
	return all;
}

/* The exported functions that may reach an API, here or in another file. */
static json_t *exports(const struct collector *k)
{
	json_t *list = json_array();
	unsigned int i;

	for (i = 0; i < k->u->nfunctions; i++)
		if ((k->owner[i] || k->u->noutside) &&
		    k->u->function[i]->is_exported)
			json_array_append_new(list,
				facts_text(k->u->function[i]->name));
	return list;
}

/* Every name that is called here and has no body here. */
static json_t *calls(struct collector *k, const struct graph *g)
{
	json_t *list = json_array(), *seen = json_object();
	unsigned int i, c;

	for (i = 0; i < k->u->nfunctions; i++) {
		for (c = 0; g->callee[i][c]; c++) {
			const char *name = g->callee[i][c];

			if (g->body[i][c] >= 0 || rules_api(k->r, name) ||
			    json_object_get(seen, name))
				continue;
			json_object_set_new(seen, name, json_true());
			json_array_append_new(list, facts_text(name));
		}
	}
	json_decref(seen);
	return list;
}

/* The text form of @f. */
static json_t *event_text(const struct function *f)
{
	char *form = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&form, &len);
	json_t *j;

	if (!out)
		return NULL;
	function_print(out, f);
	if (fclose(out)) {
		free(form);
		return NULL;
	}
	j = facts_text(form);
	free(form);
	return j;
}

static void put_function(struct collector *k, const struct function *f,
			 const char *const *callee)
{
	facts_put(&k->o,
		  json_pack("{s:s, s:o, s:o, s:i, s:i, s:b, s:b, s:b, s:o,"
			    " s:o}", "record", "function", "name", facts_text(f->name),
			    "file", facts_text(k->u->file[f->loc.file]),
			    "line", (int)f->loc.line, "col", (int)f->loc.col,
			    "static", f->is_static,
			    "exported", f->is_exported,
			    "aside", f->is_aside,
			    "calls", names(callee, f->nevents),
			    "event", event_text(f)));
}

static void put_all(struct collector *k, const struct graph *g)
{
	const struct unit *u = k->u;
	unsigned int i;

	for (i = 0; i < u->nops; i++) {
		const struct ops *o = &u->ops[i];

		facts_put(&k->o,
			  json_pack("{s:s, s:o, s:o, s:o, s:i, s:o}", "record",
				    "ops", "type", facts_text(o->type),
				    "field", facts_text(o->field),
				    "object", facts_text(o->object),
				    "element", (int)o->element,
				    "function", facts_text(o->function)));
	}
	for (i = 0; i < u->noutside; i++)
		facts_put(&k->o, json_pack("{s:s, s:o}", "record", "outside",
					   "name",
					   facts_text(u->outside[i])));
	for (i = 0; i < u->nfunctions; i++)
		put_function(k, u->function[i], g->callee[i]);
	facts_put(&k->o, json_pack("{s:s, s:i, s:i, s:i}", "record", "end",
				   "ops", (int)u->nops,
				   "outside", (int)u->noutside,
				   "function", (int)u->nfunctions));
}

int facts_collect(const char *path, const struct facts_head *head,
		  const struct unit *u, const struct rules *r,
		  struct error *err)
{
	struct collector k = { .a = arena_new_like(u->arena), .u = u, .r = r };
	struct graph g;
	int ret = facts_out_open(&k.o, path, err);

	if (!ret) {
		k.owner = arena_alloc(k.a, u->nfunctions + 1);
		k.mark = arena_alloc(k.a, (u->nfunctions + 1) *
				     sizeof(*k.mark));
		make_graph(&k, &g);
		find_owners(&k, &g);
		facts_put_unit(&k.o, head, u, r,
			       json_pack("{s:o, s:o, s:o, s:o}", "structs",
					 names(u->structs, u->nstructs),
					 "reach", reach(&k, &g),
					 "exports", exports(&k),
					 "calls", calls(&k, &g)));
		put_all(&k, &g);
		ret = facts_out_close(&k.o, err);
	}
	arena_free(k.a);
	return ret;
}
