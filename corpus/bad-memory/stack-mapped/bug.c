// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct adc {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
	u8 *bounce;
};

int adc_sample(struct adc *adc, u16 *value);

int adc_sample(struct adc *adc, u16 *value)
{
	u8 buf[8];
	dma_addr_t dma;

	dma = dma_map_single(adc->dev, buf, sizeof(buf), DMA_FROM_DEVICE);
	if (dma_mapping_error(adc->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), adc->regs);
	wait_for_completion(&adc->done);
	dma_unmap_single(adc->dev, dma, sizeof(buf), DMA_FROM_DEVICE);
	*value = buf[0] << 8 | buf[1];
	return 0;
}
