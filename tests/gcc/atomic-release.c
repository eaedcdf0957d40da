// SPDX-License-Identifier: GPL-2.0-or-later
/* Coherent memory is released with interrupts enabled, pools where one may
 * sleep. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct ring {
	struct device *dev;
	spinlock_t lock;
	void *cpu, *spare;
	dma_addr_t dma, spare_dma;
	struct dma_pool *pool;
	struct timer_list timer;
	bool busy;
};

void irqsave_bad(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	/* dma-atomic-release: high */
	dma_free_coherent(r->dev, 64, r->cpu, r->dma);
	r->cpu = NULL;
	spin_unlock_irqrestore(&r->lock, flags);
}

void irq_bad(struct ring *r)
{
	spin_lock_irq(&r->lock);
	/* dma-atomic-release: high */
	dma_free_coherent(r->dev, 64, r->cpu, r->dma);
	spin_unlock_irq(&r->lock);
}

void bh_bad(struct ring *r)
{
	spin_lock_bh(&r->lock);
	/* dma-atomic-release: medium */
	dma_free_coherent(r->dev, 64, r->cpu, r->dma);
	spin_unlock_bh(&r->lock);
}

void pool_bad(struct ring *r)
{
	spin_lock(&r->lock);
	dma_pool_destroy(r->pool);	/* dma-atomic-release: high */
	spin_unlock(&r->lock);
}

void block_ok(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	dma_pool_free(r->pool, r->spare, r->spare_dma);
	spin_unlock_irqrestore(&r->lock, flags);
}

void unmap_ok(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	dma_unmap_single(r->dev, r->spare_dma, 64, DMA_TO_DEVICE);
	spin_unlock_irqrestore(&r->lock, flags);
}

void behind_ok(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	r->busy = false;
	spin_unlock_irqrestore(&r->lock, flags);
	dma_free_coherent(r->dev, 64, r->cpu, r->dma);
}

/* The inner lock is given back, the outer one is not. */
void nested_bad(struct ring *r, struct ring *other)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	spin_lock(&other->lock);
	other->busy = false;
	spin_unlock(&other->lock);
	/* dma-atomic-release: high */
	dma_free_coherent(r->dev, 64, r->cpu, r->dma);
	spin_unlock_irqrestore(&r->lock, flags);
}

static void free_ring(struct ring *r)
{
	if (r->cpu)
		dma_free_coherent(r->dev, 64, r->cpu, r->dma);
	r->cpu = NULL;
}

static void free_rings(struct ring *r, unsigned int n)
{
	while (n--)
		free_ring(&r[n]);
}

void helpers_bad(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	free_rings(r, 4);		/* dma-atomic-release: high */
	spin_unlock_irqrestore(&r->lock, flags);
}

void helpers_ok(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	r->busy = true;
	spin_unlock_irqrestore(&r->lock, flags);
	free_rings(r, 4);
}

/* Taken under a condition, and given back under the same. */
void conditional_ok(struct ring *r, bool lock)
{
	if (lock)
		spin_lock_irq(&r->lock);
	r->busy = false;
	if (lock)
		spin_unlock_irq(&r->lock);
	free_ring(r);
}

static void ring_lock(struct ring *r)
{
	spin_lock_irq(&r->lock);
	r->busy = true;
}

static void ring_unlock(struct ring *r)
{
	r->busy = false;
	spin_unlock_irq(&r->lock);
}

void own_lock_bad(struct ring *r)
{
	ring_lock(r);
	free_ring(r);			/* dma-atomic-release: high */
	ring_unlock(r);
}

void own_lock_ok(struct ring *r)
{
	ring_lock(r);
	ring_unlock(r);
	free_ring(r);
}

/* The helper drops the lock while it sleeps. */
static void free_unlocked(struct ring *r)
{
	spin_unlock_irq(&r->lock);
	free_ring(r);
	spin_lock_irq(&r->lock);
}

void dropped_ok(struct ring *r)
{
	spin_lock_irq(&r->lock);
	free_unlocked(r);
	spin_unlock_irq(&r->lock);
}

/* The caller says whether it may be done. */
static void drain(struct ring *r, bool sleep)
{
	r->busy = false;
	if (sleep)
		free_ring(r);
}

void flag_ok(struct ring *r)
{
	spin_lock_irq(&r->lock);
	drain(r, false);
	spin_unlock_irq(&r->lock);
	drain(r, true);
}

void flag_bad(struct ring *r)
{
	spin_lock_irq(&r->lock);
	drain(r, true);			/* dma-atomic-release: high */
	spin_unlock_irq(&r->lock);
}

void asked_ok(struct ring *r)
{
	spin_lock_bh(&r->lock);
	if (!in_interrupt())
		free_ring(r);
	spin_unlock_bh(&r->lock);
}

void tried_ok(struct ring *r)
{
	if (spin_trylock(&r->lock)) {
		r->busy = false;
		spin_unlock(&r->lock);
	}
	free_ring(r);
}

void rcu_ok(struct ring *r)
{
	rcu_read_lock();
	r->busy = false;
	rcu_read_unlock();
	free_ring(r);
}

static irqreturn_t handler_bad(int irq, void *data)
{
	struct ring *r = data;

	free_ring(r);			/* dma-atomic-release: high */
	return IRQ_HANDLED;
}

static irqreturn_t thread_ok(int irq, void *data)
{
	struct ring *r = data;

	free_ring(r);
	return IRQ_HANDLED;
}

static irqreturn_t wake_ok(int irq, void *data)
{
	return IRQ_WAKE_THREAD;
}

static void timer_bad(struct timer_list *timer)
{
	struct ring *r = container_of(timer, struct ring, timer);

	dma_pool_destroy(r->pool);	/* dma-atomic-release: high */
}

int start(struct ring *r, unsigned int irq)
{
	timer_setup(&r->timer, timer_bad, 0);
	if (request_irq(irq, handler_bad, 0, "ring", r))
		return -ENODEV;
	return devm_request_threaded_irq(r->dev, irq + 1, wake_ok, thread_ok,
					 0, "ring", r);
}
