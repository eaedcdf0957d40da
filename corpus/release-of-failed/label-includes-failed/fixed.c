// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct hash {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int hash_run(struct hash *hash, struct scatterlist *sgl, int nents,
	     void *result, size_t len);

int hash_run(struct hash *hash, struct scatterlist *sgl, int nents,
	     void *result, size_t len)
{
	dma_addr_t out;
	int count, err = 0;

	count = dma_map_sg(hash->dev, sgl, nents, DMA_TO_DEVICE);
	if (count <= 0) {
		err = -EINVAL;
		goto err;
	}
	out = dma_map_single(hash->dev, result, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(hash->dev, out)) {
		err = -EINVAL;
		goto err_src;
	}
	writel(lower_32_bits(sg_dma_address(sgl)), hash->regs);
	writel(lower_32_bits(out), hash->regs + 4);
	if (!wait_for_completion_timeout(&hash->done, msecs_to_jiffies(100))) {
		writel(0, hash->regs + 0x08);
		err = -ETIMEDOUT;
	}
	dma_unmap_single(hash->dev, out, len, DMA_FROM_DEVICE);
err_src:
	dma_unmap_sg(hash->dev, sgl, nents, DMA_TO_DEVICE);
err:
	return err;
}
