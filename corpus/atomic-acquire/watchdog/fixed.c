// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct adapter {
	struct device *dev;
	spinlock_t lock;
	struct timer_list timer;
	void *dump;
	dma_addr_t dump_dma;
};

void adapter_fetch(struct adapter *a);

/* Room for what the firmware says before it dies. */
static void adapter_dump(struct adapter *a, bool may_sleep)
{
	gfp_t gfp = may_sleep ? GFP_KERNEL : GFP_ATOMIC;

	a->dump = dma_alloc_coherent(a->dev, 65536, &a->dump_dma, gfp);
	if (a->dump)
		adapter_fetch(a);
}

static void adapter_watch(struct timer_list *timer)
{
	struct adapter *a = container_of(timer, struct adapter, timer);

	adapter_dump(a, false);
}

void adapter_start(struct adapter *a)
{
	timer_setup(&a->timer, adapter_watch, 0);
	adapter_dump(a, true);
}
