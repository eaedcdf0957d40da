// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	struct dma_buf_attachment *at;
	struct sg_table *sgt;
	void *buf;
	dma_addr_t dma;
};

static int zero_bad(struct ring *r)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, 64, DMA_TO_DEVICE);

	if (!h)
		return -ENOMEM;
	return 0;
}

static int error_pointer_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (IS_ERR(r->buf))
		return PTR_ERR(r->buf);
	return 0;
}

static int handle_of_coherent_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	return 0;
}

static int handle_of_block_bad(struct ring *r)
{
	r->buf = dma_pool_alloc(r->pool, GFP_KERNEL, &r->dma);
	return dma_mapping_error(r->dev, r->dma);
}

static int negative_count_bad(struct ring *r, struct scatterlist *sg, int n)
{
	int count = dma_map_sg(r->dev, sg, n, DMA_TO_DEVICE);

	if (count < 0)
		return count;
	return 0;
}

static int null_of_attachment_bad(struct ring *r)
{
	r->sgt = dma_buf_map_attachment(r->at, DMA_TO_DEVICE);
	if (!r->sgt)
		return -ENOMEM;
	return 0;
}

static int right_ok(struct ring *r, struct scatterlist *sg, int n)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, 64, DMA_TO_DEVICE);
	int count;

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	count = dma_map_sg(r->dev, sg, n, DMA_TO_DEVICE);
	if (count <= 0)
		return -EIO;
	r->sgt = dma_buf_map_attachment(r->at, DMA_TO_DEVICE);
	return PTR_ERR_OR_ZERO(r->sgt);
}

/* What the last round of the loop mapped */
static int tested_before_ok(struct ring *r, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (r[i].dma != 0)
			continue;
		r[i].dma = dma_map_single(r->dev, r->buf, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(r->dev, r[i].dma))
			return -ENOMEM;
	}
	return 0;
}
