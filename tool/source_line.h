/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of the sources, by which the findings of two engines are told to be
 * of one thing.
 */
#ifndef DMACHECK_SOURCE_LINE_H
#define DMACHECK_SOURCE_LINE_H

#include "util.h"

/* Reads files of a tree; the last one is kept. Begin with zeroes. */
struct source_lines {
	const char *root;	/* real path of the tree */
	struct arena *file;	/* of the one that is kept */
	const char *path, *text;
};

/*
 * Line @line of the file @path of the tree, without blanks at its ends and
 * with one space for others, in @arena; "" if there is no such line.
 */
const char *source_line(struct source_lines *s, struct arena *arena,
			const char *path, unsigned int line);

/* @width characters of it from column @col on, from 1; "": it is shorter. */
const char *source_word(struct source_lines *s, struct arena *arena,
			const char *path, unsigned int line, unsigned int col,
			unsigned int width);

void source_lines_free(struct source_lines *s);

#endif
