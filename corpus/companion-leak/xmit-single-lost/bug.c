// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/skbuff.h>

struct mac {
	struct device *dev;
	void *regs;
	struct sk_buff *skb;
	dma_addr_t dma;
};

static netdev_tx_t tx_start(struct sk_buff *skb, struct net_device *ndev)
{
	struct mac *mac = netdev_priv(ndev);
	dma_addr_t dma;

	if (mac->skb)
		return NETDEV_TX_BUSY;
	dma = dma_map_single(mac->dev, skb->data, skb_headlen(skb),
			     DMA_TO_DEVICE);
	if (dma_mapping_error(mac->dev, dma)) {
		netdev_err(ndev, "DMA mapping error\n");
		return NETDEV_TX_OK;
	}
	mac->skb = skb;
	mac->dma = dma;
	writel(dma, mac->regs);
	return NETDEV_TX_OK;
}

const struct net_device_ops mac_ops = { .ndo_start_xmit = tx_start };
