/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_NET_XDP_SOCK_DRV_H
#define SIM_NET_XDP_SOCK_DRV_H

#include <linux/dma-mapping.h>

struct xsk_buff_pool {
	struct device *dev;
	unsigned int chunk;
};

int xsk_pool_dma_map(struct xsk_buff_pool *pool, struct device *dev,
		     unsigned long attrs);
void xsk_pool_dma_unmap(struct xsk_buff_pool *pool, unsigned long attrs);

#endif
