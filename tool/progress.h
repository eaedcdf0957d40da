/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A progress bar on a terminal's line; silent where there is no terminal.
 */
#ifndef DMACHECK_PROGRESS_H
#define DMACHECK_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

struct progress {
	FILE *out;
	bool shown;		/* out is a terminal */
	double began, drawn;	/* seconds of the monotonic clock */
};

/* @tty: is @out a terminal? */
void progress_begin(struct progress *p, FILE *out, bool tty);

/*
 * Draws "[####    ] 580/1196  48 %  2 failed  1:12 left", at most ten times a
 * second, but always when @done is @total. A @total of 0 draws @what alone.
 */
void progress_show(struct progress *p, const char *what, unsigned int done,
		   unsigned int total, unsigned int failed);

/* Clears the line. */
void progress_end(struct progress *p);

/* Seconds of the monotonic clock. */
double now(void);

#endif
