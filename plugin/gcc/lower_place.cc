// SPDX-License-Identifier: GPL-2.0-or-later
#include "lower_place.h"
#include "lower_type.h"
#include "lower_value.h"
#include "select.h"

using core::term;

/* Global data without a name are the compiler's copies of constants. */
static const term *decl_address(struct body *b, tree decl)
{
	const char *name;

	switch (TREE_CODE(decl)) {
	case VAR_DECL:
		if (!TREE_STATIC(decl) && !DECL_EXTERNAL(decl))
			return body_local(b, decl);
		/* fall through */
	case FUNCTION_DECL:
		name = decl_name(b->arena, decl);
		if (!name)
			return core::term_unknown(b->terms);
		return core::term_global(b->terms, name);
	case PARM_DECL:
	case RESULT_DECL:
		return body_local(b, decl);
	default:
		return core::term_unknown(b->terms);
	}
}

static const term *add(struct body *b, const term *x, HOST_WIDE_INT n)
{
	if (!n)
		return x;
	return core::term_op(b->terms, core::OP_ADD, x,
			     core::term_const(b->terms, n), NULL);
}

/* The tag of a struct; notes those that the driver defines itself. */
static const char *struct_tag(struct body *b, tree type)
{
	const char *tag = type_tag(b->arena, type);
	tree decl = TYPE_STUB_DECL(TYPE_MAIN_VARIANT(type));

	if (!tag || !decl || b->last_struct == type)
		return tag;
	b->last_struct = type;
	if (is_drivers_file(DECL_SOURCE_FILE(decl)))
		core::unit_add_struct(b->unit, tag);
	return tag;
}

/* Members of anonymous members count as the outer object's. Returns its type,
 * and moves *@object and *@bit there. */
static tree outer_object(tree *object, HOST_WIDE_INT *bit)
{
	tree type = TREE_TYPE(*object);

	while (*bit >= 0 && TREE_CODE(*object) == COMPONENT_REF &&
	       !DECL_NAME(TREE_OPERAND(*object, 1))) {
		HOST_WIDE_INT outer = field_bit(TREE_OPERAND(*object, 1));

		type = DECL_CONTEXT(TREE_OPERAND(*object, 1));
		*object = TREE_OPERAND(*object, 0);
		*bit = outer < 0 ? outer : *bit + outer;
	}
	if (*bit < 0)
		*bit = 0;
	return type;
}

/* What may hold data, not pointers to them: a buffer is among these. */
static bool may_be_buffer(tree field)
{
	tree type = TREE_TYPE(field);

	return DECL_NAME(field) && type_size(type) > 0 &&
	       (TREE_CODE(type) == ARRAY_TYPE || INTEGRAL_TYPE_P(type) ||
		RECORD_OR_UNION_TYPE_P(type));
}

static void note_member(struct body *b, tree ref)
{
	tree field = TREE_OPERAND(ref, 1), object = TREE_OPERAND(ref, 0);
	HOST_WIDE_INT bit = field_bit(field);
	core::member m;
	tree type;

	if (bit < 0 || !may_be_buffer(field))
		return;
	type = outer_object(&object, &bit);
	m.type = type_tag(b->arena, type);
	if (!m.type)
		return;
	m.name = decl_name(b->arena, field);
	m.offset = bit / BITS_PER_UNIT;
	for (unsigned int i = 0; i < b->members.length(); i++)
		if (b->members[i].type == m.type &&
		    b->members[i].name == m.name &&
		    b->members[i].offset == m.offset)
			return;
	m.size = type_size(TREE_TYPE(field));
	m.align = field_align(type, field);
	b->members.safe_push(m);
}

void body_note_members(struct body *b, tree ref)
{
	for (; handled_component_p(ref); ref = TREE_OPERAND(ref, 0))
		if (TREE_CODE(ref) == COMPONENT_REF)
			note_member(b, ref);
}

const term *body_member_address(struct body *b, tree object, tree field,
				HOST_WIDE_INT bit)
{
	tree type = outer_object(&object, &bit);

	return core::term_field(b->terms, body_address(b, object),
				struct_tag(b, type),
				decl_name(b->arena, field),
				bit / BITS_PER_UNIT);
}

