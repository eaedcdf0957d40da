// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	void *buf;
	dma_addr_t dma;
	size_t size;
};

static int constants_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, RX_BYTES, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	if (run(r)) {
		dma_free_coherent(r->dev, TX_BYTES, r->buf, r->dma);
		return -EIO;
	}
	return 0;
}

static int header_forgotten_bad(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len + 4, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	run(r);
	dma_unmap_single(r->dev, h, len, DMA_TO_DEVICE);
	return 0;
}

static int page_bad(struct ring *r, struct page *page, int n)
{
	dma_addr_t h = dma_map_page(r->dev, page, 0, n * CELL, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	run(r);
	dma_unmap_page(r->dev, h, (n - 1) * CELL, DMA_TO_DEVICE);
	return 0;
}

static int same_ok(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, RX_BYTES, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	dma_free_coherent(r->dev, RX_BYTES, r->buf, r->dma);
	return 0;
}

static int kept_in_member_ok(struct ring *r, size_t len)
{
	r->size = len;
	r->buf = dma_alloc_coherent(r->dev, len, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	dma_free_coherent(r->dev, r->size, r->buf, r->dma);
	return 0;
}

static int type_or_thing_ok(struct ring *r)
{
	struct desc *d;

	d = dma_alloc_coherent(r->dev, sizeof(*d), &r->dma, GFP_KERNEL);
	if (!d)
		return -ENOMEM;
	dma_free_coherent(r->dev, sizeof(struct desc), d, r->dma);
	return 0;
}

static int size_of_pointer_bad(struct ring *r, struct desc *d)
{
	dma_addr_t h = dma_map_single(r->dev, d, sizeof(d), DMA_TO_DEVICE);

	return dma_mapping_error(r->dev, h);
}

static int size_of_thing_ok(struct ring *r, struct desc *d)
{
	dma_addr_t h = dma_map_single(r->dev, d, sizeof(*d), DMA_TO_DEVICE);

	return dma_mapping_error(r->dev, h);
}

struct port {
	struct device *dev;
	void *in, *out, *both;
	dma_addr_t in_dma, out_dma;
	size_t in_size, out_size, size;
};

static int open_ok(struct port *p)
{
	p->in = dma_alloc_coherent(p->dev, p->in_size, &p->in_dma, GFP_KERNEL);
	p->out = dma_alloc_coherent(p->dev, p->out_size, &p->out_dma,
				    GFP_KERNEL);
	p->size = p->in_size;
	return p->in && p->out ? 0 : -ENOMEM;
}

static void close_bad(struct port *p)
{
	dma_free_coherent(p->dev, p->in_size, p->in, p->in_dma);
	dma_free_coherent(p->dev, p->in_size, p->out, p->out_dma);
}

static void close_ok(struct port *p)
{
	dma_free_coherent(p->dev, p->size, p->in, p->in_dma);
	dma_free_coherent(p->dev, p->out_size, p->out, p->out_dma);
}

/* One cell, counted in a member. */
static int one_of_them_ok(struct ring *r, int n)
{
	n = 1;
	r->buf = dma_alloc_coherent(r->dev, CELL, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	dma_free_coherent(r->dev, n * CELL, r->buf, r->dma);
	return 0;
}
