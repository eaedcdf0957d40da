// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct req {
	struct list_head list;
	void *td;
	dma_addr_t dma;
};

struct ep {
	spinlock_t lock;
	struct dma_pool *pool;
	struct list_head queue;
};

static void *ep_new_td(struct ep *ep, struct req *req, gfp_t gfp)
{
	req->td = dma_pool_alloc(ep->pool, gfp, &req->dma);
	return req->td;
}

int ep_queue(struct ep *ep, struct req *req, gfp_t gfp)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&ep->lock, flags);
	if (ep_new_td(ep, req, GFP_KERNEL))
		list_add_tail(&req->list, &ep->queue);
	else
		ret = -ENOMEM;
	spin_unlock_irqrestore(&ep->lock, flags);
	return ret;
}
