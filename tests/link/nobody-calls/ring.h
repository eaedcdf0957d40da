/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Of two functions that free under a lock, nobody in the module calls one, and
 * it is not exported: what is wrong in it happens to nobody.
 */
#include <linux/dma-mapping.h>
#include <linux/pci.h>
#include <linux/spinlock.h>

struct ring {
	struct device *dev;
	spinlock_t lock;
	void *desc;
	dma_addr_t dma;
};

/* Called by main.c. */
void ring_free(struct ring *r);
/* Called by nobody. */
void ring_drop(struct ring *r);
