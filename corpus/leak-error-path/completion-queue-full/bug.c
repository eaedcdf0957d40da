// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct req {
	void *buf;
	size_t len;
	dma_addr_t dma;
	void (*complete)(struct req *req, int status);
};

struct engine {
	struct device *dev;
	void *regs;
	struct req *busy[8];
	unsigned int head, tail;
};

int req_send(struct engine *e, struct req *req);
void req_done(struct engine *e);

void req_done(struct engine *e)
{
	struct req *req = e->busy[e->tail++ & 7];

	dma_unmap_single(e->dev, req->dma, req->len, DMA_TO_DEVICE);
	req->complete(req, 0);
}

int req_send(struct engine *e, struct req *req)
{
	dma_addr_t dma;

	dma = dma_map_single(e->dev, req->buf, req->len, DMA_TO_DEVICE);
	if (dma_mapping_error(e->dev, dma))
		return -ENOMEM;
	if (e->head - e->tail == 8)
		return -EBUSY;
	req->dma = dma;
	e->busy[e->head++ & 7] = req;
	writel(dma, e->regs);
	return 0;
}
