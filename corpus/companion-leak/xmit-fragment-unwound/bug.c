// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/skbuff.h>

struct eth {
	struct device *dev;
	dma_addr_t dma[32];
	unsigned int size[32], next;
	struct sk_buff *sent[32];
};

void eth_kick(struct eth *eth);

static netdev_tx_t eth_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	struct eth *eth = netdev_priv(ndev);
	unsigned int n = skb_shinfo(skb)->nr_frags, i;
	dma_addr_t dma;

	for (i = 0; i < n; i++) {
		skb_frag_t *frag = &skb_shinfo(skb)->frags[i];

		dma = skb_frag_dma_map(eth->dev, frag, 0,
				       skb_frag_size(frag), DMA_TO_DEVICE);
		if (dma_mapping_error(eth->dev, dma))
			goto map_error;
		eth->dma[i] = dma;
		eth->size[i] = skb_frag_size(frag);
	}
	eth->sent[eth->next] = skb;
	eth_kick(eth);
	return NETDEV_TX_OK;
map_error:
	while (i--)
		dma_unmap_page(eth->dev, eth->dma[i], eth->size[i],
			       DMA_TO_DEVICE);
	return NETDEV_TX_OK;
}

const struct net_device_ops eth_ops = { .ndo_start_xmit = eth_xmit };
