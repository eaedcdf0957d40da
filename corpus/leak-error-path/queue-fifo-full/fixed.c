// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/kfifo.h>

struct item {
	dma_addr_t dma;
	u32 len;
};

struct tx {
	struct device *dev;
	struct kfifo fifo;
	unsigned int used;
};

int tx_push(struct tx *tx, void *buf, u32 len);

int tx_push(struct tx *tx, void *buf, u32 len)
{
	struct item item = { .len = len };

	item.dma = dma_map_single(tx->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(tx->dev, item.dma))
		return -ENOMEM;
	if (tx->used == 32) {
		dma_unmap_single(tx->dev, item.dma, len, DMA_TO_DEVICE);
		return -ENOSPC;
	}
	kfifo_in(&tx->fifo, &item, 1);
	tx->used++;
	return 0;
}
