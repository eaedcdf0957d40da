// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct flash {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int flash_exec(struct flash *flash, void *buf, size_t len, bool read);

int flash_exec(struct flash *flash, void *buf, size_t len, bool read)
{
	enum dma_data_direction dir = read ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	dma_addr_t dma;
	int ret = 0;

	dma = dma_map_single(flash->dev, buf, len, dir);
	if (dma_mapping_error(flash->dev, dma))
		return -ENOMEM;

	reinit_completion(&flash->done);
	writel(lower_32_bits(dma), flash->regs + 0x10);
	writel(upper_32_bits(dma), flash->regs + 0x14);
	writel(len, flash->regs + 0x18);

	if (!wait_for_completion_timeout(&flash->done, msecs_to_jiffies(500))) {
		dev_err(flash->dev, "transfer timed out\n");
		writel(0, flash->regs + 0x18);
		ret = -ETIMEDOUT;
		goto out;
	}
	if (readl(flash->regs + 0x1c) & BIT(3))
		ret = -EIO;
out:
	dma_unmap_single(flash->dev, dma, len, dir);
	return ret;
}
