// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct scan {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int scan_line(struct scan *scan, struct scatterlist *sgl, int nents);

int scan_line(struct scan *scan, struct scatterlist *sgl, int nents)
{
	u8 first;

	if (!dma_map_sg(scan->dev, sgl, nents, DMA_FROM_DEVICE))
		return -ENOMEM;
	writel(lower_32_bits(sg_dma_address(sgl)), scan->regs);
	writel(sg_dma_len(sgl), scan->regs + 4);
	wait_for_completion(&scan->done);
	dma_sync_sg_for_cpu(scan->dev, sgl, nents, DMA_TO_DEVICE);
	first = *(u8 *)sg_virt(sgl);
	dma_unmap_sg(scan->dev, sgl, nents, DMA_FROM_DEVICE);
	return first;
}
