// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#define NIC_SLOTS	64

struct nic_slot {
	struct sk_buff *skb;
	dma_addr_t dma;
	unsigned int len;
};

struct nic {
	struct device *dev;
	struct dma_chan *chan;
	unsigned int head, tail;
	struct nic_slot *slot[NIC_SLOTS];
};

static void nic_sent(void *param)
{
	struct nic *nic = param;
	struct nic_slot *s = nic->slot[nic->tail++ % NIC_SLOTS];

	dma_unmap_single(nic->dev, s->dma, s->len, DMA_TO_DEVICE);
	consume_skb(s->skb);
	s->skb = NULL;
}

static netdev_tx_t nic_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	struct nic_slot *s = nic->slot[nic->head % NIC_SLOTS];
	struct dma_async_tx_descriptor *d;

	if (nic->head - nic->tail == NIC_SLOTS)
		return NETDEV_TX_BUSY;
	s->dma = dma_map_single(nic->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(nic->dev, s->dma)) {
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	d = dmaengine_prep_slave_single(nic->chan, s->dma, skb->len,
					DMA_MEM_TO_DEV, DMA_PREP_INTERRUPT);
	if (!d) {
		dma_unmap_single(nic->dev, s->dma, skb->len, DMA_TO_DEVICE);
		consume_skb(skb);
		return NETDEV_TX_OK;
	}
	s->skb = skb;
	s->len = skb->len;
	nic->head++;
	d->callback = nic_sent;
	d->callback_param = nic;
	dmaengine_submit(d);
	dma_async_issue_pending(nic->chan);
	return NETDEV_TX_OK;
}

static int nic_open(struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	int i;

	for (i = 0; i < NIC_SLOTS; i++) {
		nic->slot[i] = kzalloc(sizeof(*nic->slot[i]), GFP_KERNEL);
		if (!nic->slot[i])
			goto free;
	}
	nic->chan = dma_request_chan(nic->dev, "tx");
	if (IS_ERR(nic->chan))
		goto free;
	netif_start_queue(ndev);
	return 0;
free:
	while (i--)
		kfree(nic->slot[i]);
	return -ENOMEM;
}

static void nic_drain(struct nic *nic)
{
	struct nic_slot *s = nic->slot[nic->tail++ % NIC_SLOTS];

	consume_skb(s->skb);
	s->skb = NULL;
}

static int nic_stop(struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	int i;

	netif_stop_queue(ndev);
	dmaengine_terminate_sync(nic->chan);
	while (nic->tail != nic->head)
		nic_drain(nic);
	dma_release_channel(nic->chan);
	for (i = 0; i < NIC_SLOTS; i++)
		kfree(nic->slot[i]);
	return 0;
}

const struct net_device_ops nic_netdev_ops = {
	.ndo_open = nic_open,
	.ndo_stop = nic_stop,
	.ndo_start_xmit = nic_xmit,
};
