// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define FIFO_BYTES	4096

struct fifo {
	struct device *dev;
	void __iomem *regs;
	u32 *mem;
	dma_addr_t mem_dma;
};

int fifo_init(struct fifo *fifo);
void fifo_exit(struct fifo *fifo);

int fifo_init(struct fifo *fifo)
{
	fifo->mem = dma_alloc_coherent(fifo->dev, FIFO_BYTES, &fifo->mem_dma,
				       GFP_KERNEL);
	if (!fifo->mem)
		return -ENOMEM;
	writel(lower_32_bits(fifo->mem_dma), fifo->regs);
	return 0;
}

void fifo_exit(struct fifo *fifo)
{
	writel(0, fifo->regs);
	dma_free_coherent(fifo->dev, FIFO_BYTES, fifo->mem, fifo->mem_dma);
}
