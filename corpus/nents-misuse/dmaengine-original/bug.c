// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmaengine.h>

struct codec {
	struct dma_chan *chan;
	struct scatterlist sg[8];
	int nents;
};

int codec_start(struct codec *codec);

int codec_start(struct codec *codec)
{
	struct device *dev = codec->chan->device->dev;
	struct dma_async_tx_descriptor *desc;
	int count;

	count = dma_map_sg(dev, codec->sg, codec->nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	desc = dmaengine_prep_slave_sg(codec->chan, codec->sg, codec->nents,
				       DMA_MEM_TO_DEV, DMA_CTRL_ACK);
	if (!desc) {
		dma_unmap_sg(dev, codec->sg, codec->nents, DMA_TO_DEVICE);
		return -EBUSY;
	}
	dmaengine_submit(desc);
	dma_async_issue_pending(codec->chan);
	return 0;
}
