/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses: how the event form names objects in memory.
 *
 * Members of anonymous structs and unions count as members of the struct
 * around them. An object reached through a pointer of another type is named
 * after the members of what that pointer points to.
 */
#ifndef DMACHECK_LOWER_PLACE_H
#define DMACHECK_LOWER_PLACE_H

#include "body.h"

/* The address of the object that @ref names. */
const core::term *body_address(struct body *b, tree ref);

/* The address @pointer + @offset bytes: an element, if it steps by the size
 * of something. */
const core::term *body_pointer_plus(struct body *b, tree pointer,
				    tree offset);

/* The word for the type of the object that @ref names, see type_word(). */
const char *body_object_type(struct body *b, tree ref);

/* The address of member @field, which begins at bit @bit of the struct or
 * union @object; a negative @bit is one that varies. */
const core::term *body_member_address(struct body *b, tree object,
				      tree field, HOST_WIDE_INT bit);

/* The members that @ref, whose address is a value, goes through: where they
 * lie in their structs is kept with the function. */
void body_note_members(struct body *b, tree ref);

#endif
