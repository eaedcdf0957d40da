// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/skbuff.h>

struct port {
	struct device *dev;
	struct sk_buff *busy;
};

void port_kick(struct port *port, dma_addr_t dma, unsigned int len);

static netdev_tx_t port_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	struct port *port = netdev_priv(ndev);
	dma_addr_t dma;

	dma = dma_map_single(port->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(port->dev, dma)) {
		ndev->stats.tx_dropped++;
		dev_kfree_skb_any(skb);
		return NETDEV_TX_BUSY;
	}
	port->busy = skb;
	port_kick(port, dma, skb->len);
	return NETDEV_TX_OK;
}

const struct net_device_ops port_ops = { .ndo_start_xmit = port_xmit };
