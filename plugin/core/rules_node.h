/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading typed values out of the YAML document of the rules.
 *
 * Every function here that fails has set "file:line:column: sentence". A
 * reader function reads the value @n into @to, and returns 0 or -1.
 */
#ifndef DMACHECK_RULES_NODE_H
#define DMACHECK_RULES_NODE_H

#include <yaml.h>
#include "rules_private.h"

/* The document, and the rules it becomes. */
struct reader {
	struct source src;
	yaml_document_t doc;
	struct rules *r;
	unsigned int capacity;		/* of r->api and mark */
	struct mark *mark;		/* of each api */
	struct mark *family_mark;	/* of each family */
	struct mark *callback_mark;	/* of each callback */
};

/* One key that a mapping may have, and who reads its value. */
struct key {
	const char *name;		/* NULL ends the table */
	bool required;
	int (*read)(struct reader *rd, yaml_node_t *n, void *to);
	size_t offset;			/* of the value in what is read */
};

/* Where @n stands, and where the text of the scalar @n begins. */
struct mark node_mark(const yaml_node_t *n);
struct mark node_text_mark(const yaml_node_t *n);

yaml_node_t *node_at(struct reader *rd, int number);

/* 0 if @n is of @type, else -1. */
int node_want(struct reader *rd, yaml_node_t *n, yaml_node_type_t type);

/* The text of a scalar that is not empty, or NULL; lives in the document. */
const char *node_text(struct reader *rd, yaml_node_t *n);

/* Readers; @to is a const char *, a bool, an unsigned int. */
int node_read_text(struct reader *rd, yaml_node_t *n, void *to);
int node_read_bool(struct reader *rd, yaml_node_t *n, void *to);
int node_read_number(struct reader *rd, yaml_node_t *n, void *to);

/* The index of @n's word in the @count @names, or -1: it "is no @what". */
int node_choose(struct reader *rd, yaml_node_t *n, const char *what,
		const char *const *names, int count);

/* The value of key @name in the mapping @map, or NULL without a sentence. */
yaml_node_t *node_value(struct reader *rd, yaml_node_t *map, const char *name);

/* -1 if a key of the mapping @map is no word, or is there twice. */
int node_check_keys(struct reader *rd, yaml_node_t *map);

/*
 * Reads the mapping @map into @to, in the order of @keys, whatever the order
 * in the file: families come before the functions that point to them.
 */
int node_read_map(struct reader *rd, yaml_node_t *map, const struct key *keys,
		  void *to);

/* Hands each item of the list @list to @read with @to. */
int node_read_list(struct reader *rd, yaml_node_t *list, void *to,
		   int (*read)(struct reader *rd, yaml_node_t *n, void *to));

/* Number of items of a list. */
unsigned int node_length(const yaml_node_t *list);

/* A set of enum ctx_part by its name, into an unsigned int. */
int rules_read_context(struct reader *rd, yaml_node_t *n, void *to);
/* The section "callbacks". */
int rules_read_callbacks(struct reader *rd, yaml_node_t *n, void *to);
/* Joins them to their functions, when these can be looked up. */
int rules_join_callbacks(struct reader *rd);

/* Readers of lists into reader->r: rules_rule.c, rules_lifecycle.c. */
int rules_read_companions(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_consumers(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_members(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_lifecycles(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_implementers(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_segment_limits(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_long_segments(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_rules(struct reader *rd, yaml_node_t *n, void *to);

/* Reader of "quiescence": rules_order.c. */
int rules_read_quiescence(struct reader *rd, yaml_node_t *n, void *to);

/* Readers of the lists of members and makers: rules_member.c. */
int rules_read_class_devices(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_device_makers(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_mapped_members(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_physical_takers(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_dma_members(struct reader *rd, yaml_node_t *n, void *to);
int rules_read_fresh_lists(struct reader *rd, yaml_node_t *n, void *to);

#endif
