// SPDX-License-Identifier: GPL-2.0-or-later
/* What was acquired elsewhere, and may not be the same the second time. */
#include <linux/bitops.h>
#include <linux/dma-mapping.h>

struct queue {
	struct device *dev;
	void *ring, *info;
	dma_addr_t dma, info_dma;
	unsigned long flags;
	bool mode;
};

int twice_bad(struct queue *q, int err)
{
	dma_free_coherent(q->dev, 64, q->ring, q->dma);
	if (err)
		return -EIO;
	/* dma-double-free: medium */
	dma_free_coherent(q->dev, 64, q->ring, q->dma);
	return 0;
}

/* It is one or the other. */
void either_ok(struct queue *q, dma_addr_t dma, void *dst)
{
	if (q->ring)
		dma_free_coherent(q->dev, 64, q->ring, dma);
	if (dst)
		dma_unmap_single(q->dev, dma, 64, DMA_FROM_DEVICE);
}

void both_bad(struct queue *q, dma_addr_t dma, void *cpu)
{
	dma_unmap_single(q->dev, dma, 64, DMA_FROM_DEVICE);
	/* dma-double-free: medium */
	dma_free_coherent(q->dev, 64, cpu, dma);
}

/* Set up only if there is a buffer, released only if it has a length. */
static int setup(struct queue *q, void *info)
{
	if (info) {
		q->info_dma = dma_map_single(q->dev, info, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(q->dev, q->info_dma))
			return -ENOMEM;
	}
	return 0;
}

static int run(struct queue *q, int len)
{
	int err = setup(q, q->info);

	if (err)
		return err;
	if (len)
		dma_unmap_single(q->dev, q->info_dma, 64, DMA_TO_DEVICE);
	return err;
}

int run_twice_ok(struct queue *q, int len)
{
	int err = run(q, len);

	return err ? err : run(q, len);
}

/* A flag says that it is there. */
static void drop(struct queue *q)
{
	if (!test_bit(3, &q->flags))
		return;
	dma_free_coherent(q->dev, 64, q->ring, q->dma);
	clear_bit(3, &q->flags);
}

int drop_twice_ok(struct queue *q, int err)
{
	drop(q);
	if (err)
		drop(q);
	return err;
}

/* A flag that nobody clears. */
static void leave(struct queue *q)
{
	if (!test_bit(3, &q->flags))
		return;
	dma_free_coherent(q->dev, 64, q->ring, q->dma);
}

int leave_twice_bad(struct queue *q, int err)
{
	leave(q);
	if (err)
		leave(q);		/* dma-double-free: medium */
	return err;
}

/* One of two functions asks, as the kernel's test_bit() does. */
static bool is_there(struct queue *q, long nr)
{
	return __builtin_constant_p(nr) ? const_test_bit(3, &q->flags) :
	       test_bit(3, &q->flags);
}

static void set_there(struct queue *q, bool there)
{
	if (there)
		set_bit(3, &q->flags);
	else
		clear_bit(3, &q->flags);
}

static void hand_back(struct queue *q, long nr)
{
	if (!is_there(q, nr))
		return;
	dma_free_coherent(q->dev, 64, q->ring, q->dma);
	set_there(q, false);
}

int hand_back_twice_ok(struct queue *q, long nr, int err)
{
	hand_back(q, nr);
	if (err)
		hand_back(q, nr);
	return err;
}
