// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	struct desc *desc;
	dma_addr_t dma;
};

static int read_too_late_bad(struct ring *r)
{
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	return r->desc->status;
}

static int copied_too_late_bad(struct ring *r, void *to)
{
	dma_pool_free(r->pool, r->desc, r->dma);
	memcpy(to, r->desc, 64);
	return 0;
}

static int read_before_ok(struct ring *r)
{
	int status = r->desc->status;

	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	return status;
}

static int acquired_again_ok(struct ring *r)
{
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	r->desc = dma_alloc_coherent(r->dev, 128, &r->dma, GFP_KERNEL);
	if (!r->desc)
		return -ENOMEM;
	r->desc->status = 0;
	return 0;
}

static void next_of_a_list_ok(struct ring *r, struct desc *d)
{
	struct desc *next;

	while (d) {
		next = d->next;
		dma_pool_free(r->pool, d, d->dma);
		d = next;
	}
}

static void configured_ok(struct device *dev, struct desc *d, dma_addr_t dma)
{
#ifdef BIG
	dma_free_coherent(dev, 64, d, dma);
#else
	d->flags = 0;
#endif
}
