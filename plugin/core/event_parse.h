/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of unit_parse() share: where the parser is, and the steps
 * that move it along a line. Steps return 0, or -1 and a sentence; they skip
 * blanks before what they read.
 */
#ifndef DMACHECK_EVENT_PARSE_H
#define DMACHECK_EVENT_PARSE_H

#include "event.h"

/* A register of a larger number is taken for a mistake, not for memory. */
#define REGS_MAX (1u << 20)

/* A phi as it was read: its values still carry labels. */
struct labels {
	unsigned int block, phi, line, n;
	unsigned int *label;
};

struct parser {
	struct arena *arena;
	struct error *err;
	struct unit *u;
	const unsigned int *file;	/* numbers in u by those of the text;
					 * NULL: they are the same */
	unsigned int nfiles;
	const char *at;			/* in the current line */
	unsigned int line;
	struct function *f;		/* NULL: outside of a function */
	struct block *b;		/* NULL: before the first block */
	bool ended;			/* the block has its last event */
	unsigned int room;		/* of f->reg */
	struct labels *labels;
	unsigned int nlabels;
};

int parse_number(struct parser *p, unsigned int *n);
int parse_name(struct parser *p, const char **s);
int parse_term(struct parser *p, const struct term **x);

/* "%5". */
int parse_reg(struct parser *p, int *reg);

/*
 * Three numbers joined by colons. Without them returns 1 and leaves @loc and
 * the parser as they are.
 */
int parse_loc(struct parser *p, struct loc *loc);

/* Is the next word @word, the next character @c? Then moves behind it. */
bool parse_word(struct parser *p, const char *word);
bool parse_mark(struct parser *p, char c);

/* "@what before ..." as the error; returns -1. */
int parse_missing(struct parser *p, const char *what);

/* Lines of a block; the first word of each is read already. */
int parse_block(struct parser *p);
int parse_phi(struct parser *p);
int parse_event(struct parser *p, enum event_kind kind);

/* The line that ends a function: verifies it and adds it to the unit. */
int parse_end(struct parser *p);

#endif
