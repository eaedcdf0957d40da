// SPDX-License-Identifier: GPL-2.0-or-later
/* A packet that could not be mapped is freed once. */
#include <linux/dma-mapping.h>
#include <linux/skbuff.h>

struct priv {
	struct device *dev;
	struct sk_buff *skb[16];
	unsigned int head;
};

void start(struct priv *p, dma_addr_t dma, unsigned int len);

static netdev_tx_t xmit_busy_bad(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		/* dma-companion-double-free: high */
		return NETDEV_TX_BUSY;
	}
	p->skb[p->head] = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

bool was_sent(int rc);
void ndev_dropped(struct priv *p);

static int map_or_free(struct priv *p, struct sk_buff *skb)
{
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		return -ENOMEM;
	}
	p->skb[p->head] = skb;
	start(p, dma, skb->len);
	return 0;
}

static netdev_tx_t xmit_twice_bad(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	if (map_or_free(p, skb))
		dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static netdev_tx_t xmit_once_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	if (map_or_free(p, skb))
		ndev->stats.tx_dropped++;
	return NETDEV_TX_OK;
}

const struct net_device_ops busy_ops = { .ndo_start_xmit = xmit_busy_bad };
const struct net_device_ops twice_ops = { .ndo_start_xmit = xmit_twice_bad };
const struct net_device_ops once_ops = { .ndo_start_xmit = xmit_once_ok };

/* --- who freed it and says so freed its own reference --- */

static int send_or_drop(struct priv *p, struct sk_buff *skb)
{
	if (p->head > 100)
		return NETDEV_TX_BUSY;
	if (map_or_free(p, skb))
		ndev_dropped(p);
	return NETDEV_TX_OK;
}

int loopback_ok(struct priv *p, struct sk_buff *skb)
{
	int rc = send_or_drop(p, skb);

	if (was_sent(rc))
		return 0;
	dev_kfree_skb_any(skb);
	return -EIO;
}
