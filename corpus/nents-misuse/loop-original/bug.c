// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct fw_entry {
	__le64 addr;
	__le32 len;
};

struct fw {
	struct device *dev;
	struct fw_entry *table;
};

int fw_load(struct fw *fw, struct scatterlist *sgl, int nents);
int fw_run(struct fw *fw, int n);

int fw_load(struct fw *fw, struct scatterlist *sgl, int nents)
{
	struct scatterlist *sg;
	int i, count, err;

	count = dma_map_sg(fw->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	for_each_sg(sgl, sg, nents, i) {
		fw->table[i].addr = cpu_to_le64(sg_dma_address(sg));
		fw->table[i].len = cpu_to_le32(sg_dma_len(sg));
	}
	err = fw_run(fw, nents);
	dma_unmap_sg(fw->dev, sgl, nents, DMA_TO_DEVICE);
	return err;
}
