/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of linking share. Private to the core.
 *
 *	link_read.c	collected facts become bodies
 *	link_text.c	names in text forms, and in what is shown
 *	link.c		which body a name means, and which bodies matter
 */
#ifndef DMACHECK_LINK_PRIVATE_H
#define DMACHECK_LINK_PRIVATE_H

#include "event.h"
#include "hash.h"
#include "link.h"

/* Behind a name that is not the only one of its text: the file's number. */
#define LINK_MARK '`'

/* A function as it was collected. */
struct body {
	const char *name;		/* interned; with its mark, if any */
	const char *plain;		/* interned; as the source has it */
	const char *file;		/* interned; where it is written */
	unsigned int line, input;
	bool is_static, exported;
	bool owner, chosen, taken;
	bool aside;			/* as its own unit sees it */
	bool entry;			/* imported, and the module calls it */
	const char **call;		/* interned, ends with NULL */
	const char *text;		/* its text form */
	struct body *same;		/* of the same header, seen before */
	UT_hash_handle hh;		/* by name */
};

/* A name that stands for another in one input. */
struct renaming {
	const char *from, *to;
};

struct input {
	const struct link_input *in;
	unsigned int *file;		/* numbers in the linked unit */
	unsigned int nfiles;
	struct body **body;
	unsigned int nbodies;
	struct renaming *renaming;
	unsigned int nrenamings;
	struct ops *ops;
	unsigned int nops;
	const char **outside;
	unsigned int noutside;
};

struct linker {
	struct arena *a;
	const struct rules *r;
	struct linked *out;
	struct input *input;
	unsigned int n, current;
	struct body *by_name;		/* of those that are visible, or the
					 * first of their name */
};

/* Reads input number k->current. */
int link_read(struct linker *k, struct error *err);

/* May the character be part of a name of C? */
bool link_is_word(char c);

/* The text form @text of a function with the input's renamings. */
const char *link_rename(struct linker *k, const struct input *in,
			const char *text);

#endif
