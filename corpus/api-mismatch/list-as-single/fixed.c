// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct dig {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int dig_run(struct dig *dig, struct scatterlist *sgl, int nents);

int dig_run(struct dig *dig, struct scatterlist *sgl, int nents)
{
	int count, err = 0;

	count = dma_map_sg(dig->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	if (count != 1) {
		err = -EINVAL;
		goto out;
	}
	writel(lower_32_bits(sg_dma_address(sgl)), dig->regs);
	writel(sg_dma_len(sgl), dig->regs + 4);
	if (!wait_for_completion_timeout(&dig->done, msecs_to_jiffies(100))) {
		writel(0, dig->regs + 0x10);
		err = -ETIMEDOUT;
	}
out:
	dma_unmap_sg(dig->dev, sgl, nents, DMA_TO_DEVICE);
	return err;
}
