// SPDX-License-Identifier: GPL-2.0-or-later
#include <crypto/skcipher.h>
#include <linux/io.h>

struct ss {
	struct device *dev;
	void __iomem *regs;
};

int ss_cipher(struct ss *ss, struct skcipher_request *req);

static void ss_setup_ivs(struct ss *ss, struct skcipher_request *req)
{
	unsigned int len = req->cryptlen, todo;
	struct scatterlist *sg = req->src;

	while (sg && len) {
		todo = min(len, sg->length);
		writel(todo, ss->regs + 16);
		len -= todo;
		sg = sg_next(sg);
	}
}

int ss_cipher(struct ss *ss, struct skcipher_request *req)
{
	int nents = sg_nents(req->src), count, i;
	struct scatterlist *sg;

	ss_setup_ivs(ss, req);
	count = dma_map_sg(ss->dev, req->src, nents, DMA_BIDIRECTIONAL);
	if (!count)
		return -ENOMEM;
	for_each_sg(req->src, sg, count, i) {
		writel(lower_32_bits(sg_dma_address(sg)), ss->regs);
		writel(sg_dma_len(sg), ss->regs + 4);
	}
	dma_unmap_sg(ss->dev, req->src, nents, DMA_BIDIRECTIONAL);
	return 0;
}
