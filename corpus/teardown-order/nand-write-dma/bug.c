// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/completion.h>
#include <linux/dmaengine.h>

struct slab_flash {
	struct dma_chan *chan;
	struct completion done;
	struct scatterlist sg;
};

int slab_xfer(struct slab_flash *flash, void *page, int bytes,
	      enum dma_transfer_direction way);

static void slab_done(void *data)
{
	complete(data);
}

int slab_xfer(struct slab_flash *flash, void *page, int bytes,
	      enum dma_transfer_direction way)
{
	struct device *dev = flash->chan->device->dev;
	struct dma_async_tx_descriptor *desc;
	int err = 0;

	sg_init_one(&flash->sg, page, bytes);
	if (dma_map_sg(dev, &flash->sg, 1, DMA_BIDIRECTIONAL) != 1)
		return -EIO;
	desc = dmaengine_prep_slave_sg(flash->chan, &flash->sg, 1, way,
				       DMA_PREP_INTERRUPT);
	if (!desc) {
		err = -EIO;
		goto unmap;
	}
	init_completion(&flash->done);
	desc->callback = slab_done;
	desc->callback_param = &flash->done;
	dmaengine_submit(desc);
	dma_async_issue_pending(flash->chan);
	wait_for_completion_timeout(&flash->done, msecs_to_jiffies(1000));
unmap:
	dma_unmap_sg(dev, &flash->sg, 1, DMA_BIDIRECTIONAL);
	return err;
}
