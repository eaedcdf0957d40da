// SPDX-License-Identifier: GPL-2.0-or-later
/* What is handed to somebody who will release it is no leak. */
#include "leak-error-path.h"

/* --- hand-over --- */

int to_list_ok(struct priv *p, struct buf *b)
{
	b->cpu = dma_alloc_coherent(p->dev, b->size, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		return -ENOMEM;
	list_add_tail(&b->node, &p->queue);
	if (busy(p))
		return -EBUSY;
	return 0;
}

int to_field_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	p->ring = cpu;
	p->ring_dma = dma;
	return 0;
}

int to_descriptor_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	struct desc *d = &p->ring[p->head];

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	d->addr_lo = cpu_to_le32(lower_32_bits(dma));
	d->addr_hi = cpu_to_le32(upper_32_bits(dma));
	d->len = cpu_to_le32(len);
	p->head++;
	writel(p->head, p->regs);
	return 0;
}

int to_slot_ok(struct priv *p, void *data, size_t len)
{
	struct buf *b = &p->slot[p->head & 7];
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	b->dma = dma;
	b->size = len;
	b->mapped = true;
	p->head++;
	return 0;
}

netdev_tx_t to_skb_cb_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma;

	dma = dma_map_single(p->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	*(dma_addr_t *)skb->cb = dma;
	if (submit(p, dma, skb->len)) {
		dma_unmap_single(p->dev, dma, skb->len, DMA_TO_DEVICE);
		dev_kfree_skb_any(skb);
	}
	return NETDEV_TX_OK;
}

static void rx_urb_done(struct urb *urb)
{
	usb_free_coherent(urb->dev, urb->transfer_buffer_length,
			  urb->transfer_buffer, urb->transfer_dma);
}

int to_urb_ok(struct usb_device *udev, size_t len)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	dma_addr_t dma;
	void *cpu;
	int ret;

	if (!urb)
		return -ENOMEM;
	cpu = usb_alloc_coherent(udev, len, GFP_KERNEL, &dma);
	if (!cpu) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	usb_fill_bulk_urb(urb, udev, usb_rcvbulkpipe(udev, 1), cpu, len,
			  rx_urb_done, NULL);
	urb->transfer_dma = dma;
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(udev, len, cpu, dma);
	usb_free_urb(urb);
	return ret;
}

int FN_to_urb_bad(struct usb_device *udev, size_t len)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	dma_addr_t dma;
	void *cpu;
	int ret;

	if (!urb)
		return -ENOMEM;
	cpu = usb_alloc_coherent(udev, len, GFP_KERNEL, &dma);
	if (!cpu) {
		ret = -ENOMEM;
		goto out;
	}
	if (!len) {
		ret = -EINVAL;
		goto out;
	}
	usb_fill_bulk_urb(urb, udev, usb_rcvbulkpipe(udev, 1), cpu, len,
			  rx_urb_done, NULL);
	urb->transfer_dma = dma;
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(udev, len, cpu, dma);
out:
	usb_free_urb(urb);
	return ret;
}

void *returned_ok(struct priv *p, dma_addr_t *dma)
{
	void *cpu = dma_alloc_coherent(p->dev, 64, dma, GFP_KERNEL);

	if (!cpu)
		return ERR_PTR(-ENOMEM);
	return cpu;
}

dma_addr_t handle_returned_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return DMA_MAPPING_ERROR;
	return dma;
}

int inprogress_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = submit(p, dma, len);
	if (ret == -EINPROGRESS)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

static int enqueue(struct priv *p, dma_addr_t dma, size_t len)
{
	int ret = work(p);

	if (ret)
		return ret;
	submit(p, dma, len);
	return busy(p) ? -EBUSY : -EINPROGRESS;
}

int backlog_ok(struct priv *p, void *data, size_t len)
{
	int ret;

	p->ring_dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->ring_dma))
		return -ENOMEM;
	ret = enqueue(p, p->ring_dma, len);
	if (ret != -EINPROGRESS && ret != -EBUSY)
		dma_unmap_single(p->dev, p->ring_dma, len, DMA_TO_DEVICE);
	return ret;
}

int FN_backlog_bad(struct priv *p, void *data, size_t len)
{
	int ret;

	p->ring_dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->ring_dma))
		return -ENOMEM;
	ret = enqueue(p, p->ring_dma, len);
	if (ret != -EINPROGRESS && ret != -EIO)
		dma_unmap_single(p->dev, p->ring_dma, len, DMA_TO_DEVICE);
	return ret;
}

static void chan_done(void *param)
{
	complete(param);
}

int dmaengine_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;
	int count, ret;

	count = dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_DEV_TO_MEM,
				     DMA_PREP_INTERRUPT);
	if (!tx) {
		ret = -EIO;
		goto unmap;
	}
	tx->callback = chan_done;
	tx->callback_param = &p->done;
	ret = dma_submit_error(dmaengine_submit(tx));
	if (ret)
		goto unmap;
	dma_async_issue_pending(p->chan);
	if (!wait_for_completion_timeout(&p->done, 100)) {
		dmaengine_terminate_sync(p->chan);
		ret = -ETIMEDOUT;
	}
unmap:
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return ret;
}

int dmaengine_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;
	int count;

	count = dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_DEV_TO_MEM,
				     DMA_PREP_INTERRUPT);
	if (!tx)
		return -EIO;
	dmaengine_submit(tx);
	dma_async_issue_pending(p->chan);
	wait_for_completion(&p->done);
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return 0;
}

static void free_action(void *data)
{
	struct priv *p = data;

	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
}

int devm_action_ok(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = devm_add_action_or_reset(p->dev, free_action, p);
	if (ret)
		return ret;
	return work(p);
}

int devm_memory_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 512, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (work(p))
		return -EIO;
	memset(cpu, 0, 512);
	return 0;
}
