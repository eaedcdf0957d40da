// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>

struct aes {
	struct device *dev;
	struct dma_chan *in;
	struct scatterlist *in_sg;
	int in_sg_len;
};

int aes_start(struct aes *aes);

static int aes_crypt_dma(struct aes *aes, struct scatterlist *sg, int len)
{
	struct dma_async_tx_descriptor *tx;

	tx = dmaengine_prep_slave_sg(aes->in, sg, len, DMA_MEM_TO_DEV,
				     DMA_PREP_INTERRUPT);
	if (!tx)
		return -EINVAL;
	dmaengine_submit(tx);
	dma_async_issue_pending(aes->in);
	return 0;
}

int aes_start(struct aes *aes)
{
	int n, err;

	n = dma_map_sg(aes->dev, aes->in_sg, aes->in_sg_len, DMA_TO_DEVICE);
	if (!n)
		return -EINVAL;
	err = aes_crypt_dma(aes, aes->in_sg, n);
	if (err)
		dma_unmap_sg(aes->dev, aes->in_sg, aes->in_sg_len,
			     DMA_TO_DEVICE);
	return err;
}
