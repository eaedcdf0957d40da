// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	spinlock_t lock;
	void *buf;
	dma_addr_t dma;
};

static void locked_bad(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	r->buf = NULL;
	spin_unlock_irqrestore(&r->lock, flags);
}

static void disabled_bad(struct ring *r)
{
	local_irq_disable();
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	local_irq_enable();
}

static void unlocked_ok(struct ring *r)
{
	unsigned long flags;
	void *buf;

	spin_lock_irqsave(&r->lock, flags);
	buf = r->buf;
	r->buf = NULL;
	spin_unlock_irqrestore(&r->lock, flags);
	dma_free_coherent(r->dev, 64, buf, r->dma);
}

static void interrupts_on_ok(struct ring *r)
{
	spin_lock(&r->lock);
	dma_free_coherent(r->dev, 64, r->buf, r->dma);
	spin_unlock(&r->lock);
}
