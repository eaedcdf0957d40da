// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	struct desc *desc;
	dma_addr_t dma;
};

static int cleared_bad(struct ring *r)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	memset(r->desc, 0xff, 64);
	return 0;
}

static int indexed_bad(struct ring *r)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	r->desc[0].word = 0;
	return 0;
}

static int block_bad(struct ring *r)
{
	struct desc *d = dma_pool_zalloc(r->pool, GFP_ATOMIC, &r->dma);

	d->word = 1;
	return d ? 0 : -ENOMEM;
}

static int tested_ok(struct ring *r)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->desc)
		return -ENOMEM;
	memset(r->desc, 0xff, 64);
	return 0;
}

static int tested_inside_ok(struct ring *r)
{
	struct desc *d;

	if (!(d = dma_pool_alloc(r->pool, GFP_KERNEL, &r->dma)))
		return -ENOMEM;
	d->word = 1;
	return 0;
}

static int two_at_once_ok(struct ring *r, struct ring *s)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	s->desc = dma_alloc_coherent(s->dev, 64, &s->dma, GFP_KERNEL);
	if (!r->desc || !s->desc)
		return -ENOMEM;
	memset(r->desc, 0, 64);
	s->desc->word = 2;
	return 0;
}

static int only_stored_ok(struct ring *r)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	return r->desc ? 0 : -ENOMEM;
}
