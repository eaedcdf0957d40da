// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>

struct dsp {
	struct device *dev;
	void *mem;
	dma_addr_t dma;
};

static void dsp_free(void *data)
{
	struct dsp *d = data;

	dma_free_coherent(d->dev, 8192, d->mem, d->dma);
}

static int dsp_probe(struct platform_device *pdev)
{
	struct dsp *d = devm_kzalloc(&pdev->dev, sizeof(*d), GFP_KERNEL);

	if (!d)
		return -ENOMEM;
	d->dev = &pdev->dev;
	d->mem = dma_alloc_coherent(d->dev, 8192, &d->dma, GFP_KERNEL);
	if (!d->mem)
		return -ENOMEM;
	return devm_add_action(&pdev->dev, dsp_free, d);
}

struct platform_driver dsp_driver = { .probe = dsp_probe };
