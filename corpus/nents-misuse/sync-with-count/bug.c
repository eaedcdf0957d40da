// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct grab {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
	struct scatterlist *sgl;
	int nents;
};

void grab_consume(struct grab *grab);
int grab_frame(struct grab *grab);

int grab_frame(struct grab *grab)
{
	struct scatterlist *sg;
	int count, i;

	count = dma_map_sg(grab->dev, grab->sgl, grab->nents, DMA_FROM_DEVICE);
	if (!count)
		return -ENOMEM;
	for_each_sg(grab->sgl, sg, count, i)
		writel(lower_32_bits(sg_dma_address(sg)), grab->regs + i * 4);
	writel(1, grab->regs + 0x80);
	wait_for_completion(&grab->done);

	dma_sync_sg_for_cpu(grab->dev, grab->sgl, count, DMA_FROM_DEVICE);
	grab_consume(grab);
	dma_unmap_sg(grab->dev, grab->sgl, grab->nents, DMA_FROM_DEVICE);
	return 0;
}
