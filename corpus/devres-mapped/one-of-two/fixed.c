// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/device.h>
#include <linux/io.h>

struct mbox {
	struct device *dev;
	void *regs;
	void *rx, *tx;
	dma_addr_t rx_dma, tx_dma;
};

static int mbox_alloc(struct mbox *m)
{
	m->rx = devm_kzalloc(m->dev, 512, GFP_KERNEL);
	m->tx = devm_kzalloc(m->dev, 512, GFP_KERNEL);
	return m->rx && m->tx ? 0 : -ENOMEM;
}

static int mbox_map(struct mbox *m)
{
	m->rx_dma = dma_map_single(m->dev, m->rx, 512, DMA_FROM_DEVICE);
	if (dma_mapping_error(m->dev, m->rx_dma))
		return -EIO;
	m->tx_dma = dma_map_single(m->dev, m->tx, 512, DMA_TO_DEVICE);
	if (dma_mapping_error(m->dev, m->tx_dma)) {
		dma_unmap_single(m->dev, m->rx_dma, 512, DMA_FROM_DEVICE);
		return -EIO;
	}
	writel(m->rx_dma, m->regs);
	writel(m->tx_dma, m->regs + 4);
	return 0;
}

int mbox_start(struct mbox *m)
{
	int ret = mbox_alloc(m);

	return ret ? ret : mbox_map(m);
}

void mbox_stop(struct mbox *m)
{
	writel(0, m->regs + 8);
	dma_unmap_single(m->dev, m->rx_dma, 512, DMA_FROM_DEVICE);
	dma_unmap_single(m->dev, m->tx_dma, 512, DMA_TO_DEVICE);
}
