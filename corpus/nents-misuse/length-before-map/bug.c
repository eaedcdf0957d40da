// SPDX-License-Identifier: GPL-2.0-or-later
#include <crypto/skcipher.h>
#include <linux/io.h>

struct ce {
	struct device *dev;
	void __iomem *regs;
};

int ce_run(struct ce *ce, struct skcipher_request *req);

int ce_run(struct ce *ce, struct skcipher_request *req)
{
	int nents = sg_nents(req->src);
	struct scatterlist *sg;
	int count, i;

	if (sg_dma_len(req->src) % 16)
		return -EINVAL;

	count = dma_map_sg(ce->dev, req->src, nents, DMA_BIDIRECTIONAL);
	if (!count)
		return -ENOMEM;
	for_each_sg(req->src, sg, count, i) {
		writel(lower_32_bits(sg_dma_address(sg)), ce->regs);
		writel(sg_dma_len(sg), ce->regs + 4);
	}
	while (readl(ce->regs + 8))
		barrier();
	dma_unmap_sg(ce->dev, req->src, nents, DMA_BIDIRECTIONAL);
	return 0;
}
