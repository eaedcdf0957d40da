// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct gv_buf {
	void *data;
	dma_addr_t dma;
	u32 len;
};

int gv_map_bufs(struct device *dev, struct gv_buf *buf, int n);
void gv_unmap_bufs(struct device *dev, struct gv_buf *buf, int n);

int gv_map_bufs(struct device *dev, struct gv_buf *buf, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		buf[i].dma = dma_map_single(dev, buf[i].data, buf[i].len,
					    DMA_TO_DEVICE);
		if (dma_mapping_error(dev, buf[i].dma))
			goto unwind;
	}
	return 0;

unwind:
	for (; i >= 0; i--)
		dma_unmap_single(dev, buf[i].dma, buf[i].len, DMA_TO_DEVICE);
	return -ENOMEM;
}

void gv_unmap_bufs(struct device *dev, struct gv_buf *buf, int n)
{
	int i;

	for (i = 0; i < n; i++)
		dma_unmap_single(dev, buf[i].dma, buf[i].len, DMA_TO_DEVICE);
}
