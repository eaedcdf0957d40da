// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/io.h>
#include <linux/skbuff.h>

struct rx {
	struct device *dev;
	struct net_device *ndev;
	void *regs;
	struct sk_buff_head posted;
};

int rx_post(struct rx *rx);

int rx_post(struct rx *rx)
{
	struct sk_buff *skb = netdev_alloc_skb(rx->ndev, 2048);
	dma_addr_t dma;

	if (!skb)
		return -ENOMEM;
	dma = dma_map_single(rx->dev, skb->data, 2048, DMA_FROM_DEVICE);
	if (dma_mapping_error(rx->dev, dma))
		goto free;
	writel(dma, rx->regs);
	if (readl(rx->regs + 4)) {
		dma_unmap_single(rx->dev, dma, 2048, DMA_FROM_DEVICE);
		goto free;
	}
	*(dma_addr_t *)skb->cb = dma;
	skb_queue_tail(&rx->posted, skb);
	return 0;
free:
	dev_kfree_skb_any(skb);
	return -EIO;
}
