// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Zero may say that nothing is mapped, where the driver itself writes it. It
 * is bad style, since zero is a DMA address like others, but no wrong check.
 */
#include <linux/dma-mapping.h>

struct priv {
	struct device *dev;
	dma_addr_t dma;
};

int work(struct priv *p);

int own_marker_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = 0;

	if (len) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	work(p);
	if (dma)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int sentinel_written_ok(struct priv *p, void *data, size_t len)
{
	p->dma = 0;
	if (data) {
		p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->dma)) {
			p->dma = 0;
			return -ENOMEM;
		}
	}
	work(p);
	if (p->dma == 0)
		return 0;
	dma_unmap_single(p->dev, p->dma, len, DMA_TO_DEVICE);
	p->dma = 0;
	return 0;
}

/* A released slot is marked with zero and skipped when zero. */
void skip_empty_ok(struct priv *p, size_t len)
{
	if (!p->dma)
		return;
	dma_unmap_single(p->dev, p->dma, len, DMA_TO_DEVICE);
	p->dma = 0;
}
