// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A helper leaves to its callers what it had when it fails: some release it,
 * and one that does so at its other exits passes it on.
 */
#include "leak-error-path.h"

/* Unlike work(), it is known not to release anything. */
static int hw_state(struct priv *p)
{
	return readl(p->regs) ? -EIO : 0;
}

static void free_ring(struct priv *p)
{
	if (!p->ring)
		return;
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	p->ring = NULL;
}

/* --- one caller cleans up, the other forgets --- */

static int ring_setup_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (hw_state(p))
		return -EINVAL;		/* dma-leak-error-path: medium */
	return 0;
}

int cleans_up_ok(struct priv *p)
{
	int ret = ring_setup_bad(p);

	if (ret)
		free_ring(p);
	return ret;
}

static int forgets_ok(struct priv *p)
{
	int ret = ring_setup_bad(p);

	if (ret)
		return ret;
	p->count = readl(p->regs);
	if (p->count > 8) {
		free_ring(p);
		return -EIO;
	}
	return 0;
}

int nobody_cleans_up_ok(struct priv *p)
{
	int ret = forgets_ok(p);

	if (ret)
		return ret;
	p->head = 0;
	return 0;
}

/* --- who calls the one that forgets releases it for both --- */

static int ring_setup_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (hw_state(p))
		return -EINVAL;
	return 0;
}

static int passes_on_ok(struct priv *p)
{
	int ret = ring_setup_ok(p);

	if (ret)
		return ret;
	p->count = readl(p->regs);
	if (p->count > 8) {
		free_ring(p);
		return -EIO;
	}
	return 0;
}

int caller_cleans_up_ok(struct priv *p)
{
	int ret = passes_on_ok(p);

	if (ret)
		free_ring(p);
	return ret;
}

/* --- many ways to one exit: callers tell them apart no more --- */

struct tx_ring {
	struct device *dev;
	void *cpu, **list;
	dma_addr_t dma, *map;
	unsigned int head;
};

struct rx_ring {
	struct device *dev;
	void *cpu, **list;
	dma_addr_t dma, *map;
	unsigned int head;
};

struct both {
	struct device *dev;
	struct tx_ring *tx[4];
	struct rx_ring *rx[4];
};

static int get_tx_ring(struct device *dev, struct tx_ring *b)
{
	if (!b)
		return -ENOMEM;
	b->cpu = dma_alloc_coherent(dev, 4096, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		return -ENOMEM;
	b->list = devm_kzalloc(dev, 64, GFP_KERNEL);
	if (!b->list)
		goto no_list;
	b->map = devm_kzalloc(dev, 64, GFP_KERNEL);
	if (!b->map)
		goto no_list;
	b->head = 0;
	return 0;
no_list:
	dma_free_coherent(dev, 4096, b->cpu, b->dma);
	return -ENOMEM;
}

static void put_tx_ring(struct device *dev, struct tx_ring *b)
{
	dma_free_coherent(dev, 4096, b->cpu, b->dma);
}

static int fill(struct device *dev, struct rx_ring *b, int i)
{
	b->list[i] = kmalloc(64, GFP_KERNEL);
	if (!b->list[i])
		return -ENOMEM;
	b->map[i] = dma_map_single(dev, b->list[i], 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, b->map[i])) {
		kfree(b->list[i]);
		return -EIO;
	}
	return 0;
}

static int get_rx_ring(struct device *dev, struct rx_ring *b)
{
	int ret = -ENOMEM, i;

	if (!b)
		return -ENOMEM;
	b->cpu = dma_alloc_coherent(dev, 4096, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		return -ENOMEM;
	b->list = kmalloc(64, GFP_KERNEL);
	if (!b->list)
		goto no_list;
	b->map = kmalloc(64, GFP_KERNEL);
	if (!b->map)
		goto no_map;
	for (i = 0; i < 8; i++) {
		ret = fill(dev, b, i);
		if (ret)
			goto no_data;
	}
	b->head = 0;
	return 0;
no_data:
	while (--i >= 0)
		dma_unmap_single(dev, b->map[i], 64, DMA_FROM_DEVICE);
	kfree(b->map);
no_map:
	kfree(b->list);
no_list:
	dma_free_coherent(dev, 4096, b->cpu, b->dma);
	return ret;
}

static void put_rx_ring(struct device *dev, struct rx_ring *b)
{
	dma_free_coherent(dev, 4096, b->cpu, b->dma);
	kfree(b->list);
}

static int get_both_kinds_bad(struct both *p)
{
	int ret, i;

	for (i = 0; i < 4; i++) {
		ret = get_tx_ring(p->dev, p->tx[i]);
		if (ret)
			goto no_tx;
		p->tx[i]->dev = p->dev;
	}
	for (i = 0; i < 4; i++) {
		ret = get_rx_ring(p->dev, p->rx[i]);
		if (ret)
			goto no_rx;
		p->rx[i]->dev = p->dev;
	}
	return 0;
no_tx:
	while (i--)
		put_tx_ring(p->dev, p->tx[i]);
	return ret;
no_rx:
	while (i--)
		put_rx_ring(p->dev, p->rx[i]);
	return ret;
}

int open_both_kinds(struct both *p)
{
	int ret = get_both_kinds_bad(p);

	if (ret)
		return ret;
	return start(p);
}

static int get_both_kinds_ok(struct both *p)
{
	int ret, i;

	for (i = 0; i < 4; i++) {
		ret = get_tx_ring(p->dev, p->tx[i]);
		if (ret)
			goto no_tx;
		p->tx[i]->dev = p->dev;
	}
	for (i = 0; i < 4; i++) {
		ret = get_rx_ring(p->dev, p->rx[i]);
		if (ret)
			goto no_rx;
		p->rx[i]->dev = p->dev;
	}
	return 0;
no_rx:
	while (i--)
		put_rx_ring(p->dev, p->rx[i]);
	i = 4;
no_tx:
	while (i--)
		put_tx_ring(p->dev, p->tx[i]);
	return ret;
}

int open_both_kinds_ok(struct both *p)
{
	int ret = get_both_kinds_ok(p);

	if (ret)
		return ret;
	return start(p);
}
