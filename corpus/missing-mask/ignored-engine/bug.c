// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>

struct engine {
	struct device *dev;
	void *desc;
	dma_addr_t desc_dma;
};

int engine_probe(struct platform_device *pdev);
int engine_alloc_chan(struct engine *e);

int engine_alloc_chan(struct engine *e)
{
	e->desc = dma_alloc_coherent(e->dev, 8192, &e->desc_dma, GFP_KERNEL);
	return e->desc ? 0 : -ENOMEM;
}

int engine_probe(struct platform_device *pdev)
{
	struct engine *e = devm_kzalloc(&pdev->dev, sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	e->dev = &pdev->dev;
	dma_set_mask(&pdev->dev, DMA_BIT_MASK(44));
	platform_set_drvdata(pdev, e);
	return 0;
}
