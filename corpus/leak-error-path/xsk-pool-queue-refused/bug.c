// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/io.h>
#include <net/xdp_sock_drv.h>

struct nic {
	struct device *dev;
	void *regs;
	unsigned int nqueues;
};

int xsk_enable(struct nic *nic, struct xsk_buff_pool *pool, unsigned int qid);

int xsk_enable(struct nic *nic, struct xsk_buff_pool *pool, unsigned int qid)
{
	int ret;

	ret = xsk_pool_dma_map(pool, nic->dev, 0);
	if (ret < 0)
		return ret;
	if (qid >= nic->nqueues)
		return -EINVAL;
	writel(1 << qid, nic->regs);
	if (readl(nic->regs)) {
		xsk_pool_dma_unmap(pool, 0);
		return -EIO;
	}
	return 0;
}
