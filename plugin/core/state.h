/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The states of one mapping, and the one table that says how it moves.
 *
 * The contract is Documentation/core-api/dma-api.rst; the wrong moves are
 * those that kernel/dma/debug.c reports when it happens to see them.
 *
 * A set of states is a bit mask; joining two paths is or.
 */
#ifndef DMACHECK_STATE_H
#define DMACHECK_STATE_H

enum state {
	STATE_UNCHECKED = 1,	/* acquired, nobody asked whether it failed */
	STATE_FAILED = 2,	/* the acquire failed: there is nothing */
	STATE_SHARED = 4,	/* coherent: CPU and device both may use it */
	STATE_DEVICE = 8,	/* mapped, the device owns the memory */
	STATE_CPU = 16,		/* mapped, but synced: the CPU owns it */
	STATE_RELEASED = 32,	/* unmapped or freed */
};

/* What can happen to a mapping. */
enum action {
	ACT_TEST_OK,		/* tested, it did not fail */
	ACT_TEST_FAILED,	/* tested, it failed */
	ACT_RELEASE,
	ACT_SYNC_CPU, ACT_SYNC_DEVICE,
	ACT_MAX
};

/* What is wrong with a move. */
enum wrong {
	WRONG_NOTHING,
	WRONG_DOUBLE_FREE,
	WRONG_USE_AFTER_FREE,
	WRONG_RELEASE_OF_FAILED,
	WRONG_UNCHECKED,
	WRONG_SYNC,
};

struct move {
	enum state next;
	enum wrong wrong;
};

/* @streaming: where a test that succeeds leads to, DEVICE or SHARED. */
struct move state_move(enum state from, enum action action, int streaming);

#endif
