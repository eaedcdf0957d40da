// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct tdes {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int tdes_finish(struct tdes *tdes, u8 *buf, u8 *out, size_t len);

int tdes_finish(struct tdes *tdes, u8 *buf, u8 *out, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(tdes->dev, buf, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(tdes->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), tdes->regs);
	wait_for_completion(&tdes->done);

	dma_sync_single_for_device(tdes->dev, dma, len, DMA_FROM_DEVICE);
	memcpy(out, buf, len);
	dma_unmap_single(tdes->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}
