// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <linux/scatterlist.h>

struct udp_hw_desc {
	__le32 src;
	__le32 len;
	__le32 next;
	__le32 ctrl;
};

struct udp_desc {
	struct udp_hw_desc *hw;
	dma_addr_t phys;
	struct udp_desc *prev;
};

struct udp_chan {
	struct dma_pool *pool;
	struct udp_desc *tail;
};

int udp_chain(struct udp_chan *chan, struct udp_desc *desc, dma_addr_t src,
	      u32 len);
void udp_unchain(struct udp_chan *chan, struct udp_desc *desc);

int udp_chain(struct udp_chan *chan, struct udp_desc *desc, dma_addr_t src,
	      u32 len)
{
	desc->hw = dma_pool_alloc(chan->pool, GFP_ATOMIC, &desc->phys);
	if (!desc->hw)
		return -ENOMEM;

	desc->hw->src = cpu_to_le32(lower_32_bits(src));
	desc->hw->len = cpu_to_le32(len);
	desc->hw->next = 0;
	desc->hw->ctrl = cpu_to_le32(1);
	desc->prev = chan->tail;
	if (desc->prev)
		desc->prev->hw->next = cpu_to_le32(lower_32_bits(desc->phys));
	chan->tail = desc;
	return 0;
}

void udp_unchain(struct udp_chan *chan, struct udp_desc *desc)
{
	chan->tail = desc->prev;
	dma_pool_free(chan->pool, desc->hw, desc->phys);
	desc->hw = NULL;
}
