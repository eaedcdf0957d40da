// SPDX-License-Identifier: GPL-2.0-or-later
/* Mapped in one function, unmapped in another, through other pointers. */
#include <linux/dma-mapping.h>

/* Descriptors of both kinds, filled through one pointer, read by another. */
struct slot {
	u32 buf;
};

struct port {
	struct device *dev;
	struct slot *tx_insert, *tx_remove, *rx_insert, *rx_remove;
};

int port_send(struct port *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->tx_insert->buf = dma;
	return 0;
}

int port_refill(struct port *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 64, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->rx_insert->buf = dma;
	return 0;
}

int port_renew(struct slot *slot, struct device *dev, void *data)
{
	dma_addr_t dma = dma_map_single(dev, data, 64, DMA_FROM_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	slot->buf = dma;
	return 0;
}

void port_sent_ok(struct port *p)
{
	dma_unmap_single(p->dev, p->tx_remove->buf, 64, DMA_TO_DEVICE);
}

void port_received_ok(struct port *p)
{
	dma_unmap_single(p->dev, p->rx_remove->buf, 64, DMA_FROM_DEVICE);
}
