// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/skbuff.h>

struct rx_slot {
	struct sk_buff *skb;
	dma_addr_t dma;
};

struct rx {
	struct device *dev;
	struct net_device *ndev;
	struct rx_slot slot[64];
	unsigned int fill, want;
};

int rx_refill(struct rx *rx);

int rx_refill(struct rx *rx)
{
	while (rx->fill < rx->want) {
		struct rx_slot *slot = &rx->slot[rx->fill & 63];
		struct sk_buff *skb = netdev_alloc_skb(rx->ndev, 2048);
		dma_addr_t dma;

		if (!skb)
			return -ENOMEM;
		dma = dma_map_single(rx->dev, skb->data, 2048,
				     DMA_FROM_DEVICE);
		if (dma_mapping_error(rx->dev, dma))
			return -EIO;
		slot->skb = skb;
		slot->dma = dma;
		rx->fill++;
	}
	return 0;
}
