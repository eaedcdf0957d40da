// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/cleanup.h>
#include <linux/dmapool.h>
#include <linux/io.h>

struct blk {
	struct dma_pool *pool;
	dma_addr_t dma;
	u32 words[16];
};

DEFINE_FREE(blk, struct blk *, if (_T) dma_pool_free(_T->pool, _T, _T->dma))

struct blk *blk_get(struct dma_pool *pool, void *regs);

struct blk *blk_get(struct dma_pool *pool, void *regs)
{
	dma_addr_t dma;
	struct blk *b = dma_pool_zalloc(pool, GFP_KERNEL, &dma);

	if (!b)
		return NULL;
	b->pool = pool;
	b->dma = dma;
	writel(dma, regs);
	if (readl(regs)) {
		dma_pool_free(pool, b, dma);
		return NULL;
	}
	return b;
}
