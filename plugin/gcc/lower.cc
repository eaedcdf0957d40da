// SPDX-License-Identifier: GPL-2.0-or-later
#include "exported.h"
#include "lower.h"
#include "body.h"
#include "lower_ops.h"
#include "lower_stmt.h"
#include "lower_type.h"
#include "lower_value.h"
#include "order.h"
#include "select.h"

using core::term;

static void *copy(core::arena *a, const void *from, size_t n, size_t size)
{
	void *to;

	if (!n)
		return NULL;
	to = core::arena_alloc(a, n * size);
	memcpy(to, from, n * size);
	return to;
}

static void set_succ(struct body *b, core::block *to,
		     const vec<unsigned int> &succ)
{
	to->nsucc = succ.length();
	to->succ = (unsigned int *)copy(b->arena, succ.address(),
					succ.length(), sizeof(succ[0]));
}

static void end_cond(struct body *b, const struct order *o, core::block *to,
		     gcond *s)
{
	auto_vec<unsigned int> succ;
	const term *value = body_compare(b, gimple_cond_code(s),
					 gimple_cond_lhs(s),
					 gimple_cond_rhs(s));
	edge yes, no;

	extract_true_false_edges_from_block(gimple_bb(s), &yes, &no);
	body_event(b, core::EV_TEST, gimple_location(s))->value = value;
	succ.safe_push(o->number[yes->dest->index]);
	succ.safe_push(o->number[no->dest->index]);
	set_succ(b, to, succ);
}

/* The index of block @number in @succ, where it is put if it is new. */
static unsigned int succ_index(vec<unsigned int> *succ, vec<int> *index,
			       unsigned int number)
{
	if ((*index)[number] < 0) {
		(*index)[number] = succ->length();
		succ->safe_push(number);
	}
	return (*index)[number];
}

static void end_switch(struct body *b, const struct order *o,
		       core::block *to, gswitch *s)
{
	auto_vec<unsigned int> succ;
	auto_vec<int> index;
	auto_vec<core::range> ranges;
	const term *value = body_value(b, gimple_switch_index(s));

	for (unsigned int i = 0; i < o->bb.length(); i++)
		index.safe_push(-1);
	for (unsigned int i = 0; i < gimple_switch_num_labels(s); i++) {
		tree label = gimple_switch_label(s, i);
		basic_block bb = label_to_block(b->in, CASE_LABEL(label));
		core::range r;

		r.succ = succ_index(&succ, &index, o->number[bb->index]);
		if (!CASE_LOW(label))
			continue;
		r.low = TREE_INT_CST_LOW(CASE_LOW(label));
		r.high = CASE_HIGH(label) ?
			 (int64_t)TREE_INT_CST_LOW(CASE_HIGH(label)) : r.low;
		ranges.safe_push(r);
	}
	body_event(b, core::EV_SWITCH, gimple_location(s))->value = value;
	set_succ(b, to, succ);
	to->nranges = ranges.length();
	to->range = (core::range *)copy(b->arena, ranges.address(),
					ranges.length(), sizeof(ranges[0]));
}

static bool is_known(location_t where)
{
	return LOCATION_LOCUS(where) > BUILTINS_LOCATION;
}

/* Where a value was chosen: at the edge, or where it was computed. */
static location_t phi_place(gphi *phi, edge e)
{
	location_t where = gimple_phi_arg_location_from_edge(phi, e);
	tree value = PHI_ARG_DEF_FROM_EDGE(phi, e);

	if (!is_known(where) && TREE_CODE(value) == SSA_NAME)
		where = gimple_location(SSA_NAME_DEF_STMT(value));
	return is_known(where) ? where : e->goto_locus;
}

/*
 * The value that @s returns if it is reached by @e and blocks that do nothing;
 * NULL_TREE: none. *@where: where the first of them chose it, if one did.
 */
static tree chosen_value(greturn *s, edge e, location_t *where)
{
	auto_vec<edge> path;
	tree value = gimple_return_retval(s);

	for (; e; e = single_succ_edge(e->dest)) {
		path.safe_push(e);
		if (e->dest == gimple_bb(s))
			break;
	}
	while (!path.is_empty() && value && TREE_CODE(value) == SSA_NAME) {
		gphi *phi = dyn_cast<gphi *>(SSA_NAME_DEF_STMT(value));

		e = path.pop();
		if (!phi || gimple_bb(phi) != e->dest)
			continue;
		*where = phi_place(phi, e);
		value = PHI_ARG_DEF_FROM_EDGE(phi, e);
	}
	return value;
}

/*
 * Returns from @s; @e: the edge by which it would be reached, NULL if this is
 * its block. "return x" mostly has no place of its own.
 */
