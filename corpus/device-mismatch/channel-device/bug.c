// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmaengine.h>

struct uart {
	struct device *dev;
	struct dma_chan *chan;
	u8 *rx;
	dma_addr_t rx_dma;
};

#define UART_RX	4096

int uart_rx_dma(struct uart *uart);

int uart_rx_dma(struct uart *uart)
{
	struct device *dma_dev = uart->chan->device->dev;
	struct dma_async_tx_descriptor *desc;

	uart->rx_dma = dma_map_single(dma_dev, uart->rx, UART_RX,
				      DMA_FROM_DEVICE);
	if (dma_mapping_error(dma_dev, uart->rx_dma))
		return -ENOMEM;

	desc = dmaengine_prep_slave_single(uart->chan, uart->rx_dma, UART_RX,
					   DMA_DEV_TO_MEM, DMA_PREP_INTERRUPT);
	if (!desc) {
		dma_unmap_single(uart->dev, uart->rx_dma, UART_RX,
				 DMA_FROM_DEVICE);
		return -EIO;
	}
	dmaengine_submit(desc);
	dma_async_issue_pending(uart->chan);
	return 0;
}
