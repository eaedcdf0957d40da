// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define BOUNCE_SIZE	65536
#define TABLE_SIZE	1024

struct reader {
	struct device *dev;
	void __iomem *regs;
	void *table;
	dma_addr_t table_dma;
	u8 *bounce;
	dma_addr_t bounce_dma;
};

static void reader_alloc_bounce(struct reader *r)
{
	r->bounce = devm_kmalloc(r->dev, BOUNCE_SIZE, GFP_KERNEL);
	if (!r->bounce)
		return;
	r->bounce_dma = dma_map_single(r->dev, r->bounce, BOUNCE_SIZE,
				       DMA_BIDIRECTIONAL);
	if (dma_mapping_error(r->dev, r->bounce_dma)) {
		devm_kfree(r->dev, r->bounce);
		r->bounce = NULL;
		return;
	}
	writel(lower_32_bits(r->bounce_dma), r->regs);
}

static int reader_probe(struct platform_device *pdev)
{
	struct reader *r = devm_kzalloc(&pdev->dev, sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	r->dev = &pdev->dev;
	r->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(r->regs))
		return PTR_ERR(r->regs);
	r->table = dma_alloc_coherent(r->dev, TABLE_SIZE, &r->table_dma,
				      GFP_KERNEL);
	if (!r->table)
		return -ENOMEM;
	reader_alloc_bounce(r);
	platform_set_drvdata(pdev, r);
	return 0;
}

static int reader_remove(struct platform_device *pdev)
{
	struct reader *r = platform_get_drvdata(pdev);

	writel(0, r->regs);
	dma_free_coherent(r->dev, TABLE_SIZE, r->table, r->table_dma);
	return 0;
}

struct platform_driver reader_driver = {
	.probe = reader_probe,
	.remove = reader_remove,
};
