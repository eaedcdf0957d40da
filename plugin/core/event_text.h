/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of the text form that printing and reading share. The form
 * itself is described in event.h.
 */
#ifndef DMACHECK_EVENT_TEXT_H
#define DMACHECK_EVENT_TEXT_H

#include <stddef.h>
#include "event.h"

/* By enum ret_kind and by enum event_kind; NULL ends them. */
extern const char *const event_ret_names[];
extern const char *const event_names[];

/* A word of the function line, and the bool that it sets. */
struct function_flag {
	const char *name;
	size_t offset;			/* in struct function */
};

/* NULL as a name ends them. */
extern const struct function_flag function_flags[];

static inline bool *function_flag(const struct function *f,
				  const struct function_flag *flag)
{
	return (bool *)((char *)f + flag->offset);
}

#endif
