// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define PIPE_ALIGN	64

struct pipe {
	struct device *dev;
	void __iomem *regs;
	void *base_unaligned;
	dma_addr_t base_dma;
	size_t size;
};

int pipe_hw_start(struct pipe *pipe, void *base);
int pipe_start(struct pipe *pipe, unsigned int entries);

int pipe_start(struct pipe *pipe, unsigned int entries)
{
	size_t size = entries * 16 + PIPE_ALIGN;
	void *base, *aligned;
	dma_addr_t dma;
	int ret;

	base = dma_alloc_coherent(pipe->dev, size, &dma, GFP_KERNEL);
	if (!base)
		return -ENOMEM;
	aligned = PTR_ALIGN(base, PIPE_ALIGN);

	ret = pipe_hw_start(pipe, aligned);
	if (ret) {
		dma_free_coherent(pipe->dev, size, base, dma);
		return ret;
	}
	pipe->base_unaligned = base;
	pipe->base_dma = dma;
	pipe->size = size;
	return 0;
}
