// SPDX-License-Identifier: GPL-2.0-or-later
#include "select.h"
#include "select_use.h"

typedef hash_map<cgraph_node *, bool> node_set;

static const char *node_name(const cgraph_node *node)
{
	tree name = DECL_NAME(node->decl);

	return name ? IDENTIFIER_POINTER(name) : "";
}

/* Headers of a kernel that is not the tree in which the compiler runs. */
static bool is_foreign_header(const char *path)
{
	static const char *const folder[] = {
		"acpi/", "asm/", "asm-generic/", "clocksource/", "crypto/",
		"drm/", "keys/", "kunit/", "kvm/", "linux/", "media/",
		"memory/", "misc/", "net/", "pcmcia/", "ras/", "rdma/",
		"scsi/", "soc/", "sound/", "target/", "trace/", "uapi/",
		"ufs/", "vdso/", "video/", "xen/"
	};
	const char *at = strstr(path, "/include/");
	unsigned int i;

	if (!at)
		return false;
	at += strlen("/include/");
	for (i = 0; i < ARRAY_SIZE(folder); i++)
		if (!strncmp(at, folder[i], strlen(folder[i])))
			return true;
	return false;
}

/* Does a path that the compiler was given lead into the kernel's headers?
 * Drivers have folders called include, too. */
static bool is_kernel_header(const char *path)
{
	const char *rest;

	while (!strncmp(path, "./", 2))
		path += 2;
	if (!strncmp(path, "include/", 8) || is_foreign_header(path))
		return true;
	if (strncmp(path, "arch/", 5))
		return false;
	rest = strchr(path + 5, '/');
	return rest && !strncmp(rest, "/include/", 9);
}

bool is_drivers_file(const char *path)
{
	return path && !is_kernel_header(path);
}

/* Is it written, or declared, in the driver and no API? */
static bool is_own(const core::rules *r, const cgraph_node *node)
{
	expanded_location at;

	if (fndecl_built_in_p(node->decl) ||
	    core::rules_api(r, node_name(node)))
		return false;
	at = expand_location(DECL_SOURCE_LOCATION(node->decl));
	return at.file && !is_kernel_header(at.file);
}

static bool is_drivers(const core::rules *r, const cgraph_node *node)
{
	if (!node->definition || node->alias || node->thunk ||
	    !gimple_has_body_p(node->decl) ||
	    !DECL_STRUCT_FUNCTION(node->decl))
		return false;
	return is_own(r, node);
}

/* Do the rules say all of it? What maps its argument may do more. */
static bool is_finished(const core::rules *r, const cgraph_node *node)
{
	const core::api *api = core::rules_api(r, node_name(node));

	return api && api->kind != core::API_MAPS;
}

/* Statements of a header function that is still worth a summary. */
#define ACCESSOR_STMTS 16

/*
 * A function of the kernel's headers that only reads or writes a member, such
 * as dev_get_drvdata(): its body says what its name does not.
 */
static bool is_accessor(const core::rules *r, const cgraph_node *node)
{
	struct function *fn = DECL_STRUCT_FUNCTION(node->decl);
	unsigned int n = 0;
	basic_block bb;

	if (!node->definition || node->alias || node->thunk ||
	    !DECL_DECLARED_INLINE_P(node->decl) || !fn ||
	    !gimple_has_body_p(node->decl) || is_own(r, node) ||
	    is_finished(r, node))
		return false;
	if (n_basic_blocks_for_fn(fn) != NUM_FIXED_BLOCKS + 1)
		return false;
	FOR_EACH_BB_FN(bb, fn) {
		gimple_stmt_iterator i = gsi_start_bb(bb);

		for (; !gsi_end_p(i); gsi_next(&i)) {
			gimple *s = gsi_stmt(i);

			if (gimple_code(s) == GIMPLE_ASM ||
			    ++n > ACCESSOR_STMTS)
				return false;
		}
	}
	for (cgraph_edge *e = node->callees; e; e = e->next_callee)
		if (!core::rules_api(r, node_name(e->callee)) &&
		    !is_accessor(r, e->callee))
			return false;
	return !node->indirect_calls;
}

static bool is_owner_api(const core::api *api)
{
	switch (api->kind) {
	case core::API_ACQUIRE:
	case core::API_RELEASE:
	case core::API_TEST:
	case core::API_SYNC:
	case core::API_ADDRESS:
	case core::API_MASK:
	case core::API_MAPS:
		return true;
	default:
		return false;
	}
}

static void choose(const core::rules *r, node_set *seen,
		   vec<cgraph_node *> *chosen, cgraph_node *node)
{
	bool existed;
	bool &good = seen->get_or_insert(node, &existed);

	if (existed)
		return;
	good = is_drivers(r, node) || is_accessor(r, node);
	if (good)
		chosen->safe_push(node);
}

