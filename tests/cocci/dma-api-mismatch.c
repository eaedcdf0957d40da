// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	struct usb_device *udev;
	void *buf;
	dma_addr_t dma;
};

static int kfree_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	kfree(r->buf);
	return 0;
}

static int unmapped_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static int block_bad(struct ring *r)
{
	r->buf = dma_pool_alloc(r->pool, GFP_KERNEL, &r->dma);
	if (!r->buf)
		return -ENOMEM;
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	return 0;
}

static int usb_bad(struct ring *r)
{
	r->buf = usb_alloc_coherent(r->udev, 64, GFP_KERNEL, &r->dma);
	if (!r->buf)
		return -ENOMEM;
	kfree(r->buf);
	return 0;
}

static int plain_bad(struct ring *r)
{
	r->buf = kzalloc(64, GFP_KERNEL);
	r->dma = dma_map_single(r->dev, r->buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, r->dma))
		dma_free_coherent(r->dev, 64, r->buf, r->dma);
	return 0;
}

static int entry_bad(struct ring *r, struct scatterlist *sg, int n)
{
	if (!dma_map_sg(r->dev, sg, n, DMA_TO_DEVICE))
		return -ENOMEM;
	dma_unmap_single(r->dev, sg_dma_address(sg), 64, DMA_TO_DEVICE);
	return 0;
}

static int register_bad(struct ring *r, phys_addr_t fifo)
{
	r->dma = dma_map_resource(r->dev, fifo, 4, DMA_TO_DEVICE, 0);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	dma_unmap_single(r->dev, r->dma, 4, DMA_TO_DEVICE);
	return 0;
}

static int fitting_ok(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	r->buf = kmalloc(64, GFP_KERNEL);
	kfree(r->buf);
	return 0;
}

/* A page mapping may be unmapped by dma_unmap_single() and the reverse. */
static int page_as_single_ok(struct ring *r, struct page *page)
{
	r->dma = dma_map_page(r->dev, page, 0, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, r->dma))
		return -ENOMEM;
	dma_unmap_single(r->dev, r->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static int either_ok(struct ring *r, bool coherent)
{
	if (coherent)
		r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	else
		r->buf = kmalloc(64, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	if (coherent)
		dma_free_coherent(r->dev, 64, r->buf, r->dma);
	else
		kfree(r->buf);
	return 0;
}

struct port {
	struct device *dev;
	void *ring, *shadow;
	dma_addr_t dma;
};

static int open_ok(struct port *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	p->shadow = kmalloc(64, GFP_KERNEL);
	return p->ring && p->shadow ? 0 : -ENOMEM;
}

static void close_bad(struct port *p)
{
	kfree(p->shadow);
	kfree(p->ring);
}

struct hack {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
	bool mapped;
};

static int start_ok(struct hack *h)
{
	void *ring;

	h->ring = dma_alloc_coherent(h->dev, 64, &h->dma, GFP_KERNEL);
	if (!h->ring) {
		ring = kzalloc(64, GFP_KERNEL);
		if (!ring)
			return -ENOMEM;
		h->ring = ring;
		h->mapped = true;
	}
	return 0;
}

static void stop_ok(struct hack *h)
{
	if (h->mapped)
		kfree(h->ring);
	else
		dma_free_coherent(h->dev, 64, h->ring, h->dma);
}
