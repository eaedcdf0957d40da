// SPDX-License-Identifier: GPL-2.0-or-later
#include "warn.h"

typedef hash_map<nofree_string_hash, tree> decl_map;

/* What all findings of a unit are printed with. */
struct printer {
	const core::unit *unit;
	const struct places *places;
	decl_map decls;
};

static void map_functions(decl_map *decls)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (node->definition && DECL_NAME(node->decl))
			decls->put(IDENTIFIER_POINTER(DECL_NAME(node->decl)),
				   node->decl);
}

static tree find_function(decl_map *decls, const char *name)
{
	tree *decl = name ? decls->get(name) : NULL;

	return decl ? *decl : NULL_TREE;
}

/* How deep @function is: a caller or callee of what came before. */
static int depth(auto_vec<const char *> *stack, const char *function)
{
	unsigned int i;

	for (i = 0; i < stack->length(); i++) {
		if (function && !strcmp((*stack)[i], function)) {
			stack->truncate(i + 1);
			return i + 1;
		}
	}
	stack->safe_push(function ? function : "");
	return stack->length();
}

static void add_steps(simple_diagnostic_path *path, struct printer *p,
		      const core::finding *f)
{
	auto_vec<const char *> stack;
	unsigned int i;

	for (i = 0; i < f->nsteps; i++) {
		const core::step *s = &f->step[i];

		path->add_event(places_find(p->places, p->unit, s->file,
					    s->line, s->col),
				find_function(&p->decls, s->function),
				depth(&stack, s->function), "%s", s->text);
	}
}

static bool is_wanted(const core::finding *f, const struct warn_options *o)
{
	unsigned int i;

	if (f->confidence < o->level)
		return false;
	for (i = 0; i < o->ndisabled; i++)
		if (!strcmp(o->disabled[i], f->rule->id))
			return false;
	return true;
}

static bool warn_one(struct printer *p, const core::finding *f)
{
	gcc_rich_location where(places_find(p->places, p->unit, f->file,
					    f->line, f->col));
	pretty_printer pp;
	simple_diagnostic_path path(&pp);
	diagnostic_metadata meta;

	if (f->rule->cwe)
		meta.add_cwe(f->rule->cwe);
	add_steps(&path, p, f);
	if (f->nsteps)
		where.set_path(&path);
	current_function_decl = find_function(&p->decls, f->function);
	return warning_meta(&where, meta, 0, "%s", f->message);
}

unsigned int warn_findings(const core::result *res, const core::unit *u,
			   const struct places *places,
			   const struct warn_options *o)
{
	bool as_error = global_dc->warning_as_error_requested;
	tree function = current_function_decl;
	unsigned int n = 0, i;
	struct printer p;

	if (!res->nfindings)
		return 0;
	p.unit = u;
	p.places = places;
	map_functions(&p.decls);
	/* a kernel's -Werror is not meant for us */
	global_dc->warning_as_error_requested = o->error;
	for (i = 0; i < res->nfindings; i++) {
		if (!is_wanted(&res->finding[i], o))
			continue;
		o->tag(res->finding[i].rule->id);
		n += warn_one(&p, &res->finding[i]);
		o->tag(NULL);
	}
	global_dc->warning_as_error_requested = as_error;
	current_function_decl = function;
	return n;
}
