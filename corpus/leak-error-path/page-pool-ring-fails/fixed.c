// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/slab.h>
#include <net/page_pool.h>

struct rxq {
	struct device *dev;
	struct page_pool *pool;
	struct page **pages;
};

int rxq_create(struct rxq *q, unsigned int n);
void rxq_destroy(struct rxq *q);

void rxq_destroy(struct rxq *q)
{
	kfree(q->pages);
	page_pool_destroy(q->pool);
}

int rxq_create(struct rxq *q, unsigned int n)
{
	struct page_pool_params params = {
		.flags = PP_FLAG_DMA_MAP, .pool_size = n, .dev = q->dev,
		.dma_dir = DMA_FROM_DEVICE,
	};
	struct page_pool *pool = page_pool_create(&params);

	if (IS_ERR(pool))
		return PTR_ERR(pool);
	q->pages = kcalloc(n, sizeof(*q->pages), GFP_KERNEL);
	if (!q->pages) {
		page_pool_destroy(pool);
		return -ENOMEM;
	}
	q->pool = pool;
	return 0;
}
