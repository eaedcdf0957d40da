// SPDX-License-Identifier: GPL-2.0-or-later
#include "exported.h"

static const char *const label[] = { "__ksymtab_", "__export_symbol_" };

static void add_labels(hash_set<tree> *names, const char *text)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(label); i++) {
		size_t len = strlen(label[i]), n;
		const char *at = strstr(text, label[i]);

		for (; at; at = strstr(at + n, label[i])) {
			at += len;
			for (n = 0; ISIDNUM(at[n]); n++)
				;
			if (n)
				names->add(get_identifier_with_length(at, n));
		}
	}
}

void find_exported(hash_set<tree> *names)
{
	varpool_node *var;
	asm_node *node;

	for (node = symtab->first_asm_symbol(); node; node = node->next)
		add_labels(names, TREE_STRING_POINTER(node->asm_str));
	FOR_EACH_VARIABLE(var)
		if (DECL_NAME(var->decl))
			add_labels(names,
				   IDENTIFIER_POINTER(DECL_NAME(var->decl)));
}
