// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmaengine.h>

struct port {
	struct device *dev;
	struct dma_chan *chan;
	void *buf;
	size_t len;
	dma_addr_t dma;
};

int port_send(struct port *p, void *buf, size_t len);

static void port_sent(void *data)
{
	struct port *p = data;

	dma_unmap_single(p->dev, p->dma, p->len, DMA_TO_DEVICE);
}

int port_send(struct port *p, void *buf, size_t len)
{
	struct dma_async_tx_descriptor *d;
	dma_addr_t dma;

	dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	d = dmaengine_prep_slave_single(p->chan, dma, len, DMA_MEM_TO_DEV, 1);
	if (!d)
		return -EBUSY;
	p->dma = dma;
	p->len = len;
	d->callback = port_sent;
	d->callback_param = p;
	dmaengine_submit(d);
	dma_async_issue_pending(p->chan);
	return 0;
}
