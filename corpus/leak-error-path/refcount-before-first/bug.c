// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/kref.h>
#include <linux/slab.h>

struct obj {
	struct kref ref;
	struct device *dev;
	void *cpu, *name;
	dma_addr_t dma;
};

static void obj_release(struct kref *ref)
{
	struct obj *o = container_of(ref, struct obj, ref);

	dma_free_coherent(o->dev, 4096, o->cpu, o->dma);
	kfree(o->name);
	kfree(o);
}

struct obj *obj_new(struct device *dev);
void obj_put(struct obj *o);

void obj_put(struct obj *o)
{
	kref_put(&o->ref, obj_release);
}

struct obj *obj_new(struct device *dev)
{
	struct obj *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return NULL;
	o->dev = dev;
	o->cpu = dma_alloc_coherent(dev, 4096, &o->dma, GFP_KERNEL);
	if (!o->cpu)
		goto free;
	o->name = kzalloc(32, GFP_KERNEL);
	if (!o->name)
		goto free;
	kref_init(&o->ref);
	return o;
free:
	kfree(o);
	return NULL;
}
