// SPDX-License-Identifier: GPL-2.0-or-later
#include "rules_thaw.h"

static void thaw(yaml_node_t *to, const struct frozen_node *from)
{
	yaml_node_item_t *item = (yaml_node_item_t *)&frozen_item[from->at];
	yaml_node_pair_t *pair = (yaml_node_pair_t *)item;

	to->type = (yaml_node_type_t)from->type;
	to->start_mark.line = from->line;
	to->start_mark.column = from->col;
	switch (to->type) {
	case YAML_SCALAR_NODE:
		to->data.scalar.value = (yaml_char_t *)&frozen_text[from->at];
		to->data.scalar.length = from->n;
		to->data.scalar.style = (yaml_scalar_style_t)from->style;
		break;
	case YAML_SEQUENCE_NODE:
		to->data.sequence.items.start = item;
		to->data.sequence.items.top = item + from->n;
		break;
	case YAML_MAPPING_NODE:
		to->data.mapping.pairs.start = pair;
		to->data.mapping.pairs.top = pair + from->n;
		break;
	default:
		break;
	}
}

void rules_thaw(struct arena *arena, yaml_document_t *doc)
{
	yaml_node_t *node = arena_alloc(arena, frozen_nodes * sizeof(*node));
	size_t i;

	for (i = 0; i < frozen_nodes; i++)
		thaw(&node[i], &frozen_node[i]);
	doc->nodes.start = node;
	doc->nodes.end = doc->nodes.top = node + frozen_nodes;
}
