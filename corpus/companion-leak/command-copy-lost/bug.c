// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

struct ctl {
	struct device *dev;
	void *regs;
};

int ctl_send(struct ctl *ctl, const void *cmd, size_t len);

int ctl_send(struct ctl *ctl, const void *cmd, size_t len)
{
	void *copy = kmemdup(cmd, len, GFP_KERNEL);
	dma_addr_t dma;
	int ret = 0;

	if (!copy)
		return -ENOMEM;
	dma = dma_map_single(ctl->dev, copy, len, DMA_TO_DEVICE);
	if (dma_mapping_error(ctl->dev, dma))
		return -EIO;
	writel(dma, ctl->regs);
	while (readl(ctl->regs + 4))
		;
	dma_unmap_single(ctl->dev, dma, len, DMA_TO_DEVICE);
	kfree(copy);
	return ret;
}
