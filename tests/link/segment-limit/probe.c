/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grab.h"

static int grab_probe(struct platform_device *pdev)
{
	struct grab *grab;
	int err;

	grab = devm_kzalloc(&pdev->dev, sizeof(*grab), GFP_KERNEL);
	if (!grab)
		return -ENOMEM;
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (err)
		return err;
	grab->dev = &pdev->dev;
	return grab_queue_init(grab);
}

static struct platform_driver grab_driver = {
	.probe = grab_probe,
};

module_platform_driver(grab_driver);
