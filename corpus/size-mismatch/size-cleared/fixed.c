// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct pool {
	struct device *dev;
	void __iomem *regs;
	dma_addr_t dma;
	u32 pages;
};

int pool_start(struct pool *pool, u32 pages);

int pool_start(struct pool *pool, u32 pages)
{
	void *cpu;

	pool->pages = pages;
	cpu = dma_alloc_coherent(pool->dev, pool->pages * 4096, &pool->dma,
				 GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	writel(lower_32_bits(pool->dma), pool->regs);
	if (readl(pool->regs + 4)) {
		dma_free_coherent(pool->dev, pool->pages * 4096, cpu,
				  pool->dma);
		pool->pages = 0;
		return -EIO;
	}
	dma_free_coherent(pool->dev, pages * 4096, cpu, pool->dma);
	pool->pages = 0;
	return 0;
}
