/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a semantic patch prints in report mode, see cocci/README.md:
 *
 *	FILE:LINE:COLUMN-COLUMN: [CLASS] FUNCTION(): SENTENCE
 */
#ifndef DMACHECK_COCCI_REPORT_H
#define DMACHECK_COCCI_REPORT_H

#include "util.h"

struct cocci_report {
	const char *file;
	unsigned int line, col;	/* from 1 */
	unsigned int width;	/* of what the columns hold */
	const char *class, *function;	/* "": none is named */
	const char *sentence;
	unsigned int on_line;	/* "on line N" in the sentence, or 0 */
};

/* Reads one line; false: it is none. Strings are taken from @arena. */
bool cocci_report_read(struct arena *arena, const char *line,
		       struct cocci_report *r);

#endif
