// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>

struct wlan_cb {
	dma_addr_t dma;
	u16 len;
};

struct wlan {
	struct device *dev;
	struct sk_buff *slot[64];
	unsigned int head, tail;
};

int wlan_tx(struct wlan *w, struct sk_buff *skb);
void wlan_tx_done(struct wlan *w);

void wlan_tx_done(struct wlan *w)
{
	struct sk_buff *skb = w->slot[w->tail++ & 63];
	struct wlan_cb *cb = (struct wlan_cb *)skb->cb;

	dma_unmap_single(w->dev, cb->dma, cb->len, DMA_TO_DEVICE);
	dev_kfree_skb_any(skb);
}

int wlan_tx(struct wlan *w, struct sk_buff *skb)
{
	struct wlan_cb *cb = (struct wlan_cb *)skb->cb;

	cb->len = skb->len;
	cb->dma = dma_map_single(w->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(w->dev, cb->dma))
		return -ENOMEM;
	if (w->head - w->tail == 64)
		return -ENOSPC;
	w->slot[w->head++ & 63] = skb;
	if (!w->dev->driver) {
		w->head--;
		dma_unmap_single(w->dev, cb->dma, cb->len, DMA_TO_DEVICE);
		return -ENODEV;
	}
	return 0;
}
