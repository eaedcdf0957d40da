// SPDX-License-Identifier: GPL-2.0-or-later
#include <net/xdp_sock_drv.h>

struct port {
	struct device *dev;
	struct xsk_buff_pool *zc[8];
	bool running;
};

int port_restart(struct port *p, unsigned int q);
int zc_attach(struct port *p, struct xsk_buff_pool *pool, unsigned int q);

int zc_attach(struct port *p, struct xsk_buff_pool *pool, unsigned int q)
{
	int err = xsk_pool_dma_map(pool, p->dev, 0);

	if (err)
		return err;
	if (p->running) {
		err = port_restart(p, q);
		if (err)
			return err;
	}
	if (p->zc[q]) {
		err = -EBUSY;
		goto unmap;
	}
	p->zc[q] = pool;
	return 0;
unmap:
	xsk_pool_dma_unmap(pool, 0);
	return err;
}
