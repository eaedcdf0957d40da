/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

int ring_alloc(struct ring *ring, size_t size)
{
	ring->size = size;
	ring->desc = dma_alloc_coherent(ring->dev, size, &ring->dma,
					GFP_KERNEL);
	return ring->desc ? 0 : -ENOMEM;
}

void ring_free(struct ring *ring)
{
	dma_free_coherent(ring->dev, ring->size, ring->desc, ring->dma);
}
