/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

static int get(struct device *dev, struct ring *ring)
{
	ring->desc = dma_alloc_coherent(dev, 128, &ring->dma, GFP_KERNEL);
	return ring->desc ? 0 : -ENOMEM;
}

static void drop(struct device *dev, struct ring *ring)
{
	dma_free_coherent(dev, 128, ring->desc, ring->dma);
}

int tx_open(struct device *dev, struct ring *ring)
{
	int err = get(dev, ring);

	if (err)
		return err;
	if (start(dev) < 0)
		return -EIO;
	drop(dev, ring);
	return 0;
}

const struct ring_ops tx_ops = {
	.open = tx_open,
};
