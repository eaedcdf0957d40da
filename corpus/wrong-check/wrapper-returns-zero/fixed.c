// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct sq {
	struct device *dev;
	void __iomem *regs;
	dma_addr_t addr;
};

int sq_append(struct sq *sq, struct page *page, unsigned int len);

static dma_addr_t sq_map(struct sq *sq, struct page *page, unsigned int len)
{
	dma_addr_t iova = dma_map_page(sq->dev, page, 0, len, DMA_TO_DEVICE);

	if (unlikely(dma_mapping_error(sq->dev, iova)))
		return DMA_MAPPING_ERROR;
	return iova;
}

int sq_append(struct sq *sq, struct page *page, unsigned int len)
{
	dma_addr_t iova = sq_map(sq, page, len);

	if (dma_mapping_error(sq->dev, iova))
		return -ENOMEM;
	sq->addr = iova;
	writel(lower_32_bits(iova), sq->regs);
	return 0;
}
