// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>

#define RING_BYTES	4096

struct adapter {
	struct device *dev;
	void __iomem *regs;
	void *tx_ring, *rx_ring;
	dma_addr_t tx_dma, rx_dma;
};

static int adapter_open(struct net_device *ndev)
{
	struct adapter *a = netdev_priv(ndev);

	a->tx_ring = dma_alloc_coherent(a->dev, RING_BYTES, &a->tx_dma,
					GFP_KERNEL);
	if (!a->tx_ring)
		return -ENOMEM;
	a->rx_ring = dma_alloc_coherent(a->dev, RING_BYTES, &a->rx_dma,
					GFP_KERNEL);
	if (!a->rx_ring)
		goto free_tx;
	writel(lower_32_bits(a->tx_dma), a->regs);
	writel(lower_32_bits(a->rx_dma), a->regs + 8);
	netif_start_queue(ndev);
	return 0;
free_tx:
	dma_free_coherent(a->dev, RING_BYTES, a->tx_ring, a->tx_dma);
	a->tx_ring = NULL;
	return -ENOMEM;
}

static int adapter_stop(struct net_device *ndev)
{
	struct adapter *a = netdev_priv(ndev);

	netif_stop_queue(ndev);
	writel(0, a->regs);
	writel(0, a->regs + 8);
	dma_free_coherent(a->dev, RING_BYTES, a->rx_ring, a->rx_dma);
	a->rx_ring = NULL;
	dma_free_coherent(a->dev, RING_BYTES, a->tx_ring, a->tx_dma);
	a->tx_ring = NULL;
	return 0;
}

const struct net_device_ops adapter_ops = {
	.ndo_open = adapter_open,
	.ndo_stop = adapter_stop,
};
