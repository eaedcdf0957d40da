// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/io.h>
#include <net/page_pool.h>

struct ring {
	struct device *dev;
	struct page_pool *pool;
	void *regs;
};

int ring_open(struct ring *r);

int ring_open(struct ring *r)
{
	struct page_pool_params params = {
		.flags = PP_FLAG_DMA_MAP | PP_FLAG_DMA_SYNC_DEV,
		.pool_size = 64, .dev = r->dev, .max_len = PAGE_SIZE,
	};
	struct page_pool *pool;
	struct page *page;

	pool = page_pool_create(&params);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	page = page_pool_dev_alloc_pages(pool);
	if (!page) {
		page_pool_destroy(pool);
		return -ENOMEM;
	}
	writel(page_pool_get_dma_addr(page), r->regs);
	r->pool = pool;
	return 0;
}
