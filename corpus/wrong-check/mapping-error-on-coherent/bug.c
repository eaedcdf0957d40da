// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct vic_fw {
	void *virt;
	dma_addr_t iova;
	size_t size;
};

struct vic {
	struct device *dev;
	void __iomem *regs;
	struct vic_fw fw;
};

int vic_load(struct vic *vic, const void *image, size_t size);
void vic_unload(struct vic *vic);

int vic_load(struct vic *vic, const void *image, size_t size)
{
	dma_addr_t iova;
	void *virt;

	virt = dma_alloc_coherent(vic->dev, size, &iova, GFP_KERNEL);
	if (dma_mapping_error(vic->dev, iova))
		return -ENOMEM;

	memcpy(virt, image, size);
	vic->fw.virt = virt;
	vic->fw.iova = iova;
	vic->fw.size = size;
	writel(iova >> 8, vic->regs + 0x1110);
	return 0;
}

void vic_unload(struct vic *vic)
{
	dma_free_coherent(vic->dev, vic->fw.size, vic->fw.virt, vic->fw.iova);
	vic->fw.virt = NULL;
}
