/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

static int get(struct device *dev, struct ring *ring)
{
	ring->desc = dma_alloc_coherent(dev, 64, &ring->dma, GFP_KERNEL);
	return ring->desc ? 0 : -ENOMEM;
}

static void drop(struct device *dev, struct ring *ring)
{
	dma_free_coherent(dev, 64, ring->desc, ring->dma);
}

int rx_open(struct device *dev, struct ring *ring)
{
	int err = get(dev, ring);

	if (err)
		return err;
	if (start(dev) < 0) {
		drop(dev, ring);
		return -EIO;
	}
	return 0;
}

const struct ring_ops rx_ops = {
	.open = rx_open,
};
