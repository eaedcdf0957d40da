// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct dsp {
	struct device *dev;
	void __iomem *regs;
};

int dsp_run(struct dsp *dsp);
int dsp_load(struct dsp *dsp, const void *image, size_t size);

int dsp_load(struct dsp *dsp, const void *image, size_t size)
{
	dma_addr_t dma;
	void *copy;
	int ret;

	copy = vmalloc(size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, image, size);

	dma = dma_map_single(dsp->dev, copy, size, DMA_TO_DEVICE);
	if (dma_mapping_error(dsp->dev, dma)) {
		ret = -ENOMEM;
		goto out;
	}
	writel(lower_32_bits(dma), dsp->regs);
	writel(size, dsp->regs + 4);
	ret = dsp_run(dsp);
	dma_unmap_single(dsp->dev, dma, size, DMA_TO_DEVICE);
out:
	vfree(copy);
	return ret;
}
