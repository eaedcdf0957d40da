// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	void *buf;
	dma_addr_t dma;
};

static void too_late_bad(struct ring *r)
{
	dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
	dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
}

static int other_way_bad(struct ring *r)
{
	r->dma = dma_map_single(r->dev, r->buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	dma_sync_single_for_device(r->dev, r->dma, 64, DMA_FROM_DEVICE);
	return 0;
}

static void list_bad(struct ring *r, struct scatterlist *sg, int n)
{
	dma_unmap_sg(r->dev, sg, n, DMA_FROM_DEVICE);
	dma_sync_sg_for_cpu(r->dev, sg, n, DMA_FROM_DEVICE);
}

static void before_ok(struct ring *r)
{
	dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
	dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
}

static int both_ways_ok(struct ring *r)
{
	r->dma = dma_map_single(r->dev, r->buf, 64, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	dma_sync_single_for_device(r->dev, r->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static int mapped_again_ok(struct ring *r)
{
	dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
	r->dma = dma_map_single(r->dev, r->buf, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
	return 0;
}

static void next_round_ok(struct ring *r, int n)
{
	do {
		dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
		if (!run(r))
			continue;
		dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
		refill(r);
	} while (--n);
}

static void configured_ok(struct ring *r)
{
#ifdef BIG
	dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
#else
	dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
#endif
}

static void after_either_bad(struct ring *r)
{
#ifdef BIG
	dma_unmap_single(r->dev, r->dma, 64, DMA_FROM_DEVICE);
#else
	run(r);
#endif
	dma_sync_single_for_cpu(r->dev, r->dma, 64, DMA_FROM_DEVICE);
}
