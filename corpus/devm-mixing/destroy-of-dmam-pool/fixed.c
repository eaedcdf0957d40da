// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dmapool.h>

struct xor {
	struct device *dev;
	struct dma_pool *pool;
	void *first;
	dma_addr_t first_dma;
};

static int xor_probe(struct platform_device *pdev)
{
	struct xor *xor;

	xor = devm_kzalloc(&pdev->dev, sizeof(*xor), GFP_KERNEL);
	if (!xor)
		return -ENOMEM;
	xor->dev = &pdev->dev;
	xor->pool = dmam_pool_create("xor", &pdev->dev, 128, 128, 0);
	if (!xor->pool)
		return -ENOMEM;
	xor->first = dma_pool_zalloc(xor->pool, GFP_KERNEL, &xor->first_dma);
	if (!xor->first) {
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, xor);
	return 0;
}

static int xor_remove(struct platform_device *pdev)
{
	struct xor *xor = platform_get_drvdata(pdev);

	dma_pool_free(xor->pool, xor->first, xor->first_dma);
	return 0;
}

static struct platform_driver xor_driver = {
	.probe = xor_probe,
	.remove = xor_remove,
	.driver = { .name = "xor" },
};
module_platform_driver(xor_driver);
