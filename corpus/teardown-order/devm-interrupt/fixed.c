// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/io.h>

struct adc {
	struct device *dev;
	u32 *ring;
	dma_addr_t dma;
	u32 last;
	int irq;
};

#define ADC_RING	4096

static irqreturn_t adc_irq(int irq, void *data)
{
	struct adc *adc = data;

	adc->last = adc->ring[0];
	return IRQ_HANDLED;
}

static int adc_probe(struct platform_device *pdev)
{
	struct adc *adc = devm_kzalloc(&pdev->dev, sizeof(*adc), GFP_KERNEL);
	int ret;

	if (!adc)
		return -ENOMEM;
	adc->dev = &pdev->dev;
	adc->irq = 5;
	adc->ring = dmam_alloc_coherent(adc->dev, ADC_RING, &adc->dma,
				       GFP_KERNEL);
	if (!adc->ring)
		return -ENOMEM;
	ret = devm_request_irq(adc->dev, adc->irq, adc_irq, 0, "adc", adc);
	if (ret)
		return ret;
	platform_set_drvdata(pdev, adc);
	return 0;
}

struct platform_driver adc_driver = {
	.probe = adc_probe,
};
