// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

int device_register(struct device *dev);

struct acc {
	struct device dev;
	void *queue;
	dma_addr_t queue_dma;
};

int acc_register(struct acc *acc, struct device *parent);
int acc_queue_init(struct acc *acc);

int acc_register(struct acc *acc, struct device *parent)
{
	acc->dev.parent = parent;
	return device_register(&acc->dev);
}

int acc_queue_init(struct acc *acc)
{
	acc->queue = dma_alloc_coherent(&acc->dev, 65536, &acc->queue_dma,
					GFP_KERNEL);
	return acc->queue ? 0 : -ENOMEM;
}
