// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/cleanup.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct log_buf {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
};

static inline void log_buf_free(struct log_buf *b)
{
	if (b->cpu)
		dma_free_coherent(b->dev, 4096, b->cpu, b->dma);
}

int log_read(struct device *dev, void *regs, void *to);

int log_read(struct device *dev, void *regs, void *to)
{
	struct log_buf b = { .dev = dev };

	b.cpu = dma_alloc_coherent(dev, 4096, &b.dma, GFP_KERNEL);
	if (!b.cpu)
		return -ENOMEM;
	writel(b.dma, regs);
	if (readl(regs + 4))
		return -EIO;
	memcpy(to, b.cpu, 4096);
	dma_free_coherent(dev, 4096, b.cpu, b.dma);
	return 0;
}
