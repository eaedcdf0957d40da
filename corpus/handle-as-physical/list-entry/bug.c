// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/scatterlist.h>

struct probe {
	struct device *dev;
};

void probe_write(struct probe *p, const void *data, unsigned int len);

int probe_copy(struct probe *p, struct scatterlist *sgl, int nents)
{
	struct scatterlist *sg;
	int i, count;

	count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	for_each_sg(sgl, sg, count, i)
		probe_write(p, phys_to_virt(sg_dma_address(sg)),
			    sg_dma_len(sg));
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}
