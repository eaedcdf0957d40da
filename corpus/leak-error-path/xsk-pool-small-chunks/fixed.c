// SPDX-License-Identifier: GPL-2.0-or-later
#include <net/xdp_sock_drv.h>

struct rx {
	struct device *dev;
	struct xsk_buff_pool *pool;
	unsigned int frame;
};

int rx_start(struct rx *rx);
int rx_setup(struct rx *rx, struct xsk_buff_pool *pool);

int rx_setup(struct rx *rx, struct xsk_buff_pool *pool)
{
	int ret = xsk_pool_dma_map(pool, rx->dev, 0);

	if (ret)
		return ret;
	if (pool->chunk < rx->frame) {
		ret = -EINVAL;
		goto unmap;
	}
	rx->pool = pool;
	ret = rx_start(rx);
	if (!ret)
		return 0;
	rx->pool = NULL;
unmap:
	xsk_pool_dma_unmap(pool, 0);
	return ret;
}
