/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_DMA_BUF_H
#define SIM_LINUX_DMA_BUF_H

#include <linux/dma-mapping.h>

struct dma_buf {
	size_t size;
};

struct dma_buf_attachment {
	struct dma_buf *dmabuf;
	struct device *dev;
};

struct dma_buf *dma_buf_get(int fd);
void dma_buf_put(struct dma_buf *dmabuf);
struct dma_buf_attachment *dma_buf_attach(struct dma_buf *dmabuf,
					  struct device *dev);
void dma_buf_detach(struct dma_buf *dmabuf,
		    struct dma_buf_attachment *attach);
struct sg_table *dma_buf_map_attachment(struct dma_buf_attachment *attach,
					enum dma_data_direction dir);
void dma_buf_unmap_attachment(struct dma_buf_attachment *attach,
			      struct sg_table *sgt,
			      enum dma_data_direction dir);

#endif
