/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports: a model, written in one of the formats.
 *
 * Triage marks findings (struck through, suppressed in SARIF); every number
 * and the CSV are the same with and without it.
 */
#ifndef DMACHECK_REPORT_H
#define DMACHECK_REPORT_H

#include <stdio.h>
#include "known.h"
#include "model.h"

struct report {
	FILE *out;
	const struct model *model;
	const struct known *known;	/* NULL: none given */
	enum confidence level;		/* lowest that is shown */
	bool color;			/* escape sequences for a terminal */
};

/* For people: findings by file with their paths, coverage, summary. */
void report_text(const struct report *r);
void report_markdown(const struct report *r);

/*
 * A header and one line a finding. Columns: rule, class, confidence, place,
 * file, files, line, column, function, functions, fingerprint,
 * acquire_function, acquire_file, acquire_line, root_cause, api, message,
 * arches, engines. files and functions are all of the path, with ";" between
 * them; arches are those that see the finding, engines those that make it, with
 * "," between them.
 */
void report_csv(const struct report *r);

/* One object: tool, audit, coverage, summary, rules, findings. */
int report_json(const struct report *r, struct error *err);

/* SARIF 2.1.0, one run. */
int report_sarif(const struct report *r, struct error *err);

/* Numbers by class and confidence, findings and root causes. */
void report_summary(const struct report *r);

/* Units, functions, call sites, values: what was seen and what was not. */
void report_coverage(const struct report *r);

/* Calls of the API in the source, in two lines; nothing if there are none. */
void report_calls_line(const struct report *r);

/* The same with all reasons, and each call that no engine saw. */
void report_calls(const struct report *r);

/* One finding as report_text() shows it. */
void report_finding(const struct report *r, const struct model_finding *f);

/* Is @f of the report's level? */
bool report_shows(const struct report *r, const struct model_finding *f);

/* The entries of r->known that fit no finding of the store, a line each. */
void report_stale(const struct report *r);

#endif
