// SPDX-License-Identifier: GPL-2.0-or-later
/* Who frees the packet, the page or the buffer when it cannot be mapped? */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/scatterlist.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

struct slot {
	struct sk_buff *skb;
	dma_addr_t dma;
};

struct priv {
	struct device *dev;
	struct net_device *ndev;
	void *regs;
	struct slot slot[16];
	unsigned int head;
	struct sk_buff *current;
};

void start(struct priv *p, dma_addr_t dma, unsigned int len);
void drop(struct priv *p, struct sk_buff *skb);
int prepare(struct priv *p, struct sk_buff **skb);

/* --- ndo_start_xmit() --- */

static netdev_tx_t xmit_lost_bad(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		ndev->stats.tx_dropped++;
		/* dma-companion-leak: high */
		return NETDEV_TX_OK;
	}
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

static netdev_tx_t xmit_freed_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

/* The core keeps it and sends it again. */
static netdev_tx_t xmit_busy_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return NETDEV_TX_BUSY;
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

/* What unwinds the slots frees what was kept in the first of them. */
static netdev_tx_t xmit_kept_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma;

	p->current = skb;
	dma = dma_map_single(p->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return NETDEV_TX_OK;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

static netdev_tx_t xmit_dropped_ok(struct sk_buff *skb,
				   struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		drop(p, skb);
		return NETDEV_TX_OK;
	}
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

static int map(struct priv *p, struct sk_buff *skb)
{
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return 0;
}

static netdev_tx_t xmit_helper_bad(struct sk_buff *skb,
				   struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	if (map(p, skb))
		ndev->stats.tx_dropped++;
	return NETDEV_TX_OK;
}

static netdev_tx_t xmit_helper_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	if (map(p, skb))
		dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

/* The packet may be another one afterwards. */
static netdev_tx_t xmit_replaced_ok(struct sk_buff *skb,
				    struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma;

	if (prepare(p, &skb))
		return NETDEV_TX_BUSY;
	dma = dma_map_single(p->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	p->slot[p->head].skb = skb;
	start(p, dma, skb->len);
	return NETDEV_TX_OK;
}

const struct net_device_ops lost_ops = { .ndo_start_xmit = xmit_lost_bad };
const struct net_device_ops freed_ops = { .ndo_start_xmit = xmit_freed_ok };
const struct net_device_ops busy_ops = { .ndo_start_xmit = xmit_busy_ok };
const struct net_device_ops kept_ops = { .ndo_start_xmit = xmit_kept_ok };
const struct net_device_ops drop_ops = { .ndo_start_xmit = xmit_dropped_ok };
const struct net_device_ops bad_ops = { .ndo_start_xmit = xmit_helper_bad };
const struct net_device_ops good_ops = { .ndo_start_xmit = xmit_helper_ok };
const struct net_device_ops new_ops = { .ndo_start_xmit = xmit_replaced_ok };

/* --- what the function allocated itself --- */

int refill_lost_bad(struct priv *p)
{
	struct sk_buff *skb = netdev_alloc_skb(p->ndev, 1536);
	struct slot *slot = &p->slot[p->head];

	if (!skb)
		return -ENOMEM;
	slot->dma = dma_map_single(p->dev, skb->data, 1536, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, slot->dma))
		return -ENOMEM;
	slot->skb = skb;
	return 0;
}

int refill_freed_ok(struct priv *p)
{
	struct sk_buff *skb = netdev_alloc_skb(p->ndev, 1536);
	struct slot *slot = &p->slot[p->head];

	if (!skb)
		return -ENOMEM;
	slot->dma = dma_map_single(p->dev, skb->data, 1536, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, slot->dma)) {
		dev_kfree_skb_any(skb);
		return -ENOMEM;
	}
	slot->skb = skb;
	return 0;
}

int refill_stored_first_ok(struct priv *p)
{
	struct slot *slot = &p->slot[p->head];

	slot->skb = netdev_alloc_skb(p->ndev, 1536);
	if (!slot->skb)
		return -ENOMEM;
	slot->dma = dma_map_single(p->dev, slot->skb->data, 1536,
				   DMA_FROM_DEVICE);
	return dma_mapping_error(p->dev, slot->dma) ? -ENOMEM : 0;
}

int buffer_lost_bad(struct priv *p, const void *data, size_t len)
{
	void *buf = kmemdup(data, len, GFP_KERNEL);
	dma_addr_t dma;

	if (!buf)
		return -ENOMEM;
	dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;	/* dma-companion-leak: high */
	start(p, dma, len);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	kfree(buf);
	return 0;
}

void *page_returned_ok(struct priv *p, dma_addr_t *dma)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return NULL;
	*dma = dma_map_page(p->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, *dma))
		*dma = 0;
	return page;
}

int page_lost_bad(struct priv *p)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t dma;

	if (!page)
		return -ENOMEM;
	dma = dma_map_page(p->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -EIO;
	start(p, dma, PAGE_SIZE);
	dma_unmap_page(p->dev, dma, PAGE_SIZE, DMA_FROM_DEVICE);
	__free_page(page);
	return 0;
}

/* The list has the page: whoever frees the list frees that. */
int page_in_list_ok(struct priv *p, struct scatterlist *sg)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t dma;

	if (!page)
		return -ENOMEM;
	sg_set_page(sg, page, PAGE_SIZE, 0);
	dma = dma_map_page(p->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	start(p, dma, PAGE_SIZE);
	return 0;
}
