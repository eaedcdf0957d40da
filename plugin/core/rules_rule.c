// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: what is said, and who translates addresses. */
#include <string.h>
#include "rules_node.h"

/* One of: spi_transfer.rx_buf = buffer_in perhaps */
static int read_member(struct reader *rd, yaml_node_t *n, void *to)
{
	struct mapped_member *m = &rd->r->member[rd->r->nmembers];
	const char *text = node_text(rd, n), *dot, *eq, *end;
	int role;

	(void)to;
	if (!text)
		return -1;
	dot = strchr(text, '.');
	eq = strstr(text, " = ");
	if (!dot || !eq || dot > eq)
		return rules_mistake(&rd->src, node_mark(n), "a member is "
				     "written \"urb.setup_packet = "
				     "buffer_out\"");
	end = eq + 3 + strcspn(eq + 3, " ");
	role = role_from_name(eq + 3, (size_t)(end - eq - 3));
	m->perhaps = !strcmp(end, " perhaps");
	if ((role != ROLE_BUFFER && role != ROLE_BUFFER_IN &&
	     role != ROLE_BUFFER_OUT) || (*end && !m->perhaps))
		return rules_mistake(&rd->src, node_mark(n), "\"%s\" is not "
				     "buffer, buffer_in or buffer_out, and "
				     "perhaps", eq + 3);
	m->role = (enum role)role;
	m->type = arena_strndup(rd->r->arena, text, (size_t)(dot - text));
	m->name = arena_strndup(rd->r->arena, dot + 1,
				(size_t)(eq - dot - 1));
	rd->r->nmembers++;
	return 0;
}

int rules_read_members(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	rd->r->member = arena_alloc(rd->r->arena, (node_length(n) + 1) *
				    sizeof(*rd->r->member));
	return node_read_list(rd, n, to, read_member);
}

static int read_implementer(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);

	(void)to;
	if (!text)
		return -1;
	if (rules_implements(rd->r, text))
		return rules_mistake(&rd->src, node_mark(n),
				     "\"%s\" is here twice", text);
	rd->r->implementer[rd->r->nimplementers++] =
		arena_strdup(rd->r->arena, text);
	return 0;
}

int rules_read_implementers(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	rd->r->implementer = arena_alloc(rd->r->arena, (node_length(n) + 1) *
					 sizeof(*rd->r->implementer));
	return node_read_list(rd, n, to, read_implementer);
}

static int read_confidence(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const names[] = { "low", "medium", "high" };
	int i = node_choose(rd, n, "confidence", names, 3);

	if (i < 0)
		return -1;
	*(enum confidence *)to = (enum confidence)i;
	return 0;
}

static int read_id(struct reader *rd, yaml_node_t *n, void *to)
{
	const char *text = node_text(rd, n);
	size_t good;

	if (!text)
		return -1;
	good = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (strncmp(text, "dma-", 4) || text[good] || !text[4])
		return rules_mistake(&rd->src, node_mark(n), "a rule's id is its "
				     "-W name: \"dma-\" and small letters");
	if (rules_rule(rd->r, text))
		return rules_mistake(&rd->src, node_mark(n),
				     "there is a rule \"%s\" already", text);
	return node_read_text(rd, n, to);
}

static int read_message(struct reader *rd, yaml_node_t *n, void *to)
{
	static const char *const known[] = { "{place}", "{noun}", "{api}",
					     "{other}", "{value}", "{wanted}" };
	const char *text = node_text(rd, n), *p;
	struct mark at = node_text_mark(n);
	unsigned int i;

	if (!text)
		return -1;
	for (p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
		for (i = 0; i < 6; i++)
			if (!strncmp(p, known[i], strlen(known[i])))
				break;
		at.col = node_text_mark(n).col + (unsigned int)(p - text);
		if (i == 6)
			return rules_mistake(&rd->src, at, "a message knows "
				"{place} {noun} {api} {other} {value} {wanted} "
				"only");
	}
	return node_read_text(rd, n, to);
}

#define RULE(field) offsetof(struct rule, field)

static const struct key rule_keys[] = {
	{ "id", true, read_id, RULE(id) },
	{ "class", true, node_read_text, RULE(class) },
	{ "cwe", false, node_read_number, RULE(cwe) },
	{ "confidence", true, read_confidence, RULE(confidence) },
	{ "message", true, read_message, RULE(message) },
	{ "debug", false, node_read_text, RULE(debug) },
	{ "contract", true, node_read_text, RULE(contract) },
	{ "why", true, node_read_text, RULE(why) },
	{ "bad", true, node_read_text, RULE(bad) },
	{ "good", true, node_read_text, RULE(good) },
	{ NULL, false, NULL, 0 },
};

static int read_rule(struct reader *rd, yaml_node_t *n, void *to)
{
	struct rule *rule = &rd->r->rule[rd->r->nrules];

	(void)to;
	if (node_read_map(rd, n, rule_keys, rule))
		return -1;
	rd->r->nrules++;
	return 0;
}

int rules_read_rules(struct reader *rd, yaml_node_t *n, void *to)
{
	if (node_want(rd, n, YAML_SEQUENCE_NODE))
		return -1;
	rd->r->rule = arena_alloc(rd->r->arena, (node_length(n) + 1) *
				  sizeof(*rd->r->rule));
	return node_read_list(rd, n, to, read_rule);
}
