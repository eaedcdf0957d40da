// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>

struct emac {
	void __iomem *regs;
	dma_addr_t tx_dma;
};

int emac_xmit(struct net_device *ndev, void *data, unsigned int len);

int emac_xmit(struct net_device *ndev, void *data, unsigned int len)
{
	struct emac *priv = netdev_priv(ndev);
	dma_addr_t addr = dma_map_single(ndev->dev.parent, data, len,
					 DMA_TO_DEVICE);

	if (dma_mapping_error(ndev->dev.parent, addr))
		return -ENOMEM;
	priv->tx_dma = addr;
	writel(addr, priv->regs);
	return 0;
}
