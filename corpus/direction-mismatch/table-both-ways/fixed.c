// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct share {
	struct device *dev;
	void __iomem *regs;
};

int share_copy(struct share *share, struct page **pages, unsigned int n);

static int share_run(struct share *share, struct sg_table *sgt)
{
	struct scatterlist *sg;
	unsigned int i;

	for_each_sgtable_dma_sg(sgt, sg, i) {
		writel(lower_32_bits(sg_dma_address(sg)), share->regs);
		writel(sg_dma_len(sg), share->regs + 4);
		if (readl(share->regs + 8))
			return -EIO;
	}
	return 0;
}

int share_copy(struct share *share, struct page **pages, unsigned int n)
{
	struct sg_table sgt;
	struct scatterlist *sg;
	unsigned int i;
	int ret;

	ret = sg_alloc_table(&sgt, n, GFP_KERNEL);
	if (ret)
		return ret;
	for_each_sgtable_sg(&sgt, sg, i)
		sg_set_page(sg, pages[i], PAGE_SIZE, 0);

	ret = dma_map_sgtable(share->dev, &sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		goto out;
	ret = share_run(share, &sgt);
	dma_unmap_sgtable(share->dev, &sgt, DMA_BIDIRECTIONAL, 0);
out:
	sg_free_table(&sgt);
	return ret;
}