/* Only casts of integers that keep all bits. */
static tree strip_casts(tree x)
{
	while (TREE_CODE(x) == SSA_NAME) {
		gimple *def = SSA_NAME_DEF_STMT(x);
		tree from;

		if (!is_gimple_assign(def) ||
		    !CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(def)))
			break;
		from = gimple_assign_rhs1(def);
		if (!INTEGRAL_TYPE_P(TREE_TYPE(from)) ||
		    TYPE_PRECISION(TREE_TYPE(from)) >
		    TYPE_PRECISION(TREE_TYPE(x)))
			break;
		x = from;
	}
	return x;
}

/* A constant of any unsigned type, read as signed: sizetype wraps. */
static bool signed_const(tree x, HOST_WIDE_INT *value)
{
	if (TREE_CODE(x) != INTEGER_CST ||
	    TYPE_PRECISION(TREE_TYPE(x)) > HOST_BITS_PER_WIDE_INT)
		return false;
	*value = sext_hwi(TREE_INT_CST_LOW(x), TYPE_PRECISION(TREE_TYPE(x)));
	return true;
}

/* Is @x = @index * @scale + @rest, or @index * @scale? */
static bool scaled(tree x, tree *index, HOST_WIDE_INT *scale,
		   HOST_WIDE_INT *rest)
{
	gimple *def;
	HOST_WIDE_INT n;

	x = strip_casts(x);
	if (TREE_CODE(x) != SSA_NAME)
		return false;
	def = SSA_NAME_DEF_STMT(x);
	if (!is_gimple_assign(def) || gimple_num_ops(def) != 3 ||
	    !signed_const(gimple_assign_rhs2(def), &n))
		return false;
	switch (gimple_assign_rhs_code(def)) {
	case MULT_EXPR:
		*scale = n;
		break;
	case LSHIFT_EXPR:
		if (n < 0 || n > 30)
			return false;
		*scale = HOST_WIDE_INT_1 << n;
		break;
	case PLUS_EXPR:
		if (!scaled(gimple_assign_rhs1(def), index, scale, rest))
			return false;
		*rest += n;
		return true;
	default:
		return false;
	}
	*index = strip_casts(gimple_assign_rhs1(def));
	*rest = 0;
	return *scale > 1;
}

const term *body_pointer_plus(struct body *b, tree pointer, tree offset)
{
	tree pointee = TREE_TYPE(TREE_TYPE(pointer));
	HOST_WIDE_INT size = VOID_TYPE_P(pointee) ? 0 : type_size(pointee);
	HOST_WIDE_INT n, rest;
	const term *base = body_value(b, pointer);
	const term *index;
	tree i;

	if (signed_const(offset, &n)) {
		if (size < 1 || n % size || (size == 1 && n < 0))
			return add(b, base, n);
		return core::term_elem(b->terms, base,
				       core::term_const(b->terms, n / size),
				       size);
	}
	if (scaled(offset, &i, &n, &rest) &&
	    (size <= 1 || n % size == 0) && rest % n == 0) {
		index = body_value(b, i);
		return core::term_elem(b->terms, base,
				       add(b, index, rest / n), n);
	}
	if (size == 1)
		return core::term_elem(b->terms, base, body_value(b, offset),
				       1);
	return core::term_op(b->terms, core::OP_ADD, base,
			     body_value(b, offset), NULL);
}

/* Descends from an object of @type at @base to @bit, where @want is. */
static const term *descend(struct body *b, const term *base, tree type,
			   HOST_WIDE_INT bit, tree want)
{
	HOST_WIDE_INT size = type_size(want) * BITS_PER_UNIT;
	const term *whole = base;
	HOST_WIDE_INT offset = bit / BITS_PER_UNIT;

	while (bit || TYPE_MAIN_VARIANT(type) != TYPE_MAIN_VARIANT(want)) {
		HOST_WIDE_INT at = 0, each;
		tree field;

		if (RECORD_OR_UNION_TYPE_P(type)) {
			field = field_at(type, bit, size, &at);
			if (!field || !DECL_NAME(field))
				return add(b, whole, offset);
			base = core::term_field(b->terms, base,
						struct_tag(b, type),
						decl_name(b->arena, field),
						at / BITS_PER_UNIT);
			type = TREE_TYPE(field);
			bit -= at;
		} else if (TREE_CODE(type) == ARRAY_TYPE) {
			each = type_size(TREE_TYPE(type)) * BITS_PER_UNIT;
			if (!each)
				return add(b, whole, offset);
			base = core::term_elem(b->terms, base,
					       core::term_const(b->terms,
								bit / each),
					       each / BITS_PER_UNIT);
			type = TREE_TYPE(type);
			bit %= each;
		} else {
			break;
		}
	}
	if (bit || type_size(type) * BITS_PER_UNIT != size)
		return add(b, whole, offset);
	return base;
}

