/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Known findings: what people found out about findings, kept outside the
 * source, in a YAML file. It marks what is shown; it never changes what an
 * audit finds, a CSV lists, a count or an exit status says.
 *
 *	# a list of
 *	- fingerprint: 0123456789abcdef
 *	  root_cause: leak-error-path:drivers/net/x.c:x_probe:p->ring
 *	  verdict: true			# false intended unsure
 *	  status: none			# reported confirmed fixed
 *	  reason: one line: why is that the verdict?
 *	  date: 2024-05-31
 *	  method: read			# compiled ran
 *	  seed: 1			# only where the finding was drawn
 *	  stratum: high/leak-error-path	# by "dmacheck sample"
 *
 * An entry speaks of the finding with its fingerprint and, since a root cause
 * is the unit of one fix, of the others of its root cause.
 */
#ifndef DMACHECK_KNOWN_H
#define DMACHECK_KNOWN_H

#include "util.h"

enum verdict_word { VERDICT_TRUE, VERDICT_FALSE, VERDICT_INTENDED,
		    VERDICT_UNSURE };

struct known_entry {
	const char *fingerprint, *root_cause;
	enum verdict_word verdict;
	const char *status, *reason, *date, *method;
	const char *seed, *stratum;	/* NULL: not drawn */
	unsigned int line;		/* in the file */
};

struct known {
	const char *path;
	struct known_entry *entry;
	size_t n;
};

/*
 * Reads @path. NULL and "file:line:column: sentence" in @err for the first
 * mistake: no YAML, an unknown or missing key, a value that is none of its
 * words, a fingerprint that is there twice.
 */
struct known *known_load(struct arena *arena, const char *path,
			 struct error *err);

/* By fingerprint, else by root cause, else NULL. */
const struct known_entry *known_find(const struct known *k,
				     const char *fingerprint,
				     const char *root_cause);

const char *verdict_name(enum verdict_word v);

/* Is it struck through and suppressed: false or intended? */
bool known_strikes(const struct known_entry *e);

#endif
