// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

#define RELAY_CHANNELS	6
#define RELAY_BYTES	512

struct relay_channel {
	void *request, *reply;
	dma_addr_t request_dma, reply_dma;
};

struct relay {
	struct device *dev;
	struct relay_channel channel[RELAY_CHANNELS];
};

static int relay_map_all(struct relay *r)
{
	struct relay_channel *ch;
	int i;

	for (i = 0; i < RELAY_CHANNELS; i++) {
		ch = &r->channel[i];
		ch->request_dma = dma_map_single(r->dev, ch->request,
						 RELAY_BYTES, DMA_TO_DEVICE);
		if (dma_mapping_error(r->dev, ch->request_dma))
			goto undo;
		ch->reply_dma = dma_map_single(r->dev, ch->reply, RELAY_BYTES,
					       DMA_FROM_DEVICE);
		if (dma_mapping_error(r->dev, ch->reply_dma)) {
			dma_unmap_single(r->dev, ch->request_dma, RELAY_BYTES,
					 DMA_TO_DEVICE);
			goto undo;
		}
	}
	return 0;

undo:
	for (i--; i >= 0; i--) {
		ch = &r->channel[i];
		dma_unmap_single(r->dev, ch->reply_dma, RELAY_BYTES,
				 DMA_FROM_DEVICE);
		dma_unmap_single(r->dev, ch->request_dma, RELAY_BYTES,
				 DMA_TO_DEVICE);
	}
	return -ENOMEM;
}

int relay_start(struct relay *r)
{
	return relay_map_all(r);
}
