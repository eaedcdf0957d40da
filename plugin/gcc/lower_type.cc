// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_type.h"

const char *decl_name(core::arena *a, tree decl)
{
	return identifier_name(a, DECL_NAME(decl));
}

/* What the compiler counts ("iftmp.28", "i.3") is new in each compile. */
const char *identifier_name(core::arena *a, tree name)
{
	const char *text, *dot;

	if (!name)
		return NULL;
	text = IDENTIFIER_POINTER(name);
	dot = strchr(text, '.');
	if (!dot)
		return core::arena_intern(a, text);
	if (!strncmp(text, "iftmp", dot - text))
		return NULL;
	return core::arena_intern(a, core::arena_strndup(a, text,
							 dot - text));
}

const char *type_tag(core::arena *a, tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name ? core::arena_intern(a, IDENTIFIER_POINTER(name)) : NULL;
}

/* Builtin types are declarations too, but stand for no other type. */
static tree typedef_of(tree type)
{
	tree decl = TYPE_NAME(type);

	if (!decl || TREE_CODE(decl) != TYPE_DECL ||
	    !DECL_ORIGINAL_TYPE(decl) || !DECL_NAME(decl))
		return NULL_TREE;
	return decl;
}

static bool is_handle(tree decl)
{
	return !strcmp(IDENTIFIER_POINTER(DECL_NAME(decl)), "dma_addr_t");
}

static tree typedef_name(tree type)
{
	tree first = typedef_of(type);
	tree decl;

	for (decl = first; decl; decl = typedef_of(DECL_ORIGINAL_TYPE(decl)))
		if (is_handle(decl))
			return decl;
	return first;
}

const char *type_word(core::arena *a, tree type)
{
	tree t = type;
	tree decl;

	if (TREE_CODE(t) == POINTER_TYPE)
		t = TREE_TYPE(t);
	while (TREE_CODE(t) == ARRAY_TYPE)
		t = TREE_TYPE(t);
	if (RECORD_OR_UNION_TYPE_P(t))
		return type_tag(a, t);
	if (TREE_CODE(type) == POINTER_TYPE)
		return NULL;
	decl = typedef_name(t);
	return decl ? decl_name(a, decl) : NULL;
}

core::ret_kind type_ret_kind(tree type)
{
	tree decl;

	if (POINTER_TYPE_P(type))
		return core::RET_POINTER;
	if (TREE_CODE(type) == BOOLEAN_TYPE)
		return core::RET_BOOL;
	if (!INTEGRAL_TYPE_P(type))
		return core::RET_VOID;
	decl = typedef_name(type);
	if (decl && is_handle(decl))
		return core::RET_HANDLE;
	return TYPE_UNSIGNED(type) ? core::RET_UNSIGNED : core::RET_INT;
}

HOST_WIDE_INT type_size(tree type)
{
	tree size = COMPLETE_TYPE_P(type) ? TYPE_SIZE_UNIT(type) : NULL_TREE;

	return size && tree_fits_shwi_p(size) ? tree_to_shwi(size) : 0;
}

HOST_WIDE_INT field_bit(tree field)
{
	tree bytes = DECL_FIELD_OFFSET(field);
	tree bits = DECL_FIELD_BIT_OFFSET(field);

	if (!bytes || !bits || !tree_fits_shwi_p(bytes) ||
	    !tree_fits_shwi_p(bits))
		return -1;
	return tree_to_shwi(bytes) * BITS_PER_UNIT + tree_to_shwi(bits);
}

/* Size in bits; 0 for flexible arrays, which hold what no other one does. */
static HOST_WIDE_INT field_size(tree field)
{
	tree size = DECL_SIZE(field);

	return size && tree_fits_shwi_p(size) ? tree_to_shwi(size) : 0;
}

static bool holds(tree field, HOST_WIDE_INT at, HOST_WIDE_INT bit,
		  HOST_WIDE_INT size)
{
	HOST_WIDE_INT fsize = field_size(field);

	if (at < 0 || bit < at)
		return false;
	if (!fsize)
		return TREE_CODE(TREE_TYPE(field)) == ARRAY_TYPE;
	return bit + size <= at + fsize;
}

/* Is @field a better name than @best for @size bits that both hold? */
static bool is_better(tree best, tree field, HOST_WIDE_INT size)
{
	if (!best || !field_size(best))
		return true;
	return field_size(best) != size && field_size(field) == size;
}

tree field_at(tree type, HOST_WIDE_INT bit, HOST_WIDE_INT size,
	      HOST_WIDE_INT *at)
{
	tree best = NULL_TREE;
	tree f;

	for (f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		HOST_WIDE_INT begin, inner = 0;
		tree found = f;

		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		begin = field_bit(f);
		if (!holds(f, begin, bit, size))
			continue;
		if (!DECL_NAME(f) && RECORD_OR_UNION_TYPE_P(TREE_TYPE(f)))
			found = field_at(TREE_TYPE(f), bit - begin, size,
					 &inner);
		if (!found || !is_better(best, found, size))
			continue;
		best = found;
		*at = begin + inner;
	}
	return best;
}

/* The greatest of @type's members up to @field; *@found: it is among them. */
static HOST_WIDE_INT align_up_to(tree type, tree field, bool *found)
{
	HOST_WIDE_INT most = 0, n;

	for (tree f = TYPE_FIELDS(type); f && !*found; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		n = DECL_USER_ALIGN(f) ? DECL_ALIGN_UNIT(f) : 0;
		*found = f == field;
		if (!DECL_NAME(f) && RECORD_OR_UNION_TYPE_P(TREE_TYPE(f)))
			n = MAX(n, align_up_to(TREE_TYPE(f), field, found));
		most = MAX(most, n);
	}
	return most;
}

HOST_WIDE_INT field_align(tree type, tree field)
{
	bool found = false;

	return align_up_to(type, field, &found);
}
