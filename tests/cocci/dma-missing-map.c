// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	void *buf, *plain, *desc;
	dma_addr_t dma;
};

static int physical_bad(struct ring *r)
{
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->buf)
		return -ENOMEM;
	writel(virt_to_phys(r->buf), r->dev);
	return 0;
}

static int probe_ok(struct ring *r)
{
	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	return r->desc ? 0 : -ENOMEM;
}

static struct page *page_bad(struct ring *r)
{
	return virt_to_page(r->desc);
}

static int plain_ok(struct ring *r)
{
	r->plain = kmalloc(64, GFP_KERNEL);
	if (!r->plain)
		return -ENOMEM;
	writel(virt_to_phys(r->plain), r->dev);
	return 0;
}
