// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

struct fw {
	struct device *dev;
	void *regs;
	struct page *page;
};

int fw_post(struct fw *fw);

int fw_post(struct fw *fw)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t dma;
	int ret;

	if (!page)
		return -ENOMEM;
	dma = dma_map_page(fw->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(fw->dev, dma)) {
		__free_page(page);
		ret = -EIO;
		goto free_page;
	}
	writel(dma, fw->regs);
	if (readl(fw->regs)) {
		fw->page = page;
		return 0;
	}
	dma_unmap_page(fw->dev, dma, PAGE_SIZE, DMA_FROM_DEVICE);
	ret = -EBUSY;
free_page:
	__free_page(page);
	return ret;
}
