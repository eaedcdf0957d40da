/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is the path of a finding one that may be taken? */
#ifndef DMACHECK_GUESS_H
#define DMACHECK_GUESS_H

#include "checker.h"

/* May the steps of @r contradict each other? */
bool path_is_guessed(struct checker *c, const struct report *r);

#endif