static int by_source(const void *x, const void *y)
{
	const cgraph_node *a = *(cgraph_node *const *)x;
	const cgraph_node *b = *(cgraph_node *const *)y;

	return a->order - b->order;
}

/*
 * Where the callbacks of a driver are registered. In which context these run
 * is known from there, even if nothing is acquired there.
 */
static void choose_registering(const core::rules *r, node_set *seen,
			       vec<cgraph_node *> *chosen)
{
	cgraph_node *node;
	cgraph_edge *e;

	FOR_EACH_FUNCTION(node) {
		const core::api *api = node->callers ?
			core::rules_api(r, node_name(node)) : NULL;

		for (e = node->callers; api && api->registers && e;
		     e = e->next_caller)
			choose(r, seen, chosen, e->caller);
	}
}

static void choose_callees(const core::rules *r, node_set *seen,
			   vec<cgraph_node *> *chosen)
{
	unsigned int i;
	cgraph_edge *e;

	/* chosen grows while it is walked */
	for (i = 0; i < chosen->length(); i++)
		for (e = (*chosen)[i]->callees; e; e = e->next_callee)
			choose(r, seen, chosen, e->callee);
	chosen->qsort(by_source);
}

void select_functions(const core::rules *r, vec<cgraph_node *> *chosen)
{
	node_set seen;
	cgraph_node *node;
	cgraph_edge *e;
	unsigned int i;

	FOR_EACH_FUNCTION(node) {
		const core::api *api;

		if (!node->callers)
			continue;
		api = core::rules_api(r, node_name(node));
		if (!api || !is_owner_api(api))
			continue;
		for (e = node->callers; e; e = e->next_caller)
			choose(r, &seen, chosen, e->caller);
	}
	if (chosen->is_empty())
		return;
	FOR_EACH_FUNCTION(node)
		if (is_drivers(r, node) &&
		    uses_dma(r, DECL_STRUCT_FUNCTION(node->decl)))
			choose(r, &seen, chosen, node);
	/* chosen grows while it is walked */
	for (i = 0; i < chosen->length(); i++)
		for (e = (*chosen)[i]->callers; e; e = e->next_caller)
			choose(r, &seen, chosen, e->caller);
	if (!chosen->is_empty())
		choose_registering(r, &seen, chosen);
	choose_callees(r, &seen, chosen);
}

/* Does the driver end something by this function: remove, stop, close? */
static bool is_end(const core::rules *r, const core::unit *u,
		   const cgraph_node *node)
{
	const char *name = node_name(node);
	unsigned int i;

	for (i = 0; i < u->nops; i++) {
		const core::ops *o = &u->ops[i];
		const core::lifecycle *l;

		if (strcmp(o->function, name))
			continue;
		l = core::rules_lifecycle(r, o->type, o->field);
		if (l && l->part == core::PART_END)
			return true;
	}
	return false;
}

void select_ends(const core::rules *r, const core::unit *u,
		 vec<cgraph_node *> *chosen)
{
	unsigned int i, first = chosen->length();
	node_set seen;
	cgraph_node *node;
	cgraph_edge *e;

	for (i = 0; i < first; i++)
		seen.put((*chosen)[i], true);
	FOR_EACH_FUNCTION(node)
		if (node->definition && node->ref_list.referring.length() &&
		    is_end(r, u, node))
			choose(r, &seen, chosen, node);
	/* chosen grows while it is walked */
	for (i = first; i < chosen->length(); i++)
		for (e = (*chosen)[i]->callees; e; e = e->next_callee)
			choose(r, &seen, chosen, e->callee);
	chosen->qsort(by_source);
}

void select_asides(const core::rules *r, const vec<cgraph_node *> &chosen,
		   bool all, vec<cgraph_node *> *aside)
{
	cgraph_node *node;
	cgraph_edge *e;
	unsigned int i;
	node_set seen;

	for (i = 0; i < chosen.length(); i++)
		seen.put(chosen[i], true);
	FOR_EACH_FUNCTION(node)
		if (is_drivers(r, node))
			choose(r, &seen, aside, node);
	/* aside grows while it is walked */
	for (i = 0; all && i < aside->length(); i++)
		for (e = (*aside)[i]->callees; e; e = e->next_callee)
			choose(r, &seen, aside, e->callee);
	aside->qsort(by_source);
}

void select_outside(const core::rules *r, const vec<cgraph_node *> &chosen,
		    vec<cgraph_node *> *outside)
{
	hash_set<cgraph_node *> seen;
	cgraph_edge *e;
	unsigned int i;

	for (i = 0; i < chosen.length(); i++)
		for (e = chosen[i]->callees; e; e = e->next_callee)
			if (!e->callee->definition &&
			    !seen.add(e->callee) && is_own(r, e->callee))
				outside->safe_push(e->callee);
	outside->qsort(by_source);
}
