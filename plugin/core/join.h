/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two worlds at the entry of one block, or two ends of a function, become one.
 */
#ifndef DMACHECK_JOIN_H
#define DMACHECK_JOIN_H

#include "checker.h"

/* What may differ between them, each also what those before it may. */
enum join {
	JOIN_FACTS,	/* facts, memory */
	JOIN_VALUES,	/* registers, as long as both are 0, negative, ... */
	JOIN_OWNED,	/* what they released of others */
	JOIN_ALL,	/* anything; what is said of a mapping from here on is
			 * a guess, and so it is not said */
	JOIN_KINDS
};
/*
 * Worlds that wait at a block, from which on two become one if they differ in
 * no more than @how says. A function that has spent two quarters of its memory
 * tells less apart from there on, so as to get to its end; but it guesses no
 * sooner.
 */
unsigned int world_crowd(enum join how, unsigned int quarters);
/* Worlds that may be joined so have the same kin. */
uint64_t world_kin(struct checker *c, const struct world *w, enum join how);
/* @to is made to stand for both. False: it is a guess. */
bool world_join(struct checker *c, struct world *to, const struct world *from,
		unsigned int block, enum join how);

#endif
