// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/device.h>

struct adc {
	struct device *dev;
	dma_addr_t samples_dma;
	u8 samples[4096];
};

struct adc *adc_new(struct device *dev)
{
	struct adc *adc = devm_kzalloc(dev, sizeof(*adc), GFP_KERNEL);

	if (!adc)
		return NULL;
	adc->dev = dev;
	adc->samples_dma = dma_map_single(dev, adc->samples,
					  sizeof(adc->samples),
					  DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, adc->samples_dma))
		return NULL;
	return adc;
}
