/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules about the device, its mask and its addresses: what the walk and the
 * end of a unit ask of the files that know them.
 */
#ifndef DMACHECK_DEVICE_RULES_H
#define DMACHECK_DEVICE_RULES_H

#include "checker.h"

/* mask.c */
void judge_mask(struct checker *c, struct world *w, struct place_in_code at,
		const struct api *api, const struct term **arg);
/* When the whole unit has been walked. */
void judge_masks(struct checker *c);

/* class_device.c */
/* @dev is given to @api at @loc of the function being walked, or further
 * down; @origin: of what is acquired, or NULL. */
void judge_device_of(struct checker *c, struct world *w, const struct api *api,
		     const struct term *dev, const struct origin *origin,
		     struct loc loc);
void judge_class_devices(struct checker *c);

/* sentinel.c */
/* The test at @ev; r: what is asked by dma_mapping_error(). */
void judge_sentinel(struct checker *c, struct world *w,
		    const struct event *ev);
void judge_tested_zero(struct checker *c, struct world *w,
		       struct place_in_code at, const struct roles *r);

/* count.c */
/* @api takes a list and how many entries of it are mapped. */
void judge_count_of(struct checker *c, struct world *w,
		    struct place_in_code at, const struct api *api,
		    const struct term **arg);
/* Loops of function @index, which is in the unit, over a list it maps. */
void judge_counts(struct checker *c, unsigned int index);

/* physical.c: where a DMA address is taken for a physical one. */
void judge_physical(struct checker *c);

/* segment.c */
void judge_segments(struct checker *c);

/* unmapped_say.c */
void judge_unmapped(struct checker *c);

#endif
