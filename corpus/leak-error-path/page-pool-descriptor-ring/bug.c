// SPDX-License-Identifier: GPL-2.0-or-later
#include <net/page_pool.h>

struct queue {
	struct device *dev;
	struct page_pool *pool;
	__le64 *desc;
	dma_addr_t dma;
};

int queue_up(struct queue *q);

int queue_up(struct queue *q)
{
	struct page_pool_params params = {
		.flags = PP_FLAG_DMA_MAP, .pool_size = 256, .dev = q->dev,
	};
	struct page_pool *pool;
	dma_addr_t dma;
	__le64 *desc;
	struct page *page;

	desc = dma_alloc_coherent(q->dev, 2048, &dma, GFP_KERNEL);
	if (!desc)
		return -ENOMEM;
	pool = page_pool_create(&params);
	if (IS_ERR(pool))
		return PTR_ERR(pool);
	page = page_pool_dev_alloc_pages(pool);
	if (page)
		desc[0] = cpu_to_le64(page_pool_get_dma_addr(page));
	q->pool = pool;
	q->desc = desc;
	q->dma = dma;
	return 0;
}
