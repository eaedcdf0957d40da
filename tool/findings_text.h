/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results as "dmacheck check" and "dmacheck link" print them.
 */
#ifndef DMACHECK_FINDINGS_TEXT_H
#define DMACHECK_FINDINGS_TEXT_H

#include <stdio.h>
#include "event.h"
#include "finding.h"

/* One line; with @verbose the path too. */
void finding_print(FILE *out, const struct finding *f, bool verbose);

/* Functions with their summaries, sites, values without a name. */
void result_print(FILE *out, const struct result *res);

#endif
