// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/platform_device.h>

struct cam {
	struct device *dev;
	void *regs, *mem;
	dma_addr_t dma;
};

static void cam_release(void *data)
{
	struct cam *c = data;

	dma_free_coherent(c->dev, 4096, c->mem, c->dma);
}

static int cam_probe(struct platform_device *pdev)
{
	struct cam *c = devm_kzalloc(&pdev->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->dev = &pdev->dev;
	c->mem = dma_alloc_coherent(c->dev, 4096, &c->dma, GFP_KERNEL);
	if (!c->mem)
		return -ENOMEM;
	if (readl(c->regs) != 1)
		return -ENODEV;
	return devm_add_action_or_reset(c->dev, cam_release, c);
}

struct platform_driver cam_driver = { .probe = cam_probe };
