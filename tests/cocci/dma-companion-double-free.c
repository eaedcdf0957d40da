// SPDX-License-Identifier: GPL-2.0-or-later

static netdev_tx_t freed_and_busy_bad(struct sk_buff *skb, struct nic *n)
{
	n->dma = dma_map_single(n->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(n->dev, n->dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_BUSY;
	}
	return NETDEV_TX_OK;
}

static netdev_tx_t freed_and_ok_ok(struct sk_buff *skb, struct nic *n)
{
	if (full(n))
		return NETDEV_TX_BUSY;
	n->dma = dma_map_single(n->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(n->dev, n->dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	return NETDEV_TX_OK;
}
