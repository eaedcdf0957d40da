/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_DMAENGINE_H
#define SIM_LINUX_DMAENGINE_H

#include <linux/dma-mapping.h>

typedef s32 dma_cookie_t;
enum dma_transfer_direction { DMA_MEM_TO_MEM, DMA_MEM_TO_DEV,
			      DMA_DEV_TO_MEM };
#define DMA_PREP_INTERRUPT	1
#define DMA_CTRL_ACK		2

struct dma_chan;
struct dma_async_tx_descriptor;

struct dma_device {
	struct device *dev;
	struct dma_async_tx_descriptor *(*device_prep_slave_sg)(
		struct dma_chan *chan, struct scatterlist *sgl,
		unsigned int sg_len, enum dma_transfer_direction dir,
		unsigned long flags, void *context);
	void (*device_issue_pending)(struct dma_chan *chan);
};

struct dma_chan {
	struct dma_device *device;
};

struct dma_async_tx_descriptor {
	dma_cookie_t cookie;
	dma_cookie_t (*tx_submit)(struct dma_async_tx_descriptor *tx);
	void (*callback)(void *param);
	void *callback_param;
};

static inline struct dma_async_tx_descriptor *dmaengine_prep_slave_sg(
	struct dma_chan *chan, struct scatterlist *sgl, unsigned int sg_len,
	enum dma_transfer_direction dir, unsigned long flags)
{
	if (!chan || !chan->device || !chan->device->device_prep_slave_sg)
		return NULL;
	return chan->device->device_prep_slave_sg(chan, sgl, sg_len, dir,
						  flags, NULL);
}

static inline struct dma_async_tx_descriptor *dmaengine_prep_slave_single(
	struct dma_chan *chan, dma_addr_t buf, size_t len,
	enum dma_transfer_direction dir, unsigned long flags)
{
	struct scatterlist sg;

	sg_init_table(&sg, 1);
	sg_dma_address(&sg) = buf;
	sg_dma_len(&sg) = len;
	return dmaengine_prep_slave_sg(chan, &sg, 1, dir, flags);
}

static inline dma_cookie_t dmaengine_submit(struct dma_async_tx_descriptor *d)
{
	return d->tx_submit(d);
}

static inline int dma_submit_error(dma_cookie_t cookie)
{
	return cookie < 0 ? cookie : 0;
}

static inline void dma_async_issue_pending(struct dma_chan *chan)
{
	chan->device->device_issue_pending(chan);
}

struct dma_chan *dma_request_chan(struct device *dev, const char *name);
void dma_release_channel(struct dma_chan *chan);
int dmaengine_terminate_sync(struct dma_chan *chan);
int dmaengine_terminate_all(struct dma_chan *chan);

#endif
