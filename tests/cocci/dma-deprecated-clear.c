// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	void *buf;
	dma_addr_t dma;
};

static int twice_bad(struct ring *r, size_t len)
{
	r->buf = dma_alloc_coherent(r->dev, len, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	memset(r->buf, 0, len);
	return 0;
}

static int flag_bad(struct ring *r, size_t len)
{
	r->buf = dma_alloc_coherent(r->dev, len, &r->dma,
				    GFP_KERNEL | __GFP_ZERO);
	return r->buf ? 0 : -ENOMEM;
}

static int block_bad(struct ring *r)
{
	r->buf = dma_pool_alloc(r->pool, GFP_KERNEL, &r->dma);
	if (!r->buf)
		return -ENOMEM;
	memset(r->buf, 0, 64);
	return 0;
}

static int part_ok(struct ring *r, size_t len)
{
	r->buf = dma_alloc_coherent(r->dev, len, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	memset(r->buf, 0xff, len);
	return 0;
}

static int block_ok(struct ring *r)
{
	r->buf = dma_pool_zalloc(r->pool, GFP_KERNEL, &r->dma);
	return r->buf ? 0 : -ENOMEM;
}
