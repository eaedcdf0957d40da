/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_SPI_SPI_H
#define SIM_LINUX_SPI_SPI_H

#include <linux/device.h>

struct spi_device {
	struct device dev;
};

struct spi_transfer {
	const void *tx_buf;
	void *rx_buf;
	unsigned int len;
	dma_addr_t tx_dma, rx_dma;
};

int spi_sync_transfer(struct spi_device *spi, struct spi_transfer *xfers,
		      unsigned int n);

static inline int spi_write(struct spi_device *spi, const void *buf, size_t len)
{
	struct spi_transfer t = { .tx_buf = buf, .len = len };

	return spi_sync_transfer(spi, &t, 1);
}

static inline int spi_read(struct spi_device *spi, void *buf, size_t len)
{
	struct spi_transfer t = { .rx_buf = buf, .len = len };

	return spi_sync_transfer(spi, &t, 1);
}

#endif
