/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dependency file: what the facts of a translation unit were made from.
 *
 * A compiler that is ended after the analysis writes no dependencies of its
 * own, therefore the plugin does.
 */
#ifndef DMACHECK_DEPS_H
#define DMACHECK_DEPS_H

#include "compat.h"

/*
 * Writes "@target: FILE ..." in make syntax to "@target.d": every file that
 * was read, the source first, each once, and @rules, the rules file, unless
 * it is NULL. The file is complete or as it was. -1 and a sentence in @err
 * if it cannot be written.
 */
int deps_write(const char *target, const char *rules, core::error *err);

#endif
