// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <linux/list.h>

struct desc {
	struct list_head node;
	dma_addr_t dma;
	u32 words[8];
};

struct chan {
	struct dma_pool *pool;
	struct list_head free;
	unsigned int n, most;
};

int desc_new(struct chan *c);

int desc_new(struct chan *c)
{
	struct desc *d;
	dma_addr_t dma;

	d = dma_pool_zalloc(c->pool, GFP_KERNEL, &dma);
	if (!d)
		return -ENOMEM;
	d->dma = dma;
	if (c->n == c->most) {
		dma_pool_free(c->pool, d, dma);
		return -ENOSPC;
	}
	list_add(&d->node, &c->free);
	c->n++;
	return 0;
}
