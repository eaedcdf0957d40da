// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/platform_device.h>

struct eng {
	struct dma_pool *pool;
	void *regs, *first;
	dma_addr_t dma;
};

static int eng_probe(struct platform_device *pdev)
{
	struct eng *e = devm_kzalloc(&pdev->dev, sizeof(*e), GFP_KERNEL);
	dma_addr_t dma;
	void *first;

	if (!e)
		return -ENOMEM;
	e->pool = dmam_pool_create("eng", &pdev->dev, 64, 64, 0);
	if (!e->pool)
		return -ENOMEM;
	first = dma_pool_alloc(e->pool, GFP_KERNEL, &dma);
	if (!first)
		return -ENOMEM;
	if (!readl(e->regs)) {
		dma_pool_free(e->pool, first, dma);
		return -ENODEV;
	}
	e->first = first;
	e->dma = dma;
	platform_set_drvdata(pdev, e);
	return 0;
}

struct platform_driver eng_driver = { .probe = eng_probe };
