// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A helper ends in more ways than are told apart: what it acquired in some of
 * them is still known by its place.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct buf {
	void *cpu;
	dma_addr_t dma;
	size_t size;
};

struct queues {
	struct device *dev;
	void __iomem *regs;
	struct buf ring;
	struct buf a, b, c, d, e;
	u64 address;
};

static void drop(struct queues *q, struct buf *b)
{
	dma_free_coherent(q->dev, b->size, b->cpu, b->dma);
}

static int set_up_ok(struct queues *q, bool ring)
{
	if (ring) {
		q->ring.cpu = dma_alloc_coherent(q->dev, 512, &q->ring.dma,
						 GFP_KERNEL);
		if (!q->ring.cpu)
			return -ENOMEM;
	}
	if (readl(q->regs))
		drop(q, &q->a);
	if (readl(q->regs))
		drop(q, &q->b);
	if (readl(q->regs))
		drop(q, &q->c);
	if (readl(q->regs))
		drop(q, &q->d);
	if (readl(q->regs))
		drop(q, &q->e);
	return 0;
}

int tell_address_bad(struct queues *q, bool ring)
{
	int ret = set_up_ok(q, ring);

	if (ret)
		return ret;
	if (!ring)
		return 0;
	q->address = virt_to_phys(q->ring.cpu);	/* dma-bad-memory: high */
	return 0;
}

/* Without a ring, nothing says what memory that is. */
int tell_address_ok(struct queues *q, bool ring)
{
	int ret = set_up_ok(q, ring);

	if (ret)
		return ret;
	if (!ring)
		q->address = virt_to_phys(q->ring.cpu);
	return 0;
}
