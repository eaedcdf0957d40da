// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	void *buf;
	dma_addr_t dma;
};

static int before_the_goto_bad(struct ring *r)
{
	if (run(r)) {
		dma_free_coherent(r->dev, 64, r->buf, r->dma);
		goto fail;
	}
	return 0;

fail:
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	return -EIO;
}

static int unmapped_twice_bad(struct ring *r)
{
	dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	report(r);
	dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static int block_bad(struct ring *r)
{
	dma_pool_free(r->pool, r->buf, r->dma);
	dma_pool_free(r->pool, r->buf, r->dma);
	return 0;
}

static int each_its_own_ok(struct ring *r, struct ring *s)
{
	if (run(r)) {
		dma_free_coherent(s->dev, 64, s->buf, s->dma);
		goto fail;
	}
	return 0;

fail:
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	return -EIO;
}

static int acquired_again_ok(struct ring *r)
{
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	r->buf = dma_alloc_coherent(r->dev, 128, &r->dma, GFP_KERNEL);
	dma_free_coherent(r->dev, 128, r->buf, r->dma);
	return 0;
}

static void loop_ok(struct ring *r, int n)
{
	while (n--)
		dma_pool_free(r->pool, r[n].buf, r[n].dma);
}

static int one_or_the_other_ok(struct ring *r, bool early)
{
	if (early)
		dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	run(r);
	if (!early)
		dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static void another_object_ok(struct ring *r, struct ring *s)
{
	struct ring *p = r;

	dma_free_coherent(p->dev, 64, p->buf, p->dma);
	p = s;
	dma_free_coherent(p->dev, 64, p->buf, p->dma);
}

static void each_of_a_list_ok(struct list_head *rings)
{
	struct ring *p;

	list_for_each_entry(p, rings, node)
		dma_free_coherent(p->dev, 64, p->buf, p->dma);
}

static void configured_ok(struct device *dev, void *buf, dma_addr_t dma)
{
#ifdef BIG
	dma_free_coherent(dev, 128, buf, dma);
#else
	dma_free_coherent(dev, 64, buf, dma);
#endif
}

static void next_round_ok(struct device *dev, struct queue *q)
{
	do {
		dma_unmap_single(dev, q->head->dma, 64, DMA_TO_DEVICE);
		advance(q);
	} while (q->head != q->tail);
}
