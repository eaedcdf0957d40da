/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rings of a driver of several files: what each allocates and frees, so
 * that only linking them shows whether it fits.
 */
#include <linux/dma-mapping.h>

struct ring {
	void *desc;
	dma_addr_t dma;
};

struct ring_ops {
	int (*open)(struct device *dev, struct ring *ring);
};

int rx_open(struct device *dev, struct ring *ring);
int tx_open(struct device *dev, struct ring *ring);
int start(struct device *dev);
