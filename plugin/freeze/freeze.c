/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * freeze FILE: the YAML document FILE as C, see rules_thaw.h. It runs when
 * dmacheck is built: a parse of the rules took a good part of each compile.
 */
#include <yaml.h>
#include "rules_thaw.h"

struct freezer {
	yaml_document_t doc;
	unsigned int text, item;	/* written of each */
};

static int load(const char *path, yaml_document_t *doc)
{
	FILE *f = fopen(path, "re");
	yaml_parser_t parser;
	int ok;

	if (!f) {
		perror(path);
		return -1;
	}
	if (!yaml_parser_initialize(&parser)) {
		fprintf(stderr, "freeze: out of memory\n");
		fclose(f);
		return -1;
	}
	yaml_parser_set_input_file(&parser, f);
	ok = yaml_parser_load(&parser, doc);
	if (!ok)
		fprintf(stderr, "%s:%zu:%zu: this is not YAML: %s\n", path,
			parser.problem_mark.line + 1,
			parser.problem_mark.column + 1,
			parser.problem ? parser.problem : "out of memory");
	yaml_parser_delete(&parser);
	fclose(f);
	return ok ? 0 : -1;
}

static void print_text(const yaml_node_t *n)
{
	size_t i;

	if (n->type != YAML_SCALAR_NODE)
		return;
	printf("\"");
	for (i = 0; i < n->data.scalar.length; i++)
		printf("\\%03o", n->data.scalar.value[i]);
	printf("\\000\"\n");
}

static void print_items(const yaml_node_t *n)
{
	const yaml_node_item_t *i;
	const yaml_node_pair_t *p;

	if (n->type == YAML_SEQUENCE_NODE)
		for (i = n->data.sequence.items.start;
		     i < n->data.sequence.items.top; i++)
			printf("%d,\n", *i);
	if (n->type == YAML_MAPPING_NODE)
		for (p = n->data.mapping.pairs.start;
		     p < n->data.mapping.pairs.top; p++)
			printf("%d, %d,\n", p->key, p->value);
}

static void print_node(struct freezer *z, const yaml_node_t *n)
{
	unsigned int style = 0, at = z->item, count = 0;

	switch (n->type) {
	case YAML_SCALAR_NODE:
		style = n->data.scalar.style;
		at = z->text;
		count = (unsigned int)n->data.scalar.length;
		z->text += count + 1;
		break;
	case YAML_SEQUENCE_NODE:
		count = (unsigned int)(n->data.sequence.items.top -
				       n->data.sequence.items.start);
		z->item += count;
		break;
	case YAML_MAPPING_NODE:
		count = (unsigned int)(n->data.mapping.pairs.top -
				       n->data.mapping.pairs.start);
		z->item += 2 * count;
		break;
	default:
		break;
	}
	printf("{ %d, %u, %zu, %zu, %u, %u },\n", n->type, style,
	       n->start_mark.column, n->start_mark.line, at, count);
}

static void print(struct freezer *z)
{
	const yaml_node_t *n;

	printf("/* Generated. */\n#include \"rules_thaw.h\"\n"
	       "const char frozen_text[] = \"\"\n");
	for (n = z->doc.nodes.start; n < z->doc.nodes.top; n++)
		print_text(n);
	printf(";\nconst int frozen_item[] = {\n");
	for (n = z->doc.nodes.start; n < z->doc.nodes.top; n++)
		print_items(n);
	printf("0 };\nconst struct frozen_node frozen_node[] = {\n");
	for (n = z->doc.nodes.start; n < z->doc.nodes.top; n++)
		print_node(z, n);
	printf("{ 0, 0, 0, 0, 0, 0 } };\nconst size_t frozen_nodes = %zu;\n",
	       (size_t)(z->doc.nodes.top - z->doc.nodes.start));
}

int main(int argc, char **argv)
{
	struct freezer z = { .text = 0 };

	if (argc != 2) {
		fprintf(stderr, "usage: freeze FILE\n");
		return 2;
	}
	if (load(argv[1], &z.doc))
		return 1;
	print(&z);
	yaml_document_delete(&z.doc);
	return fflush(stdout) || ferror(stdout);
}
