// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct entry {
	__le64 addr;
	__le32 len, flags;
};

struct ring {
	struct device *dev;
	struct entry *entry;
	dma_addr_t dma;
	u32 entries;
	bool small;
};

int ring_setup(struct ring *ring, u32 fewer);

static int ring_alloc(struct ring *ring)
{
	ring->entry = dma_alloc_coherent(ring->dev,
					 ring->entries * sizeof(*ring->entry),
					 &ring->dma, GFP_KERNEL);
	return ring->entry ? 0 : -ENOMEM;
}

static void ring_free(struct ring *ring)
{
	dma_free_coherent(ring->dev, ring->entries * sizeof(*ring->entry),
			  ring->entry, ring->dma);
	ring->entry = NULL;
}

int ring_setup(struct ring *ring, u32 fewer)
{
	int err = ring_alloc(ring);

	if (err || !ring->small)
		return err;
	ring_free(ring);
	ring->entries = fewer;
	return ring_alloc(ring);
}
