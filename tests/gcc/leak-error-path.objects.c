// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ownership that an object's own members tell of: a handle that is not zero,
 * a flag, a counter, a list, one of two names of a union.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/list.h>

#define MAX	8

struct buf {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	size_t size;
};

union place {
	dma_addr_t dma;
	u64 address;
};

struct priv {
	struct device *dev;
	void *regs;
	bool started;
	int n;
	void *ring;
	dma_addr_t ring_dma;
	dma_addr_t dma, other;
	union place place;
	struct buf buf[MAX];
	struct list_head list;
	struct dma_pool *pool;
};

int work(struct priv *p);
void note(u64 value);

/* --- a handle that is not zero --- */

int if_handle_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = 0;
	int ret;

	if (data) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	ret = work(p);
	if (dma)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int if_handle_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = 0;
	int ret;

	if (data) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	ret = work(p);
	if (ret)
		return ret;
	if (dma)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int if_handle_member_ok(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma))
		return -ENOMEM;
	if (work(p))
		goto err;
	return 0;
err:
	if (p->dma)
		dma_unmap_single(p->dev, p->dma, len, DMA_TO_DEVICE);
	return -EIO;
}

/* --- a flag of the object that nobody here has written --- */

static void stop(struct priv *p)
{
	if (!p->started)
		return;
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
}

int flagged_releaser_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (work(p)) {
		stop(p);
		return -EIO;
	}
	return 0;
}

/* The releaser is for the ring, whatever its flag says. */
int flagged_releaser_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	if (work(p)) {
		stop(p);
		return -EIO;
	}
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

/* --- a counter in memory --- */

static void drop_counted(struct priv *p)
{
	while (p->n--)
		dma_unmap_single(p->dev, p->buf[p->n].dma, 64, DMA_TO_DEVICE);
}

int counter_member_ok(struct priv *p)
{
	for (p->n = 0; p->n < MAX; p->n++) {
		struct buf *b = &p->buf[p->n];

		b->dma = dma_map_single(p->dev, b->cpu, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b->dma)) {
			drop_counted(p);
			return -ENOMEM;
		}
	}
	return 0;
}

int counter_member_bad(struct priv *p)
{
	dma_addr_t dma[MAX];

	for (p->n = 0; p->n < MAX; p->n++) {
		dma[p->n] = dma_map_single(p->dev, p->buf[p->n].cpu, 64,
					   DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma[p->n]))
			return -ENOMEM;
	}
	work(p);
	while (p->n--)
		dma_unmap_single(p->dev, dma[p->n], 64, DMA_TO_DEVICE);
	return 0;
}

/* --- the members of a union are one place --- */

int union_ok(struct priv *p, void *data, size_t len)
{
	union place place;
	int ret;

	place.dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, place.dma))
		return -ENOMEM;
	ret = work(p);
	dma_unmap_single(p->dev, place.address, len, DMA_TO_DEVICE);
	return ret;
}

int union_bad(struct priv *p, void *data, size_t len)
{
	union place place;

	place.dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, place.dma))
		return -ENOMEM;
	if (work(p))
		return -EIO;
	dma_unmap_single(p->dev, place.address, len, DMA_TO_DEVICE);
	return 0;
}

/* --- the error of the mapping is the result --- */

int return_error_ok(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	return dma_mapping_error(p->dev, p->dma);
}

static int map_out(struct priv *p, void *data, size_t len, dma_addr_t *dma)
{
	*dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	return dma_mapping_error(p->dev, *dma);
}

int returned_error_caller_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret = map_out(p, data, len, &dma);

	if (ret)
		return ret;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int returned_error_caller_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret = map_out(p, data, len, &dma);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}
