/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compile lines: read from what "make -n" prints, and made fit for an audit.
 */
#ifndef DMACHECK_CMDLINE_H
#define DMACHECK_CMDLINE_H

#include "util.h"

/* A compile line, as words. */
struct cmdline {
	struct strings word;	/* word.item[0] is the compiler */
	const char *source;	/* the C file, clean */
};

/*
 * Splits the shell command line @text into words, following quotes and
 * backslashes, and calls @f for each of its simple commands, which ";", "|",
 * "&", a newline or a parenthesis end. Nothing is expanded.
 */
typedef void cmdline_command(void *data, struct strings *words);
void cmdline_split(struct arena *arena, const char *text, cmdline_command *f,
		   void *data);

/*
 * Does this command compile one C file to an object file? Fills in @out,
 * whose words are those of @words from the compiler on (ccache and the like
 * are left out).
 */
bool cmdline_compiles(struct arena *arena, const struct strings *words,
		      struct cmdline *out);

/*
 * The words without what an audit has no use for: output and dependency
 * files, the tree's own GCC plugins, sanitizers and profiling, debug
 * information, and what turns warnings into errors. -pg and -mfentry stay,
 * together with the definitions that go with them.
 */
void cmdline_clean(const struct cmdline *in, struct strings *out);

/* Appends @word to @b, quoted for the shell where it needs it. */
void cmdline_quote(struct buffer *b, const char *word);

#endif
