/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statements: one of GIMPLE becomes no, one or two events.
 */
#ifndef DMACHECK_LOWER_STMT_H
#define DMACHECK_LOWER_STMT_H

#include "body.h"

/* Appends an event of @kind, all else unset, and returns it until the next
 * one is appended. */
core::event *body_event(struct body *b, enum core::event_kind kind,
			location_t where);

/*
 * Appends what @s does, which does not end a block, to b->events. Asm
 * statements yield values without a name; an "asm goto" does here as well.
 */
void body_stmt(struct body *b, gimple *s);

#endif
