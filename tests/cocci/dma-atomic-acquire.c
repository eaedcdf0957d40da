// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	struct dma_pool *pool;
	spinlock_t lock;
	void *buf;
	dma_addr_t dma;
};

static void locked_bad(struct ring *r)
{
	spin_lock_bh(&r->lock);
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	spin_unlock_bh(&r->lock);
}

static void pool_bad(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	r->pool = dma_pool_create("ring", r->dev, 64, 8, 0);
	spin_unlock_irqrestore(&r->lock, flags);
}

static void atomic_ok(struct ring *r)
{
	spin_lock_bh(&r->lock);
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_ATOMIC);
	spin_unlock_bh(&r->lock);
}

static void unlocked_ok(struct ring *r)
{
	spin_lock_bh(&r->lock);
	r->buf = NULL;
	spin_unlock_bh(&r->lock);
	r->buf = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
}
