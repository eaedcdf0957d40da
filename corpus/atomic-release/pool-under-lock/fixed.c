// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct chan {
	struct device *dev;
	spinlock_t lock;
	struct dma_pool *pool;
	bool running;
};

static void chan_lock(struct chan *c)
{
	spin_lock_bh(&c->lock);
}

static void chan_unlock(struct chan *c)
{
	spin_unlock_bh(&c->lock);
}

void chan_stop(struct chan *c)
{
	struct dma_pool *pool;

	chan_lock(c);
	c->running = false;
	pool = c->pool;
	c->pool = NULL;
	chan_unlock(c);
	dma_pool_destroy(pool);
}
