// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

#define HD_HDR		64
#define HD_BUF		2048

struct hd {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int hd_recv(struct hd *hd, u8 *buf);

int hd_recv(struct hd *hd, u8 *buf)
{
	dma_addr_t dma;
	int type;

	dma = dma_map_single(hd->dev, buf, HD_HDR, DMA_FROM_DEVICE);
	if (dma_mapping_error(hd->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), hd->regs);
	wait_for_completion(&hd->done);
	dma_sync_single_for_cpu(hd->dev, dma, HD_BUF, DMA_FROM_DEVICE);
	type = buf[0];
	dma_unmap_single(hd->dev, dma, HD_HDR, DMA_FROM_DEVICE);
	return type;
}