static void end_return(struct body *b, greturn *s, edge e)
{
	location_t where = UNKNOWN_LOCATION;
	tree x = chosen_value(s, e, &where);
	const term *value = x ? body_value(b, x) : NULL;
	gimple *def;

	if (!is_known(where) && x && TREE_CODE(x) == SSA_NAME) {
		def = SSA_NAME_DEF_STMT(x);
		if (gimple_code(def) != GIMPLE_PHI)
			where = gimple_location(def);
	}
	if (!is_known(where) && e)
		where = e->goto_locus;
	if (!is_known(where))
		where = gimple_location(s);
	if (!is_known(where))
		where = b->in->function_end_locus;
	body_event(b, core::EV_RETURN, where)->value = value;
}

/* To where control goes if the last statement does not say: one way, or
 * any of several after an "asm goto". */
static void end_plain(struct body *b, const struct order *o,
		      core::block *to, basic_block bb)
{
	auto_vec<unsigned int> succ;
	auto_vec<core::range> ranges;
	location_t where = UNKNOWN_LOCATION;
	core::event *last;
	edge_iterator ei;
	edge e;

	FOR_EACH_EDGE(e, ei, bb->succs) {
		core::range r;

		if (!order_has_edge(e))
			continue;
		r.succ = succ.length();
		r.low = r.high = r.succ;
		if (r.succ)
			ranges.safe_push(r);
		succ.safe_push(o->number[e->dest->index]);
		where = e->goto_locus;
	}
	set_succ(b, to, succ);
	if (succ.length() < 2) {
		body_event(b, succ.is_empty() ? core::EV_STOP : core::EV_GOTO,
			   where);
		return;
	}
	last = body_event(b, core::EV_SWITCH, where);
	last->value = core::term_unknown(b->terms);
	to->nranges = ranges.length();
	to->range = (core::range *)copy(b->arena, ranges.address(),
					ranges.length(), sizeof(ranges[0]));
}

static void lower_block(struct body *b, const struct order *o, unsigned int n)
{
	core::block *to = &b->out->block[n];
	basic_block bb = o->bb[n];
	gimple_stmt_iterator i;
	gimple *end = NULL;

	for (i = gsi_start_bb(bb); !gsi_end_p(i); gsi_next(&i)) {
		gimple *s = gsi_stmt(i);

		switch (gimple_code(s)) {
		case GIMPLE_COND:
		case GIMPLE_SWITCH:
		case GIMPLE_RETURN:
			end = s;
			break;
		default:
			body_stmt(b, s);
		}
	}
	if (!end && order_return_edge(bb))
		end_return(b, order_bare_return(single_succ(bb)),
			   order_return_edge(bb));
	else if (!end)
		end_plain(b, o, to, bb);
	else if (gimple_code(end) == GIMPLE_COND)
		end_cond(b, o, to, as_a<gcond *>(end));
	else if (gimple_code(end) == GIMPLE_SWITCH)
		end_switch(b, o, to, as_a<gswitch *>(end));
	else
		end_return(b, as_a<greturn *>(end), NULL);
	to->nevents = b->events.length();
	to->event = (core::event *)copy(b->arena, b->events.address(),
					to->nevents, sizeof(core::event));
	b->events.truncate(0);
}

static core::phi lower_phi(struct body *b, const struct order *o,
			   const core::block *to, gphi *phi)
{
	core::phi p;
	unsigned int i;

	p.reg = body_reg(b, gimple_phi_result(phi));
	p.arg = (const term **)core::arena_alloc(b->arena, to->npred *
						 sizeof(*p.arg));
	p.loc = (core::loc *)core::arena_alloc(b->arena, to->npred *
					       sizeof(*p.loc));
	for (i = 0; i < to->npred; i++) {
		edge e = find_edge(o->bb[to->pred[i]], gimple_bb(phi));

		p.arg[i] = body_value(b, PHI_ARG_DEF_FROM_EDGE(phi, e));
		p.loc[i] = body_loc(b, phi_place(phi, e));
	}
	return p;
}

static void lower_phis(struct body *b, const struct order *o, unsigned int n)
{
	core::block *to = &b->out->block[n];
	auto_vec<core::phi> phis;
	gphi_iterator i;

	for (i = gsi_start_phis(o->bb[n]); !gsi_end_p(i); gsi_next(&i))
		if (!virtual_operand_p(gimple_phi_result(i.phi())))
			phis.safe_push(lower_phi(b, o, to, i.phi()));
	to->nphis = phis.length();
	to->phi = (core::phi *)copy(b->arena, phis.address(), to->nphis,
				    sizeof(core::phi));
}

/* Parameters whose address is taken are variables that begin with what was
 * passed. */
