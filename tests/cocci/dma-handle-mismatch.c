// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	void *rx, *tx;
	dma_addr_t rx_dma, tx_dma;
};

static int other_handle_bad(struct ring *r)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	if (run(r)) {
		dma_free_coherent(r->dev, 64, r->rx, r->tx_dma);
		return -EIO;
	}
	return 0;
}

static int swapped_bad(struct ring *r)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	dma_free_coherent(r->dev, 64, r->rx_dma, r->rx);
	return 0;
}

static int block_bad(struct ring *r)
{
	r->tx = dma_pool_alloc(r->pool, GFP_KERNEL, &r->tx_dma);
	if (!r->tx)
		return -ENOMEM;
	dma_pool_free(r->pool, r->tx, r->rx_dma);
	return 0;
}

static int pointer_for_handle_bad(struct ring *r, void *buf)
{
	dma_addr_t h = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	run(r);
	dma_unmap_single(r->dev, (dma_addr_t)buf, 64, DMA_TO_DEVICE);
	return 0;
}

static int same_ok(struct ring *r)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = dma_alloc_coherent(r->dev, 64, &r->tx_dma, GFP_KERNEL);
	if (!r->tx) {
		dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
		return -ENOMEM;
	}
	dma_free_coherent(r->dev, 64, r->tx, r->tx_dma);
	dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
	return 0;
}

static int copied_ok(struct ring *r)
{
	dma_addr_t h;
	void *p = dma_alloc_coherent(r->dev, 64, &h, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	r->rx = p;
	r->rx_dma = h;
	dma_free_coherent(r->dev, 64, p, r->rx_dma);
	return 0;
}

/* The handle as the device reads it */
static int kept_in_descriptor_ok(struct ring *r, struct desc *d)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	put_unaligned_le64(r->rx_dma, &d->address);
	dma_free_coherent(r->dev, 64, r->rx, get_unaligned_le64(&d->address));
	return 0;
}
