// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/slab.h>

struct port {
	struct device dev;
	struct device *parent;
	void *ring;
	dma_addr_t dma;
};

int device_register(struct device *dev);
void put_device(struct device *dev);
int port_number(struct port *p);
int port_register(struct device *parent);

int port_register(struct device *parent)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);
	dma_addr_t dma;
	void *ring;
	int ret;

	if (!p)
		return -ENOMEM;
	ring = dma_alloc_coherent(parent, 1024, &dma, GFP_KERNEL);
	if (!ring) {
		kfree(p);
		return -ENOMEM;
	}
	ret = port_number(p);
	if (ret < 0) {
		dma_free_coherent(parent, 1024, ring, dma);
		kfree(p);
		return ret;
	}
	p->parent = parent;
	p->ring = ring;
	p->dma = dma;
	ret = device_register(&p->dev);
	if (ret)
		put_device(&p->dev);
	return ret;
}
