// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

int count_segments(struct device *dev, struct scatterlist *sgl, int nents);

int count_segments(struct device *dev, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(dev, sgl, nents, DMA_FROM_DEVICE);
	dma_addr_t end = 0, addr;
	struct scatterlist *sg;
	int i, segments = 0;

	if (!count)
		return -ENOMEM;
	for_each_sg(sgl, sg, count, i) {
		addr = sg_dma_address(sg);
		if (addr != end)
			segments++;
		end = addr + sg_dma_len(sg);
	}
	dma_unmap_sg(dev, sgl, nents, DMA_FROM_DEVICE);
	return segments;
}
