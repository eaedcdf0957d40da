// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/list.h>

struct chunk {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	void *map;
};

struct pool {
	struct device *dev;
	struct list_head chunks;
	unsigned int n;
};

int pool_grow(struct pool *p);

int pool_grow(struct pool *p)
{
	struct chunk *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->cpu = dma_alloc_coherent(p->dev, 4096, &c->dma, GFP_KERNEL);
	if (!c->cpu)
		goto free;
	c->map = kzalloc(64, GFP_KERNEL);
	if (!c->map)
		goto free_cpu;
	list_add_tail(&c->node, &p->chunks);
	p->n++;
	return 0;
free_cpu:
	dma_free_coherent(p->dev, 4096, c->cpu, c->dma);
free:
	kfree(c);
	return -ENOMEM;
}
