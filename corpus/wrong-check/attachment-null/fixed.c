// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-buf.h>

struct cap_buf {
	struct dma_buf_attachment *attach;
	struct sg_table *sgt;
};

int cap_import(struct cap_buf *buf, struct dma_buf *dmabuf,
	       struct device *dev);
void cap_release(struct cap_buf *buf);

int cap_import(struct cap_buf *buf, struct dma_buf *dmabuf,
	       struct device *dev)
{
	struct dma_buf_attachment *attach;
	struct sg_table *sgt;

	attach = dma_buf_attach(dmabuf, dev);
	if (IS_ERR(attach))
		return PTR_ERR(attach);

	sgt = dma_buf_map_attachment(attach, DMA_FROM_DEVICE);
	if (IS_ERR(sgt)) {
		dma_buf_detach(dmabuf, attach);
		return PTR_ERR(sgt);
	}
	buf->attach = attach;
	buf->sgt = sgt;
	return 0;
}

void cap_release(struct cap_buf *buf)
{
	struct dma_buf *dmabuf = buf->attach->dmabuf;

	dma_buf_unmap_attachment(buf->attach, buf->sgt, DMA_FROM_DEVICE);
	dma_buf_detach(dmabuf, buf->attach);
}