static void lower_params(struct body *b)
{
	auto_vec<core::var> params;
	tree p;

	for (p = DECL_ARGUMENTS(b->in->decl); p; p = DECL_CHAIN(p)) {
		unsigned int n = params.length();
		core::var v = { decl_name(b->arena, p),
				type_word(b->arena, TREE_TYPE(p)) };
		const term *addr;
		core::event *e;

		params.safe_push(v);
		if (is_gimple_reg(p) || AGGREGATE_TYPE_P(TREE_TYPE(p)))
			continue;
		addr = body_local(b, p);
		e = body_event(b, core::EV_STORE, DECL_SOURCE_LOCATION(p));
		e->addr = addr;
		e->value = core::term_param(b->terms, n);
		e->type = v.type;
	}
	b->out->nparams = params.length();
	b->out->param = (core::var *)copy(b->arena, params.address(),
					  params.length(), sizeof(core::var));
}

static bool in_section(tree decl, const char *name)
{
	const char *section = DECL_SECTION_NAME(decl);

	return section && !strcmp(section, name);
}

static void lower_head(struct body *b, cgraph_node *node,
		       hash_set<tree> *exported)
{
	core::function *f = b->out;
	tree decl = node->decl;

	f->name = decl_name(b->arena, decl);
	f->ret = type_ret_kind(TREE_TYPE(TREE_TYPE(decl)));
	f->loc = body_loc(b, DECL_SOURCE_LOCATION(decl));
	f->is_static = !TREE_PUBLIC(decl);
	f->address_taken = node->address_taken;
	f->is_init = in_section(decl, ".init.text");
	f->is_exit = in_section(decl, ".exit.text");
	f->is_inline = DECL_DECLARED_INLINE_P(decl);
	f->is_variadic = stdarg_p(TREE_TYPE(decl));
	f->is_exported = exported->contains(DECL_NAME(decl));
}

static void lower_function(core::unit *u, struct places *places,
			   hash_set<tree> *exported, cgraph_node *node,
			   bool aside)
{
	core::function *f;
	struct order o;
	struct body b;
	unsigned int i;

	f = (core::function *)core::arena_alloc(u->arena, sizeof(*f));
	b.unit = u;
	b.arena = u->arena;
	b.terms = u->terms;
	b.out = f;
	b.places = places;
	b.in = DECL_STRUCT_FUNCTION(node->decl);
	b.last_struct = NULL_TREE;
	b.last_path = NULL;
	b.last_file = 0;
	b.reg_of.safe_grow(vec_safe_length(SSANAMES(b.in)));
	for (i = 0; i < b.reg_of.length(); i++)
		b.reg_of[i] = -1;
	order_init(&o, b.in);
	lower_head(&b, node, exported);
	f->is_aside = aside;
	f->nblocks = o.bb.length();
	f->block = (core::block *)core::arena_alloc(u->arena, f->nblocks *
						    sizeof(*f->block));
	lower_params(&b);
	for (i = 0; i < f->nblocks; i++)
		lower_block(&b, &o, i);
	core::function_finish(u, f);
	for (i = 0; i < f->nblocks; i++)
		lower_phis(&b, &o, i);
	f->nregs = b.regs.length();
	f->reg = (core::var *)copy(u->arena, b.regs.address(), f->nregs,
				   sizeof(core::var));
	f->nlocals = b.locals.length();
	f->local = (core::var *)copy(u->arena, b.locals.address(),
				     f->nlocals, sizeof(core::var));
	f->nmembers = b.members.length();
	f->member = (core::member *)copy(u->arena, b.members.address(),
					 f->nmembers, sizeof(core::member));
	core::unit_add_function(u, f);
}

unsigned int lower_unit(core::unit *u, const core::rules *r,
			struct places *places, bool all)
{
	auto_vec<cgraph_node *> chosen, aside, outside;
	hash_set<tree> exported;
	unsigned int i;

	select_functions(r, &chosen);
	if (chosen.is_empty() && !all)
		return 0;
	lower_ops(u);
	if (!chosen.is_empty())
		select_ends(r, u, &chosen);
	select_asides(r, chosen, all, &aside);
	select_outside(r, chosen, &outside);
	if (all)
		select_outside(r, aside, &outside);
	for (i = 0; i < outside.length(); i++)
		core::unit_add_outside(u, decl_name(u->arena,
						    outside[i]->decl));
	find_exported(&exported);
	for (i = 0; i < chosen.length(); i++)
		lower_function(u, places, &exported, chosen[i], false);
	for (i = 0; i < aside.length(); i++)
		lower_function(u, places, &exported, aside[i], true);
	return chosen.length();
}
