// SPDX-License-Identifier: GPL-2.0-or-later
/* What devres frees must not stay mapped. */
#include <linux/dma-mapping.h>
#include <linux/device.h>

struct host {
	struct device *dev;
	void *bounce, *align, *plain, *passed, *once;
	dma_addr_t bounce_dma, align_dma, plain_dma, passed_dma;
	size_t size;
};

void setup_bad(struct host *h)
{
	h->bounce = devm_kmalloc(h->dev, h->size, GFP_KERNEL);
	if (!h->bounce)
		return;
	/* dma-devres-mapped: medium */
	h->bounce_dma = dma_map_single(h->dev, h->bounce, h->size,
				       DMA_BIDIRECTIONAL);
	if (dma_mapping_error(h->dev, h->bounce_dma)) {
		devm_kfree(h->dev, h->bounce);
		h->bounce = NULL;
	}
}

/* The device and the CPU take turns; that ends nothing. */
void turns(struct host *h)
{
	dma_sync_single_for_cpu(h->dev, h->bounce_dma, h->size,
				DMA_BIDIRECTIONAL);
	dma_sync_single_for_device(h->dev, h->bounce_dma, h->size,
				   DMA_BIDIRECTIONAL);
}

static void unmap_align(void *data)
{
	struct host *h = data;

	dma_unmap_single(h->dev, h->align_dma, h->size, DMA_TO_DEVICE);
}

int action_ok(struct host *h)
{
	h->align = devm_kzalloc(h->dev, h->size, GFP_KERNEL);
	if (!h->align)
		return -ENOMEM;
	h->align_dma = dma_map_single(h->dev, h->align, h->size,
				      DMA_TO_DEVICE);
	if (dma_mapping_error(h->dev, h->align_dma))
		return -ENOMEM;
	return devm_add_action_or_reset(h->dev, unmap_align, h);
}

void unmap_one(struct device *dev, dma_addr_t dma, size_t size);

/* The handle goes to a helper that nobody sees here. */
int passed_ok(struct host *h)
{
	h->passed = devm_kzalloc(h->dev, h->size, GFP_KERNEL);
	if (!h->passed)
		return -ENOMEM;
	h->passed_dma = dma_map_single(h->dev, h->passed, h->size,
				       DMA_TO_DEVICE);
	return dma_mapping_error(h->dev, h->passed_dma);
}

void teardown(struct host *h)
{
	unmap_one(h->dev, h->passed_dma, h->size);
}

/* Mapped for one transfer. */
int transfer_ok(struct host *h)
{
	dma_addr_t dma;

	if (!h->once)
		h->once = devm_kzalloc(h->dev, 64, GFP_KERNEL);
	if (!h->once)
		return -ENOMEM;
	dma = dma_map_single(h->dev, h->once, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(h->dev, dma))
		return -EIO;
	dma_unmap_single(h->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}
