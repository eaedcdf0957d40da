// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmaengine.h>
#include <linux/completion.h>

struct nand {
	struct device *dev;
	struct dma_chan *chan;
	struct completion done;
	struct scatterlist sg;
};

int nand_xfer(struct nand *nand, void *buf, int len);

static void nand_done(void *param)
{
	struct nand *nand = param;

	complete(&nand->done);
}

int nand_xfer(struct nand *nand, void *buf, int len)
{
	struct dma_async_tx_descriptor *desc;
	int nents, err = 0;

	sg_init_one(&nand->sg, buf, len);
	nents = dma_map_sg(nand->dev, &nand->sg, 1, DMA_TO_DEVICE);
	if (!nents)
		return -EIO;

	desc = dmaengine_prep_slave_sg(nand->chan, &nand->sg, nents,
				       DMA_MEM_TO_DEV, DMA_PREP_INTERRUPT);
	if (!desc) {
		err = -EIO;
		goto out;
	}
	init_completion(&nand->done);
	desc->callback = nand_done;
	desc->callback_param = nand;
	dmaengine_submit(desc);
	dma_async_issue_pending(nand->chan);
	if (!wait_for_completion_timeout(&nand->done, msecs_to_jiffies(1000))) {
		dmaengine_terminate_sync(nand->chan);
		err = -ETIMEDOUT;
	}
out:
	dma_unmap_sg(nand->dev, &nand->sg, 1, DMA_TO_DEVICE);
	return err;
}
