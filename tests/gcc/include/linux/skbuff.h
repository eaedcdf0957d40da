/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_SKBUFF_H
#define SIM_LINUX_SKBUFF_H

#include <linux/netdevice.h>
#include <linux/dma-mapping.h>

typedef struct skb_frag {
	struct page *bv_page;
	unsigned int bv_len;
	unsigned int bv_offset;
} skb_frag_t;

struct sk_buff_head {
	struct sk_buff *next, *prev;
	unsigned int qlen;
};

struct skb_shared_info {
	u8 nr_frags;
	skb_frag_t frags[17];
};

struct sk_buff {
	char cb[48];
	unsigned int len, data_len;
	u16 protocol;
	unsigned char *head, *data;
	unsigned char *end;
	struct net_device *dev;
};

#define skb_shinfo(skb)	((struct skb_shared_info *)((skb)->end))

static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->len - skb->data_len;
}

static inline unsigned int skb_frag_size(const skb_frag_t *frag)
{
	return frag->bv_len;
}

static inline dma_addr_t skb_frag_dma_map(struct device *dev,
					  const skb_frag_t *frag,
					  size_t offset, size_t size,
					  enum dma_data_direction dir)
{
	return dma_map_page(dev, frag->bv_page, frag->bv_offset + offset,
			    size, dir);
}

struct sk_buff *netdev_alloc_skb(struct net_device *dev, unsigned int len);
struct sk_buff *build_skb(void *data, unsigned int size);
void *netdev_alloc_frag(unsigned int size);
void skb_free_frag(void *addr);
void *skb_put(struct sk_buff *skb, unsigned int len);
int skb_padto(struct sk_buff *skb, unsigned int len);
void dev_kfree_skb_any(struct sk_buff *skb);
void consume_skb(struct sk_buff *skb);
#define dev_kfree_skb(skb)	consume_skb(skb)
void dev_consume_skb_any(struct sk_buff *skb);
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
struct sk_buff *skb_dequeue(struct sk_buff_head *list);
u16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);

#endif
