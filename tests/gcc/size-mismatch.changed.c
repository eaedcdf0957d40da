// SPDX-License-Identifier: GPL-2.0-or-later
/* The size is read from a member that was written since. */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct desc {
	__le32 word[4];
};

struct ring {
	struct device *dev;
	struct desc *desc;
	dma_addr_t dma;
	u32 count;
	u32 head;
	size_t bytes;
	void *buf;
	dma_addr_t buf_dma;
	u32 len[16];
};

int count_before_free_bad(struct ring *ring, u32 count)
{
	void *cpu;

	cpu = dma_alloc_coherent(ring->dev, ring->count * sizeof(struct desc),
				 &ring->dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	if (!ring->buf) {
		ring->count = count;
		/* dma-size-mismatch: high */
		dma_free_coherent(ring->dev, ring->count * sizeof(struct desc),
				  cpu, ring->dma);
		return -EIO;
	}
	ring->desc = cpu;
	return 0;
}

int count_after_free_ok(struct ring *ring, u32 count)
{
	void *cpu;

	cpu = dma_alloc_coherent(ring->dev, ring->count * sizeof(struct desc),
				 &ring->dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	if (!ring->buf) {
		dma_free_coherent(ring->dev, ring->count * sizeof(struct desc),
				  cpu, ring->dma);
		ring->count = count;
		return -EIO;
	}
	ring->desc = cpu;
	return 0;
}

int count_put_back_ok(struct ring *ring, u32 count)
{
	u32 old = ring->count;
	void *cpu;

	cpu = dma_alloc_coherent(ring->dev, ring->count * sizeof(struct desc),
				 &ring->dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	ring->count = count;
	if (!ring->buf) {
		ring->count = old;
		dma_free_coherent(ring->dev, ring->count * sizeof(struct desc),
				  cpu, ring->dma);
		return -EIO;
	}
	dma_free_coherent(ring->dev, old * sizeof(struct desc), cpu,
			  ring->dma);
	return 0;
}

int stored_then_stored_bad(struct ring *ring, u32 count, u32 more)
{
	void *cpu;

	ring->count = count;
	cpu = dma_alloc_coherent(ring->dev, ring->count * sizeof(struct desc),
				 &ring->dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	ring->count = more;
	/* dma-size-mismatch: high */
	dma_free_coherent(ring->dev, ring->count * sizeof(struct desc), cpu,
			  ring->dma);
	return 0;
}

int length_lowered_bad(struct ring *ring, size_t done)
{
	dma_addr_t dma = dma_map_single(ring->dev, ring->buf, ring->bytes,
					DMA_TO_DEVICE);

	if (dma_mapping_error(ring->dev, dma))
		return -ENOMEM;
	ring->bytes -= done;
	dma_unmap_single(ring->dev, dma, ring->bytes, DMA_TO_DEVICE);
	return 0;
}

int other_ring_changed_ok(struct ring *ring, struct ring *next, u32 count)
{
	void *cpu;

	cpu = dma_alloc_coherent(ring->dev, ring->count * sizeof(struct desc),
				 &ring->dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	next->count = count;
	dma_free_coherent(ring->dev, ring->count * sizeof(struct desc), cpu,
			  ring->dma);
	return 0;
}

static int ring_alloc(struct ring *ring)
{
	ring->desc = dma_alloc_coherent(ring->dev,
					ring->count * sizeof(struct desc),
					&ring->dma, GFP_KERNEL);
	return ring->desc ? 0 : -ENOMEM;
}

static void ring_free(struct ring *ring)
{
	dma_free_coherent(ring->dev, ring->count * sizeof(struct desc),
			  ring->desc, ring->dma);
}

int through_helpers_bad(struct ring *ring, u32 count)
{
	int err = ring_alloc(ring);

	if (err)
		return err;
	ring->count = count;
	ring_free(ring);
	return 0;
}

int through_helpers_ok(struct ring *ring, u32 count)
{
	int err;

	ring->count = count;
	err = ring_alloc(ring);
	if (err)
		return err;
	ring_free(ring);
	return 0;
}

/* The index moves on; the length is that of the element. */
int element_ok(struct ring *ring, void *data)
{
	u32 i = ring->head;
	dma_addr_t dma = dma_map_single(ring->dev, data, ring->len[i],
					DMA_TO_DEVICE);

	if (dma_mapping_error(ring->dev, dma))
		return -ENOMEM;
	ring->head = i + 1;
	dma_unmap_single(ring->dev, dma, ring->len[i], DMA_TO_DEVICE);
	return 0;
}
