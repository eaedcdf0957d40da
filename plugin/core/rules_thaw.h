/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The document of the rules that are compiled in, parsed when dmacheck was
 * built (plugin/freeze): tables instead of a text.
 */
#ifndef DMACHECK_RULES_THAW_H
#define DMACHECK_RULES_THAW_H

#include <stddef.h>
#include <yaml.h>
#include "arena.h"

struct frozen_node {
	unsigned char type, style;	/* as in yaml_node_t */
	unsigned short col;		/* from 0 */
	unsigned int line;		/* from 0 */
	unsigned int at;		/* in frozen_text or frozen_item */
	unsigned int n;			/* bytes, items or pairs */
};

extern const char frozen_text[];
extern const int frozen_item[];		/* numbers of nodes, from 1 */
extern const struct frozen_node frozen_node[];
extern const size_t frozen_nodes;

/*
 * Makes @doc what yaml_parser_load() would make of the rules compiled in, as
 * far as this directory asks. It lives in @arena: do not delete the document,
 * do not write to it.
 */
void rules_thaw(struct arena *arena, yaml_document_t *doc);

#endif
