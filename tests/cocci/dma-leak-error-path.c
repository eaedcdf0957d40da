// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	void *rx, *tx;
	dma_addr_t rx_dma, tx_dma;
};

static int forgotten_exit_bad(struct ring *r)
{
	int err;

	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = kmalloc(64, GFP_KERNEL);
	if (!r->tx)
		return -ENOMEM;
	err = start(r);
	if (err)
		goto fail;
	return 0;

fail:
	dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
	return err;
}

static int mapping_bad(struct ring *r)
{
	dma_addr_t a, b;
	int err;

	a = dma_map_single(r->dev, r->rx, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(r->dev, a))
		return -ENOMEM;
	b = dma_map_single(r->dev, r->tx, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, b))
		return -ENOMEM;
	run(r);
	dma_unmap_single(r->dev, b, 64, DMA_TO_DEVICE);
	dma_unmap_single(r->dev, a, 64, DMA_FROM_DEVICE);
	return 0;
}

static int result_bad(struct ring *r)
{
	int err;

	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	err = prepare(r);
	if (err)
		return err;
	run(r);
	dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
	return 0;
}

static int ladder_ok(struct ring *r)
{
	int err = -ENOMEM;

	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = dma_alloc_coherent(r->dev, 64, &r->tx_dma, GFP_KERNEL);
	if (!r->tx)
		goto free_rx;
	err = start(r);
	if (err)
		goto free_tx;
	return 0;

free_tx:
	dma_free_coherent(r->dev, 64, r->tx, r->tx_dma);
free_rx:
	dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
	return err;
}

static int by_a_helper_ok(struct ring *r)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	if (prepare(r)) {
		ring_free(r);
		return -EIO;
	}
	if (start(r)) {
		dma_free_coherent(r->dev, 64, r->rx, r->rx_dma);
		return -EIO;
	}
	return 0;
}

static int by_the_caller_ok(struct ring *r)
{
	r->rx = dma_alloc_coherent(r->dev, 64, &r->rx_dma, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	if (start(r))
		return -EIO;
	return 0;
}

static int list_bad(struct ring *r, struct scatterlist *sg, int n)
{
	int err = 0, count;

	count = dma_map_sg(r->dev, sg, n, DMA_TO_DEVICE);
	if (!count)
		return -EIO;
	if (count > 16) {
		err = -EINVAL;
		goto end;
	}
	err = start(r);
	dma_unmap_sg(r->dev, sg, n, DMA_TO_DEVICE);
end:
	kfree(r->tx);
	return err;
}

static int condition_of_the_acquire_ok(struct ring *r, bool in)
{
	dma_addr_t h;
	int err;

	if (in) {
		h = dma_map_single(r->dev, r->tx, 64, DMA_FROM_DEVICE);
		if (dma_mapping_error(r->dev, h))
			return -ENOMEM;
	}
	err = start(r);
	if (err)
		goto end;
	run(r);
end:
	if (in) {
		dma_unmap_single(r->dev, h, 64, DMA_FROM_DEVICE);
		run(r);
	}
	return err;
}
