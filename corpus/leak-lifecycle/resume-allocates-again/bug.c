// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

#define FRAME	8192

struct sensor {
	struct device *dev;
	void __iomem *regs;
	void *frame;
	dma_addr_t frame_dma;
	void *ring;
	dma_addr_t ring_dma;
};

static int sensor_start(struct net_device *ndev)
{
	struct sensor *s = netdev_priv(ndev);
	dma_addr_t dma;
	void *frame = dma_alloc_coherent(s->dev, FRAME, &dma, GFP_KERNEL);

	if (!frame)
		return -ENOMEM;
	s->ring = dma_alloc_coherent(s->dev, FRAME, &s->ring_dma, GFP_KERNEL);
	if (!s->ring) {
		dma_free_coherent(s->dev, FRAME, frame, dma);
		return -ENOMEM;
	}
	s->frame = frame;
	s->frame_dma = dma;
	writel(lower_32_bits(dma), s->regs);
	return 0;
}

static int sensor_stop(struct net_device *ndev)
{
	struct sensor *s = netdev_priv(ndev);

	writel(0, s->regs);
	dma_free_coherent(s->dev, FRAME, s->ring, s->ring_dma);
	s->ring = NULL;
	return 0;
}

const struct net_device_ops sensor_ops = {
	.ndo_open = sensor_start,
	.ndo_stop = sensor_stop,
};

static int sensor_remove(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct sensor *s = netdev_priv(ndev);

	unregister_netdev(ndev);
	dma_free_coherent(s->dev, FRAME, s->frame, s->frame_dma);
	return 0;
}

struct platform_driver sensor_driver = {
	.remove = sensor_remove,
};
