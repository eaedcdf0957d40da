/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that the text forms of terms and events are made of: names and
 * numbers, separated by blanks, within one line.
 *
 * A name is written as it is, except that blanks, parentheses, quotes, "#",
 * backslashes and what is not printable ASCII become \xNN, and the empty
 * name becomes \e. "-" stands for no name.
 *
 * The readers take a pointer to a position in a line. They skip blanks, read
 * and move the position behind what they read; none goes past the line's
 * end. On failure they leave a sentence in @err.
 */
#ifndef DMACHECK_TEXT_H
#define DMACHECK_TEXT_H

#include <stdint.h>
#include <stdio.h>
#include "arena.h"
#include "error.h"

/* Skips spaces and tabs. */
void text_blanks(const char **at);

/* Writes @name; NULL as "-". */
void text_print_name(FILE *out, const char *name);

/* The name at @at, interned in @a, or NULL. "-" is returned as it is. */
const char *text_name(struct arena *a, const char **at, struct error *err);

/* As text_name(), but NULL for "-"; -1 if there is no name. */
int text_optional(struct arena *a, const char **at, const char **name,
		  struct error *err);

/* A decimal number; -1 if there is none or it does not fit. */
int text_number(const char **at, int64_t *value, struct error *err);
int text_unsigned(const char **at, unsigned int *value, struct error *err);

/* The byte that the escape at *@at ("\...") stands for; 0 for "\e", the
 * empty one; -1 if it is none. */
int text_escape(const char **at);

#endif
