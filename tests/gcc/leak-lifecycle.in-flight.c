// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is still in flight when a callback ends its channel. Each driver has
 * structures of its own.
 */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#define RING	4096

/* --- packets that have not completed when the channel stops --- */

struct inflight_slot {
	struct sk_buff *skb;
	dma_addr_t dma;
	unsigned int len;
};

struct inflight {
	struct device *dev;
	struct dma_chan *chan;
	struct inflight_slot slot;
};

static void inflight_done(void *param)
{
	struct inflight *p = param;

	dma_unmap_single(p->dev, p->slot.dma, p->slot.len, DMA_TO_DEVICE);
	consume_skb(p->slot.skb);
}

static netdev_tx_t inflight_xmit_ok(struct sk_buff *skb,
				    struct net_device *ndev)
{
	struct inflight *p = netdev_priv(ndev);
	struct dma_async_tx_descriptor *d;
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	p->slot.skb = skb;
	p->slot.dma = dma;
	p->slot.len = skb->len;
	d = dmaengine_prep_slave_single(p->chan, dma, skb->len, DMA_MEM_TO_DEV,
					0);
	if (!d) {
		dma_unmap_single(p->dev, dma, skb->len, DMA_TO_DEVICE);
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	d->callback = inflight_done;
	d->callback_param = p;
	dmaengine_submit(d);
	return NETDEV_TX_OK;
}

static int inflight_stop_bad(struct net_device *ndev)
{
	struct inflight *p = netdev_priv(ndev);

	dmaengine_terminate_sync(p->chan);
	memset(&p->slot, 0, sizeof(p->slot));
	return 0;
}

const struct net_device_ops inflight_ops = {
	.ndo_stop = inflight_stop_bad,
	.ndo_start_xmit = inflight_xmit_ok,
};

struct drained_slot {
	struct sk_buff *skb;
	dma_addr_t dma;
	unsigned int len;
};

struct drained {
	struct device *dev;
	struct dma_chan *chan;
	struct drained_slot slot;
};

static void drained_done(void *param)
{
	struct drained *p = param;

	dma_unmap_single(p->dev, p->slot.dma, p->slot.len, DMA_TO_DEVICE);
	consume_skb(p->slot.skb);
	p->slot.skb = NULL;
}

static netdev_tx_t drained_xmit_ok(struct sk_buff *skb,
				   struct net_device *ndev)
{
	struct drained *p = netdev_priv(ndev);
	struct dma_async_tx_descriptor *d;
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	p->slot.skb = skb;
	p->slot.dma = dma;
	p->slot.len = skb->len;
	d = dmaengine_prep_slave_single(p->chan, dma, skb->len, DMA_MEM_TO_DEV,
					0);
	if (!d) {
		dma_unmap_single(p->dev, dma, skb->len, DMA_TO_DEVICE);
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	d->callback = drained_done;
	d->callback_param = p;
	dmaengine_submit(d);
	return NETDEV_TX_OK;
}

static int drained_stop_ok(struct net_device *ndev)
{
	struct drained *p = netdev_priv(ndev);

	dmaengine_terminate_sync(p->chan);
	if (p->slot.skb)
		drained_done(p);
	return 0;
}

const struct net_device_ops drained_ops = {
	.ndo_stop = drained_stop_ok,
	.ndo_start_xmit = drained_xmit_ok,
};

/* --- the channel goes on when the interface is down, and completes --- */

struct running {
	struct device *dev;
	struct dma_chan *chan;
	void *buf;
	dma_addr_t dma;
};

static void running_done(void *param)
{
	struct running *p = param;

	dma_unmap_single(p->dev, p->dma, RING, DMA_FROM_DEVICE);
}

static int running_open_ok(struct net_device *ndev)
{
	struct running *p = netdev_priv(ndev);
	struct dma_async_tx_descriptor *d;

	p->dma = dma_map_single(p->dev, p->buf, RING, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, p->dma))
		return -ENOMEM;
	d = dmaengine_prep_slave_single(p->chan, p->dma, RING, DMA_DEV_TO_MEM,
					0);
	if (!d) {
		dma_unmap_single(p->dev, p->dma, RING, DMA_FROM_DEVICE);
		return -EBUSY;
	}
	d->callback = running_done;
	d->callback_param = p;
	dmaengine_submit(d);
	return 0;
}

static int running_stop_ok(struct net_device *ndev)
{
	netif_stop_queue(ndev);
	return 0;
}

const struct net_device_ops running_ops = {
	.ndo_open = running_open_ok,
	.ndo_stop = running_stop_ok,
};
