/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rings of a driver of several files: what each allocates and frees, so
 * that only linking them shows whether it fits.
 */
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct ring {
	struct device *dev;
	void *desc;
	dma_addr_t dma;
	size_t size;
};

int ring_alloc(struct ring *ring, size_t size);
void ring_free(struct ring *ring);
/* Defined nowhere: what it does is not known, but it is in the module. */
int ring_start(struct ring *ring);
