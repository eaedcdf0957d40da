// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

#define PORT_RING	4096

struct port {
	struct device *dev;
	void __iomem *regs;
	void *ring;
	dma_addr_t ring_dma;
};

static int port_open(struct net_device *ndev)
{
	struct port *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, PORT_RING, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	writel(lower_32_bits(p->ring_dma), p->regs);
	netif_start_queue(ndev);
	return 0;
}

static int port_stop(struct net_device *ndev)
{
	struct port *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	writel(0, p->regs);
	dma_free_coherent(p->dev, PORT_RING, p->ring, p->ring_dma);
	return 0;
}

const struct net_device_ops port_netdev_ops = {
	.ndo_open = port_open,
	.ndo_stop = port_stop,
};

static int port_remove(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct port *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	if (p->ring)
		dma_free_coherent(p->dev, PORT_RING, p->ring, p->ring_dma);
	free_netdev(ndev);
	return 0;
}

struct platform_driver port_driver = {
	.remove = port_remove,
};
