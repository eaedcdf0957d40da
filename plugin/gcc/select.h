/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which functions of a translation unit can matter to ownership.
 *
 * Those of the driver that call a function of the DMA API, directly or not
 * (their callers' callers too), or use what it yields (select_use.h), and the
 * driver's functions that all of these call. A function is the driver's if it
 * was not written in one of the kernel's include directories; functions the
 * rules know are never looked into.
 */
#ifndef DMACHECK_SELECT_H
#define DMACHECK_SELECT_H

#include "compat.h"

/* Is the file the driver's: not in the kernel's include directories? */
bool is_drivers_file(const char *path);

/*
 * Appends the functions that matter to @chosen, ordered by their place in
 * the source: those of the driver, and the header functions they call that
 * only access a member; and where callbacks are registered. Nothing is
 * appended if the unit calls no API of kind acquire, release, test, sync,
 * address or mask.
 */
void select_functions(const core::rules *r, vec<cgraph_node *> *chosen);

/*
 * Appends to @chosen, which is not empty, the callbacks of u->ops that end
 * something, as @r has it, and what they call.
 */
void select_ends(const core::rules *r, const core::unit *u,
		 vec<cgraph_node *> *chosen);

/*
 * Appends to @aside the driver's other functions, in the same order: they
 * cannot own anything, but handlers and callbacks among them use what others
 * release. With @all, also the header functions they call that only access a
 * member: what another unit defines may yet make them matter.
 */
void select_asides(const core::rules *r, const vec<cgraph_node *> &chosen,
		   bool all, vec<cgraph_node *> *aside);

/*
 * Appends to @outside the functions that those of @chosen call, that have no
 * body in this unit and are the driver's own: not declared in the kernel's
 * include directories, not built into the compiler, not known to @r.
 */
void select_outside(const core::rules *r, const vec<cgraph_node *> &chosen,
		    vec<cgraph_node *> *outside);

#endif
