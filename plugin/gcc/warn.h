/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings as warnings of the compiler: with CWE, option tag and the path in
 * numbered events, so that all of -fdiagnostics-* applies.
 */
#ifndef DMACHECK_WARN_H
#define DMACHECK_WARN_H

#include "places.h"

struct warn_options {
	enum core::confidence level;	/* the lowest that is shown */
	const char *const *disabled;	/* ids of rules that are not */
	unsigned int ndisabled;
	bool error;			/* findings are errors */
	/*
	 * Called before and, with NULL, after each finding is printed: the
	 * compiler asks a hook without context for the tag in brackets.
	 */
	void (*tag)(const char *id);
};

/* Prints those findings of @res, about @u, that @o asks for, and returns how
 * many; @places is from the lowering of @u. */
unsigned int warn_findings(const core::result *res, const core::unit *u,
			   const struct places *places,
			   const struct warn_options *o);

#endif
