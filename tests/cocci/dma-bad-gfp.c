// SPDX-License-Identifier: GPL-2.0-or-later

static void *zone_bad(struct device *dev, dma_addr_t *h)
{
	return dma_alloc_coherent(dev, 64, h, GFP_KERNEL | GFP_DMA);
}

static void *compound_bad(struct device *dev, dma_addr_t *h)
{
	return dmam_alloc_coherent(dev, 64, h,
				   GFP_KERNEL | __GFP_COMP | __GFP_NOWARN);
}

static void *only_bad(struct device *dev, dma_addr_t *h)
{
	return dma_alloc_coherent(dev, 64, h, GFP_DMA);
}

static void *plain_ok(struct device *dev, dma_addr_t *h)
{
	return dma_alloc_coherent(dev, 64, h, GFP_KERNEL | __GFP_NOWARN);
}

static void *other_memory_ok(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_DMA);
}

static void *kept_bad(struct device *dev, dma_addr_t *h, bool atomic)
{
	gfp_t gfp = (atomic ? GFP_ATOMIC : GFP_KERNEL) | __GFP_COMP;

	return dma_alloc_coherent(dev, 64, h, gfp);
}
