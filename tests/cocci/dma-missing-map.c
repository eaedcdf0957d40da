// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	void *buf, *plain;
	dma_addr_t dma;
	phys_addr_t where;
};

static int physical_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	writel(virt_to_phys(r->buf), r->dev);
	return 0;
}

static struct page *page_bad(struct ring *r)
{
	void *p = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);

	return virt_to_page(p);
}

static int cached_bad(struct ring *r)
{
	r->plain = kmalloc(64, GFP_KERNEL);
	if (!r->plain)
		return -ENOMEM;
	r->dma = virt_to_phys(r->plain);
	return 0;
}

static int plain_ok(struct ring *r)
{
	r->plain = kmalloc(64, GFP_KERNEL);
	if (!r->plain)
		return -ENOMEM;
	r->where = virt_to_phys(r->plain);
	return 0;
}
