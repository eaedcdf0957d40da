// SPDX-License-Identifier: GPL-2.0-or-later
#include "body.h"
#include "lower_type.h"

using core::term;

unsigned int body_fresh_reg(struct body *b, const char *type)
{
	core::var v = { NULL, type };

	b->regs.safe_push(v);
	return b->regs.length() - 1;
}

unsigned int body_reg(struct body *b, tree name)
{
	int *reg = &b->reg_of[SSA_NAME_VERSION(name)];
	core::var v = { NULL, NULL };

	if (*reg >= 0)
		return *reg;
	v.name = identifier_name(b->arena, SSA_NAME_IDENTIFIER(name));
	v.type = type_word(b->arena, TREE_TYPE(name));
	b->regs.safe_push(v);
	*reg = b->regs.length() - 1;
	return *reg;
}

void body_reg_type(struct body *b, tree name, const char *type)
{
	core::var *v = &b->regs[body_reg(b, name)];

	if (!v->type)
		v->type = type;
}

core::loc body_loc(struct body *b, location_t where)
{
	core::loc loc = { 0, 0, 0 };
	expanded_location at;

	if (LOCATION_LOCUS(where) <= BUILTINS_LOCATION)
		return loc;
	at = expand_location(where);
	if (!at.file || at.line <= 0)
		return loc;
	if (at.file != b->last_path) {
		b->last_path = at.file;
		b->last_file = core::unit_file(b->unit, at.file);
	}
	loc.file = b->last_file;
	loc.line = at.line;
	loc.col = at.column;
	places_add(b->places, loc, where);
	return loc;
}

static const char *unique_name(struct body *b, const char *name)
{
	bool existed;
	unsigned int &n = b->name_uses.get_or_insert(name, &existed);

	if (!existed) {
		n = 0;
		return name;
	}
	return core::arena_intern(b->arena,
				  core::arena_printf(b->arena, "%s.%u", name,
						     ++n));
}

const term *body_local(struct body *b, tree decl)
{
	bool existed;
	const char *&name = b->local_name.get_or_insert(decl, &existed);

	if (!existed) {
		const char *base = decl_name(b->arena, decl);
		core::var v;

		if (!base)
			base = core::arena_intern(b->arena, "tmp");
		name = unique_name(b, base);
		v.name = name;
		v.type = type_word(b->arena, TREE_TYPE(decl));
		b->locals.safe_push(v);
	}
	return core::term_local(b->terms, name);
}
