/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The function that is being lowered: its registers, variables and places
 * in the source. It lives on the stack while one function is lowered; what
 * it makes lives in the unit's arena.
 */
#ifndef DMACHECK_BODY_H
#define DMACHECK_BODY_H

#include "places.h"

struct body {
	core::unit *unit;
	core::arena *arena;		/* the unit's */
	core::term_table *terms;	/* the unit's */
	core::function *out;
	::function *in;
	struct places *places;		/* the unit's */

	/* register of each SSA version, -1: none yet */
	auto_vec<int> reg_of;
	auto_vec<core::var> regs;
	/* automatic variables in memory, in order of appearance */
	auto_vec<core::var> locals;
	/* members whose address is a value, in order of appearance */
	auto_vec<core::member> members;
	hash_map<tree, const char *> local_name;
	hash_map<nofree_string_hash, unsigned int> name_uses;
	/* events of the block that is being lowered */
	auto_vec<core::event> events;
	/* the struct a member was taken of last */
	tree last_struct;
	/* the file seen last, by the compiler's own pointer */
	const char *last_path;
	unsigned int last_file;
};

/* The register of SSA name @name. */
unsigned int body_reg(struct body *b, tree name);

/* A register that no SSA name has; @type: as in struct var. */
unsigned int body_fresh_reg(struct body *b, const char *type);

/* Sets the type of the register of @name, if it has none. */
void body_reg_type(struct body *b, tree name, const char *type);

/* The address of the automatic variable @decl; variables of one name in
 * several scopes are told apart (x, x.1). */
const core::term *body_local(struct body *b, tree decl);

/* Where the driver's source says so; macros count where they are used. */
core::loc body_loc(struct body *b, location_t where);

#endif
