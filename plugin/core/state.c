/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "state.h"

#define OK(s)		{ STATE_##s, WRONG_NOTHING }
#define BAD(s, w)	{ STATE_##s, WRONG_##w }

enum row { UNCHECKED, FAILED, SHARED, DEVICE, CPU, RELEASED, NROWS };

/*
 * The automaton. LIVE is written SHARED here and becomes DEVICE for a
 * streaming mapping, in state_move().
 */
static const struct move table[NROWS][ACT_MAX] = {
	[UNCHECKED] = {
		[ACT_TEST_OK]	  = OK(SHARED),
		[ACT_TEST_FAILED] = OK(FAILED),
		[ACT_RELEASE]	  = BAD(RELEASED, UNCHECKED),
		[ACT_SYNC_CPU]	  = BAD(CPU, UNCHECKED),
		[ACT_SYNC_DEVICE] = BAD(DEVICE, UNCHECKED),
	},
	[FAILED] = {
		[ACT_TEST_OK]	  = OK(FAILED),
		[ACT_TEST_FAILED] = OK(FAILED),
		[ACT_RELEASE]	  = BAD(FAILED, RELEASE_OF_FAILED),
		[ACT_SYNC_CPU]	  = BAD(FAILED, SYNC),
		[ACT_SYNC_DEVICE] = BAD(FAILED, SYNC),
	},
	[SHARED] = {
		[ACT_TEST_OK]	  = OK(SHARED),
		[ACT_TEST_FAILED] = OK(FAILED),
		[ACT_RELEASE]	  = OK(RELEASED),
		[ACT_SYNC_CPU]	  = OK(SHARED),
		[ACT_SYNC_DEVICE] = OK(SHARED),
	},
	[DEVICE] = {
		[ACT_TEST_OK]	  = OK(DEVICE),
		[ACT_TEST_FAILED] = OK(FAILED),
		[ACT_RELEASE]	  = OK(RELEASED),
		[ACT_SYNC_CPU]	  = OK(CPU),
		[ACT_SYNC_DEVICE] = OK(DEVICE),
	},
	[CPU] = {
		[ACT_TEST_OK]	  = OK(CPU),
		[ACT_TEST_FAILED] = OK(FAILED),
		[ACT_RELEASE]	  = OK(RELEASED),
		[ACT_SYNC_CPU]	  = OK(CPU),
		[ACT_SYNC_DEVICE] = OK(DEVICE),
	},
	[RELEASED] = {
		[ACT_TEST_OK]	  = OK(RELEASED),
		[ACT_TEST_FAILED] = OK(RELEASED),
		[ACT_RELEASE]	  = BAD(RELEASED, DOUBLE_FREE),
		[ACT_SYNC_CPU]	  = BAD(RELEASED, USE_AFTER_FREE),
		[ACT_SYNC_DEVICE] = BAD(RELEASED, USE_AFTER_FREE),
	},
};

static enum row row_of(enum state s)
{
	switch (s) {
	case STATE_UNCHECKED:
		return UNCHECKED;
	case STATE_FAILED:
		return FAILED;
	case STATE_SHARED:
		return SHARED;
	case STATE_DEVICE:
		return DEVICE;
	case STATE_CPU:
		return CPU;
	default:
		return RELEASED;
	}
}

struct move state_move(enum state from, enum action action, int streaming)
{
	struct move m = table[row_of(from)][action];

	if (m.next == STATE_SHARED && from == STATE_UNCHECKED && streaming)
		m.next = STATE_DEVICE;
	return m;
}