static const term *mem_address(struct body *b, tree ref)
{
	tree pointer = TREE_OPERAND(ref, 0);
	tree type = TREE_TYPE(ref);
	tree pointee = TREE_TYPE(TREE_TYPE(pointer));
	HOST_WIDE_INT offset = TREE_INT_CST_LOW(TREE_OPERAND(ref, 1));
	const term *base = body_value(b, pointer);
	HOST_WIDE_INT size;

	if (TREE_CODE(pointer) == ADDR_EXPR)
		pointee = TREE_TYPE(TREE_OPERAND(pointer, 0));
	if (VOID_TYPE_P(pointee))
		return add(b, base, offset);
	if (RECORD_OR_UNION_TYPE_P(pointee) || TREE_CODE(pointee) == ARRAY_TYPE)
		return offset < 0 ? add(b, base, offset) :
		       descend(b, base, pointee, offset * BITS_PER_UNIT, type);
	size = type_size(pointee);
	if (!offset || !size || offset % size || size != type_size(type))
		return add(b, base, offset);
	return core::term_elem(b->terms, base,
			       core::term_const(b->terms, offset / size),
			       size);
}

/* The text of a STRING_CST need not end in a zero. */
static const term *string_address(struct body *b, tree string)
{
	const char *text = core::arena_strndup(b->arena,
					       TREE_STRING_POINTER(string),
					       TREE_STRING_LENGTH(string));

	return core::term_string(b->terms, text);
}

const term *body_address(struct body *b, tree ref)
{
	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		return body_member_address(b, TREE_OPERAND(ref, 0),
					   TREE_OPERAND(ref, 1),
					   field_bit(TREE_OPERAND(ref, 1)));
	case ARRAY_REF:
		return core::term_elem(b->terms,
				       body_address(b, TREE_OPERAND(ref, 0)),
				       body_value(b, TREE_OPERAND(ref, 1)),
				       type_size(TREE_TYPE(ref)));
	case MEM_REF:
		return mem_address(b, ref);
	case BIT_FIELD_REF:
	case REALPART_EXPR:
	case IMAGPART_EXPR:
	case VIEW_CONVERT_EXPR:
	case WITH_SIZE_EXPR:
		return body_address(b, TREE_OPERAND(ref, 0));
	case STRING_CST:
		return string_address(b, ref);
	default:
		return DECL_P(ref) ? decl_address(b, ref) :
				     core::term_unknown(b->terms);
	}
}

/* Members and typedefs keep their names in the declaration only. */
const char *body_object_type(struct body *b, tree ref)
{
	const char *word;
	tree pointee;

	if (TREE_CODE(ref) == COMPONENT_REF)
		return type_word(b->arena, TREE_TYPE(TREE_OPERAND(ref, 1)));
	word = type_word(b->arena, TREE_TYPE(ref));
	if (word)
		return word;
	if (TREE_CODE(ref) == ARRAY_REF)
		return type_word(b->arena,
				 TREE_TYPE(TREE_TYPE(TREE_OPERAND(ref, 0))));
	if (TREE_CODE(ref) != MEM_REF)
		return NULL;
	pointee = TREE_TYPE(TREE_TYPE(TREE_OPERAND(ref, 0)));
	if (!INTEGRAL_TYPE_P(pointee) ||
	    TYPE_MAIN_VARIANT(pointee) != TYPE_MAIN_VARIANT(TREE_TYPE(ref)))
		return NULL;
	return type_word(b->arena, pointee);
}
