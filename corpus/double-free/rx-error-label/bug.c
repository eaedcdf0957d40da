// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/dma-mapping.h>

#define SW_BUF	2048

struct sw_frame {
	dma_addr_t addr;
	u32 len;
	u32 port;
};

struct sw_port {
	struct net_device *ndev;
};

struct sw {
	struct device *dev;
	struct sw_port *port[8];
	unsigned int nports;
	unsigned int count;
};

void *sw_lookup(struct sw *sw, dma_addr_t addr);
void sw_rx(struct sw *sw, const struct sw_frame *frame);

static struct sk_buff *sw_build(struct sw *sw, void *va, u32 len)
{
	struct sk_buff *skb = build_skb(va, SW_BUF);

	if (!skb)
		return NULL;
	skb_put(skb, len);
	sw->count--;
	return skb;
}

static void sw_free_frame(struct sw *sw, const struct sw_frame *frame)
{
	void *va = sw_lookup(sw, frame->addr);

	dma_unmap_page(sw->dev, frame->addr, SW_BUF, DMA_FROM_DEVICE);
	free_pages((unsigned long)va, 0);
}

void sw_rx(struct sw *sw, const struct sw_frame *frame)
{
	void *va = sw_lookup(sw, frame->addr);
	struct sk_buff *skb;


	dma_unmap_page(sw->dev, frame->addr, SW_BUF, DMA_FROM_DEVICE);
	if (frame->port >= sw->nports)
		goto err_mapped;

	skb = sw_build(sw, va, frame->len);
	if (!skb) {
		free_pages((unsigned long)va, 0);
		return;
	}
	skb->dev = sw->port[frame->port]->ndev;
	skb->protocol = eth_type_trans(skb, skb->dev);
	napi_gro_receive(NULL, skb);
	return;

err_mapped:
	sw_free_frame(sw, frame);
}
