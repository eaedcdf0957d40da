// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/completion.h>
#include <linux/io.h>

struct xg {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int xg_rx_peek(struct xg *xg, u8 *buf, size_t len);

int xg_rx_peek(struct xg *xg, u8 *buf, size_t len)
{
	dma_addr_t dma;
	int type;

	dma = dma_map_single(xg->dev, buf, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(xg->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), xg->regs);
	wait_for_completion(&xg->done);

	dma_sync_single_for_cpu(xg->dev, dma, len, DMA_FROM_DEVICE);
	type = buf[0];
	dma_unmap_single(xg->dev, dma, len, DMA_FROM_DEVICE);
	return type;
}
