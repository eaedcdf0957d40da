// SPDX-License-Identifier: GPL-2.0-or-later
/* Flags that allow to sleep, where that is not possible. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

struct ring {
	struct device *dev;
	spinlock_t lock;
	void *cpu;
	dma_addr_t dma;
	struct dma_pool *pool;
	struct timer_list timer;
	gfp_t gfp;
	bool atomic;
};

int kernel_bad(struct ring *r)
{
	spin_lock(&r->lock);
	/* dma-atomic-acquire: high */
	r->cpu = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	spin_unlock(&r->lock);
	return r->cpu ? 0 : -ENOMEM;
}

int atomic_ok(struct ring *r)
{
	spin_lock(&r->lock);
	r->cpu = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_ATOMIC);
	spin_unlock(&r->lock);
	return r->cpu ? 0 : -ENOMEM;
}

int before_ok(struct ring *r)
{
	r->cpu = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->cpu)
		return -ENOMEM;
	spin_lock(&r->lock);
	r->atomic = true;
	spin_unlock(&r->lock);
	return 0;
}

int create_bad(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	/* dma-atomic-acquire: high */
	r->pool = dma_pool_create("ring", r->dev, 64, 64, 0);
	spin_unlock_irqrestore(&r->lock, flags);
	return r->pool ? 0 : -ENOMEM;
}

/* The flags come from the caller. */
static int fill(struct ring *r, gfp_t gfp)
{
	r->cpu = dma_pool_alloc(r->pool, gfp | __GFP_NOWARN, &r->dma);
	return r->cpu ? 0 : -ENOMEM;
}

int flags_bad(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = fill(r, GFP_KERNEL);	/* dma-atomic-acquire: high */
	spin_unlock_bh(&r->lock);
	return ret;
}

int flags_ok(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = fill(r, GFP_ATOMIC);
	spin_unlock_bh(&r->lock);
	return ret ? fill(r, GFP_KERNEL) : 0;
}

int kept_flags_ok(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = fill(r, r->gfp);
	spin_unlock_bh(&r->lock);
	return ret;
}

/* A flag of the caller chooses the flags. */
static int refill(struct ring *r, bool atomic)
{
	gfp_t gfp = atomic ? GFP_ATOMIC : GFP_KERNEL;

	return fill(r, gfp);
}

int chosen_ok(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = refill(r, true);
	spin_unlock_bh(&r->lock);
	return ret;
}

int chosen_bad(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = refill(r, false);		/* dma-atomic-acquire: high */
	spin_unlock_bh(&r->lock);
	return ret;
}

/* Was there memory already, when the device was opened? */
static int fill_once(struct ring *r)
{
	if (r->cpu)
		return 0;
	r->cpu = dma_pool_alloc(r->pool, GFP_KERNEL, &r->dma);
	return r->cpu ? 0 : -ENOMEM;
}

int FN_once_bad(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = fill_once(r);
	spin_unlock_bh(&r->lock);
	return ret;
}

int once_ok(struct ring *r)
{
	int ret = fill_once(r);

	if (ret)
		return ret;
	spin_lock_bh(&r->lock);
	ret = fill_once(r);
	spin_unlock_bh(&r->lock);
	return ret;
}

int asked_ok(struct ring *r)
{
	int ret;

	spin_lock_bh(&r->lock);
	ret = fill(r, in_interrupt() ? GFP_ATOMIC : GFP_KERNEL);
	spin_unlock_bh(&r->lock);
	return ret;
}

/* Gives the lock back on its own way out. */
int early_ok(struct ring *r)
{
	spin_lock(&r->lock);
	if (r->cpu) {
		spin_unlock(&r->lock);
		return 0;
	}
	spin_unlock(&r->lock);
	return fill(r, GFP_KERNEL);
}

static netdev_tx_t xmit_bad(struct sk_buff *skb, struct net_device *dev)
{
	struct ring *r = netdev_priv(dev);

	if (fill(r, GFP_KERNEL))	/* dma-atomic-acquire: high */
		return NETDEV_TX_BUSY;
	return NETDEV_TX_OK;
}

static int open_ok(struct net_device *dev)
{
	return fill(netdev_priv(dev), GFP_KERNEL);
}

const struct net_device_ops ring_ops = {
	.ndo_open = open_ok,
	.ndo_start_xmit = xmit_bad,
};

static void timer_ok(struct timer_list *timer)
{
	struct ring *r = container_of(timer, struct ring, timer);

	fill(r, GFP_ATOMIC);
}

void start(struct ring *r)
{
	timer_setup(&r->timer, timer_ok, 0);
}
