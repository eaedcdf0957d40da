// SPDX-License-Identifier: GPL-2.0-or-later
#include <crypto/skcipher.h>
#include <linux/io.h>
#include <linux/completion.h>

struct engine {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
	int status;
};

struct engine_ctx {
	struct engine *engine;
	u32 key[8];
};

struct engine_desc {
	__le32 src[8];
	__le32 dst[8];
};

int engine_cipher_run(struct skcipher_request *req, struct engine_desc *desc);

int engine_cipher_run(struct skcipher_request *req, struct engine_desc *desc)
{
	struct crypto_skcipher *tfm = crypto_skcipher_reqtfm(req);
	struct engine_ctx *ctx = crypto_skcipher_ctx(tfm);
	struct engine *engine = ctx->engine;
	int ns = sg_nents(req->src), nd = sg_nents(req->dst);
	struct scatterlist *sg;
	int nr_src, nr_dst, i, err = 0;

	nr_src = dma_map_sg(engine->dev, req->src, ns, DMA_TO_DEVICE);
	if (nr_src <= 0 || nr_src > 8) {
		dev_err(engine->dev, "invalid source list %d\n", nr_src);
		err = -EINVAL;
		goto unmap_src;
	}
	nr_dst = dma_map_sg(engine->dev, req->dst, nd, DMA_FROM_DEVICE);
	if (nr_dst <= 0) {
		dev_err(engine->dev, "cannot map the destination\n");
		err = -EINVAL;
		goto unmap_src;
	}

	for_each_sg(req->src, sg, nr_src, i)
		desc->src[i] = cpu_to_le32(sg_dma_address(sg));
	for_each_sg(req->dst, sg, min(nr_dst, 8), i)
		desc->dst[i] = cpu_to_le32(sg_dma_address(sg));

	reinit_completion(&engine->done);
	writel(1, engine->regs);
	if (!wait_for_completion_timeout(&engine->done,
					 msecs_to_jiffies(2000))) {
		writel(0, engine->regs);
		err = -EFAULT;
	}

	dma_unmap_sg(engine->dev, req->dst, nd, DMA_FROM_DEVICE);
unmap_src:
	if (nr_src > 0)
		dma_unmap_sg(engine->dev, req->src, ns, DMA_TO_DEVICE);
	return err;
}
