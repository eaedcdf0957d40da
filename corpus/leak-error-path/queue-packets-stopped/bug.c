// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>

struct link_desc {
	__le64 addr;
	__le32 len;
};

struct link {
	struct device *dev;
	struct link_desc *desc;
	unsigned int head;
	struct sk_buff_head queue;
	bool up;
};

int link_send(struct link *l, struct sk_buff *skb);

int link_send(struct link *l, struct sk_buff *skb)
{
	dma_addr_t dma;

	dma = dma_map_single(l->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(l->dev, dma))
		return -ENOMEM;
	if (!l->up)
		return -ENETDOWN;
	l->desc[l->head].addr = cpu_to_le64(dma);
	l->desc[l->head].len = cpu_to_le32(skb->len);
	l->head = (l->head + 1) & 255;
	skb_queue_tail(&l->queue, skb);
	return 0;
}
