// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct comp_buf {
	void *vptr;
	dma_addr_t dma_addr;
	u32 size;
};

int comp_setup_list(struct device *dev, struct comp_buf *list, int count);
void comp_free_list(struct device *dev, struct comp_buf *list, int count);

int comp_setup_list(struct device *dev, struct comp_buf *list, int count)
{
	int i, j;

	if (!list)
		return -EINVAL;
	for (i = 0; i < count; i++) {
		list[i].dma_addr = dma_map_single(dev, list[i].vptr,
						  list[i].size,
						  DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, list[i].dma_addr)) {
			dev_err(dev, "cannot map entry %d\n", i);
			goto unwind;
		}
	}
	return 0;

unwind:
	for (j = 0; j < i; j++)
		dma_unmap_single(dev, list[j].dma_addr, list[j].size,
				 DMA_BIDIRECTIONAL);
	return -EIO;
}

void comp_free_list(struct device *dev, struct comp_buf *list, int count)
{
	while (count--)
		dma_unmap_single(dev, list[count].dma_addr, list[count].size,
				 DMA_BIDIRECTIONAL);
}
