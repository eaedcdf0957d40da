/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The compiler's headers and the core's, side by side.
 *
 * Every file that sees GCC includes this one first and no GCC header itself,
 * so that what differs between releases of GCC is found here. Written for
 * and tried on GCC 12.
 *
 * The core is C and has names that GCC has too (struct function), therefore
 * all of it is seen here as core::NAME. The symbols stay those of C. The
 * member "class" of the core's struct rule is a keyword in C++ and is called
 * class_name here.
 */
#ifndef DMACHECK_COMPAT_H
#define DMACHECK_COMPAT_H

/* before GCC makes macros of words that it uses */
#include <jansson.h>

/* in an order that GCC's own dependencies dictate */
#include "gcc-plugin.h"
#include "plugin-version.h"
#include "tree.h"
#include "tree-pass.h"
#include "context.h"
#include "pass_manager.h"
#include "function.h"
#include "basic-block.h"
#include "cfg.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "gimple-pretty-print.h"
#include "ssa.h"
#include "stringpool.h"
#include "attribs.h"
#include "cgraph.h"
#include "tree-cfg.h"
#include "cfghooks.h"
#include "internal-fn.h"
#include "diagnostic.h"
#include "diagnostic-path.h"
#include "diagnostic-metadata.h"
#include "gcc-rich-location.h"
#include "intl.h"
#include "toplev.h"
#include "opts.h"

/* what the core's headers include must not end up in its namespace */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

namespace core {
extern "C" {
#define class class_name
#include "error.h"
#include "event.h"
#include "rules.h"
#include "finding.h"
#include "facts.h"
#undef class
}
}

/*
 * Internals that are known to differ in other releases: the option_name hook
 * and the path events of diagnostics, the names of SSA and CFG accessors.
 */
#if BUILDING_GCC_VERSION < 12000 || BUILDING_GCC_VERSION >= 13000
#error "dmacheck is written for the plugin interface of GCC 12"
#endif

#endif
