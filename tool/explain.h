/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rules.yaml says of each rule, for people and for programs: the same
 * text that the warnings, the reports and SARIF carry.
 */
#ifndef DMACHECK_EXPLAIN_H
#define DMACHECK_EXPLAIN_H

#include <stdio.h>
#include "command.h"

/* "dmacheck explain" */
command_run command_explain;

/*
 * The rule called @name: its id "dma-double-free" or the rest of it behind
 * "dma-", the warning "-Wdma-double-free", or the first of the class
 * "double-free". NULL and a sentence if there is none.
 */
const struct rule *explain_find(const struct rules *r, const char *name,
				struct error *err);

/*
 * A page of text on the rule @name: what it says, what DMA_API_DEBUG prints,
 * why, code that is wrong and code that is right. -1 if there is none.
 */
int explain_rule(FILE *out, const struct rules *r, const char *name,
		 struct error *err);

/* One line a rule: id, confidence and message. */
void explain_list(FILE *out, const struct rules *r);

/*
 * The rule @name, or an array of all rules if @name is NULL, as JSON: id,
 * class, cwe (0: none), confidence, message, debug (null: none), contract,
 * checks, why, bad, good.
 */
int explain_json(FILE *out, const struct rules *r, const char *name,
		 struct error *err);

/* The table of the README, in Markdown: rule, what it finds, confidence. */
void explain_markdown(FILE *out, const struct rules *r);

/*
 * The table that maps rule, class, rules of the contract (R-...) and checks of
 * DMA_API_DEBUG (D..., and what it prints), in Markdown.
 */
void explain_table(FILE *out, const struct rules *r);

/* The function @name of the API: its roles, family and failure. */
int explain_api(FILE *out, const struct rules *r, const char *name,
		struct error *err);

#endif
