// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct obj {
	struct device *dev;
	void __iomem *regs;
	struct sg_table *sgt;
};

int obj_bind(struct obj *obj, struct sg_table *sgt);
int obj_pin(struct obj *obj, struct sg_table *sgt);

int obj_pin(struct obj *obj, struct sg_table *sgt)
{
	int err;

	sgt->nents = dma_map_sg(obj->dev, sgt->sgl, sgt->orig_nents,
				DMA_BIDIRECTIONAL);
	if (!sgt->nents)
		return -ENOMEM;
	err = obj_bind(obj, sgt);
	if (err) {
		dma_unmap_sg(obj->dev, sgt->sgl, sgt->nents,
			     DMA_BIDIRECTIONAL);
		return err;
	}
	obj->sgt = sgt;
	return 0;
}
