// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct fifo_request {
	void *buf;
	size_t len, done;
};

struct fifo {
	struct device *dev;
	void __iomem *regs;
};

int fifo_send(struct fifo *fifo, struct fifo_request *req);

int fifo_send(struct fifo *fifo, struct fifo_request *req)
{
	size_t len = req->len;
	dma_addr_t dma;
	u32 sent;

	dma = dma_map_single(fifo->dev, req->buf, req->len, DMA_TO_DEVICE);
	if (dma_mapping_error(fifo->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), fifo->regs);
	writel(req->len, fifo->regs + 4);
	sent = readl(fifo->regs + 8);
	req->done += sent;
	req->len -= sent;
	dma_unmap_single(fifo->dev, dma, len, DMA_TO_DEVICE);
	return req->len ? -EIO : 0;
}
