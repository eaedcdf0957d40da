// SPDX-License-Identifier: GPL-2.0-or-later

struct fb {
	struct device *dev;
	struct pci_dev *pdev;
	struct dma_pool *pool;
	void *screen, *desc;
	dma_addr_t dma;
};

static int probe_bad(struct fb *f)
{
	f->screen = dma_alloc_writecombine(f->dev, 64, &f->dma, GFP_KERNEL);
	f->desc = dma_zalloc_coherent(f->dev, 64, &f->dma, GFP_KERNEL);
	f->pool = pci_pool_create("fb", f->pdev, 64, 8, 0);
	return f->pool ? 0 : -ENOMEM;
}

static void *block_bad(struct fb *f)
{
	return pci_pool_alloc(f->pool, GFP_ATOMIC, &f->dma);
}

static int probe_ok(struct fb *f)
{
	f->screen = dma_alloc_wc(f->dev, 64, &f->dma, GFP_KERNEL);
	f->pool = dma_pool_create("fb", f->dev, 64, 8, 0);
	return f->pool ? 0 : -ENOMEM;
}
