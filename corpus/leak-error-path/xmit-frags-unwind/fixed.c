// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/io.h>

#define MAC_RING	128

struct mac_buf {
	struct sk_buff *skb;
	dma_addr_t dma;
	u32 len;
	bool is_page;
};

struct mac_ring {
	struct device *dev;
	struct mac_buf buf[MAC_RING];
	unsigned int next;
};

int mac_map_skb(struct mac_ring *ring, struct sk_buff *skb);

static void mac_unmap_buf(struct mac_ring *ring, struct mac_buf *buf)
{
	if (buf->is_page)
		dma_unmap_page(ring->dev, buf->dma, buf->len, DMA_TO_DEVICE);
	else
		dma_unmap_single(ring->dev, buf->dma, buf->len,
				 DMA_TO_DEVICE);
	buf->dma = 0;
}

int mac_map_skb(struct mac_ring *ring, struct sk_buff *skb)
{
	unsigned int count = 0, f, i = ring->next;
	unsigned int nr_frags = skb_shinfo(skb)->nr_frags;
	struct mac_buf *buf = &ring->buf[i];

	buf->len = skb_headlen(skb);
	buf->is_page = false;
	buf->dma = dma_map_single(ring->dev, skb->data, buf->len,
				  DMA_TO_DEVICE);
	if (dma_mapping_error(ring->dev, buf->dma))
		return -ENOMEM;
	count++;

	for (f = 0; f < nr_frags; f++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[f];

		i = (i + 1) % MAC_RING;
		buf = &ring->buf[i];
		buf->len = skb_frag_size(frag);
		buf->is_page = true;
		buf->dma = skb_frag_dma_map(ring->dev, frag, 0, buf->len,
					    DMA_TO_DEVICE);
		if (dma_mapping_error(ring->dev, buf->dma))
			goto unwind;
		count++;
	}
	ring->buf[i].skb = skb;
	ring->next = (i + 1) % MAC_RING;
	return count;

unwind:
	while (count--) {
		i = (i + MAC_RING - 1) % MAC_RING;
		mac_unmap_buf(ring, &ring->buf[i]);
	}
	return -ENOMEM;
}
