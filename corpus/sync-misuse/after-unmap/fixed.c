// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/dma-mapping.h>

struct cb {
	struct device *dev;
	struct net_device *ndev;
};

struct sk_buff *rx_copybreak(struct cb *cb, void *data, dma_addr_t dma,
			     unsigned int len);

struct sk_buff *rx_copybreak(struct cb *cb, void *data, dma_addr_t dma,
			     unsigned int len)
{
	struct sk_buff *skb;

	skb = netdev_alloc_skb(cb->ndev, len);
	if (!skb) {
		dma_unmap_single(cb->dev, dma, len, DMA_FROM_DEVICE);
		return NULL;
	}
	dma_sync_single_for_cpu(cb->dev, dma, len, DMA_FROM_DEVICE);
	memcpy(skb_put(skb, len), data, len);
	dma_unmap_single(cb->dev, dma, len, DMA_FROM_DEVICE);
	return skb;
}
