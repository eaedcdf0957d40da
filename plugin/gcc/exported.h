/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which symbols does this translation unit export to other modules?
 *
 * EXPORT_SYMBOL() is assembly outside of any function with a label that ends
 * in the symbol's name: "__ksymtab_NAME" up to Linux 6.4, "__export_symbol_NAME"
 * later; or, on architectures without relative relocations, a variable of the
 * first name (include/linux/export.h).
 */
#ifndef DMACHECK_EXPORTED_H
#define DMACHECK_EXPORTED_H

#include "compat.h"

/* Adds the identifiers of the exported symbols to @names. */
void find_exported(hash_set<tree> *names);

#endif
