// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>

struct pkt_cb {
	dma_addr_t head, tail;
};

struct pkt_queue {
	struct device *dev;
	struct sk_buff_head sent;
};

int pkt_map(struct pkt_queue *q, struct sk_buff *skb, void *tail, size_t len);

int pkt_map(struct pkt_queue *q, struct sk_buff *skb, void *tail, size_t len)
{
	struct pkt_cb *cb = (struct pkt_cb *)skb->cb;
	dma_addr_t a, b;

	a = dma_map_single(q->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(q->dev, a))
		return -ENOMEM;
	b = dma_map_single(q->dev, tail, len, DMA_TO_DEVICE);
	if (dma_mapping_error(q->dev, b))
		return -ENOMEM;
	cb->head = a;
	cb->tail = b;
	skb_queue_tail(&q->sent, skb);
	return 0;
}
