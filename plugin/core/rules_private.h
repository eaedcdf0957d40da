/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the rules loader share; nobody else includes this.
 *
 *	rules.c		load, free, look up
 *	rules_yaml.c	the YAML document becomes families and functions
 *	rules_rule.c	... and rules and implementers
 *	rules_segment.c	... and segments
 *	rules_context.c	... and contexts and callbacks
 *	rules_member.c	... and lists of members
 *	rules_lifecycle.c ... and callbacks that begin and end levels
 *	rules_thaw.c	the document that was parsed when dmacheck was built
 *	rules_node.c	typed values out of the document
 *	rules_call.c	one call such as "cpu = f(dev, size)" becomes an api
 */
#ifndef DMACHECK_RULES_PRIVATE_H
#define DMACHECK_RULES_PRIVATE_H

#include "rules.h"

/* The text of rules.yaml that was compiled in, made by the Makefile. */
extern const char rules_builtin[];
extern const size_t rules_builtin_len;

/* A place in the text, both from 1. */
struct mark {
	unsigned int line, col;
};

/* What is being read, for "file:line:column: sentence". */
struct source {
	const char *path;
	struct error *err;
};

/* Sets the sentence with @at before it; returns -1. */
int rules_mistake(const struct source *src, struct mark at,
		  const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Reads the call @text, which stands at @at, into @api: name, ret, args.
 * Strings are taken from @arena. -1 and a sentence if it does not parse, or
 * if a role is unknown, appears twice or stands where it cannot.
 */
int rules_call_parse(const struct source *src, struct arena *arena,
		     const char *text, struct mark at, struct api *api);

/*
 * Has the call of @api what its kind needs: an acquire what is owned after
 * it, a test its handle, an action its callback? -1 and a sentence if not.
 */
int rules_call_check(const struct source *src, const struct api *api,
		     struct mark at);

/* Reads the whole text into @r, whose arena exists already. */
int rules_read(struct rules *r, const char *text, size_t len,
	       struct error *err);

/* Makes r->index; a function that is there twice is a mistake. */
int rules_index(struct rules *r, const struct source *src,
		const struct mark *marks);

const char *api_kind_name(enum api_kind kind);

#endif
