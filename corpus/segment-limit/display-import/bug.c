// SPDX-License-Identifier: GPL-2.0-or-later
#include <drm/drm_drv.h>
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>

static const struct drm_driver panel_drm = {
	.gem_prime_import_sg_table = drm_gem_dma_prime_import_sg_table,
	.name = "panel",
};

static int panel_probe(struct platform_device *pdev)
{
	int err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));

	if (err)
		return err;
	return drm_dev_register_of(&pdev->dev, &panel_drm);
}

static struct platform_driver panel_driver = {
	.probe = panel_probe,
};

module_platform_driver(panel_driver);
