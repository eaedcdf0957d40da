/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names: how the event form calls types, members and variables of C.
 */
#ifndef DMACHECK_LOWER_TYPE_H
#define DMACHECK_LOWER_TYPE_H

#include "compat.h"

/*
 * The word for the type of an object: the tag of a struct or union, or of
 * the one a pointer or an array leads to; for other types the name of the
 * typedef (dma_addr_t wherever it stands in a chain of typedefs). NULL if
 * there is none. Interned in @a.
 */
const char *type_word(core::arena *a, tree type);

/* The tag of a struct or union, or the typedef it goes by; NULL: none. */
const char *type_tag(core::arena *a, tree type);

/* What a function of type @type returns. */
core::ret_kind type_ret_kind(tree type);

/* Size in bytes; 0 if it is not constant or not known. */
HOST_WIDE_INT type_size(tree type);

/* The bit where FIELD_DECL @field begins in its struct; -1 if it varies. */
HOST_WIDE_INT field_bit(tree field);

/*
 * The member of struct or union @type that holds the @size bits at bit @bit,
 * members of anonymous members included; *@at is the bit where it begins.
 * Of the members of a union one of just this size is preferred. NULL: none.
 */
tree field_at(tree type, HOST_WIDE_INT bit, HOST_WIDE_INT size,
	      HOST_WIDE_INT *at);

/*
 * The greatest alignment, in bytes, that the source asks for @field of @type
 * or for a named member before it; 0 if it asks for none.
 */
HOST_WIDE_INT field_align(tree type, tree field);

/* The name that the source gives to @decl, interned in @a; NULL: none. */
const char *decl_name(core::arena *a, tree decl);

/* The same for an identifier. */
const char *identifier_name(core::arena *a, tree name);

#endif
