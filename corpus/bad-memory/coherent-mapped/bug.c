// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct mbox {
	struct device *dev;
	void __iomem *regs;
};

int mbox_wait(struct mbox *mbox);
int mbox_call(struct mbox *mbox, const void *msg, size_t len);

int mbox_call(struct mbox *mbox, const void *msg, size_t len)
{
	dma_addr_t dma, map;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(mbox->dev, len, &dma, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	memcpy(buf, msg, len);
	map = dma_map_single(mbox->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(mbox->dev, map)) {
		ret = -ENOMEM;
		goto out;
	}
	writel(lower_32_bits(map), mbox->regs);
	ret = mbox_wait(mbox);
	dma_unmap_single(mbox->dev, map, len, DMA_TO_DEVICE);
out:
	dma_free_coherent(mbox->dev, len, buf, dma);
	return ret;
}
