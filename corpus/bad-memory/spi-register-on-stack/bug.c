// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/slab.h>
#include <linux/spi/spi.h>

struct chip {
	struct spi_device *spi;
	u8 revision;
};

int chip_read(struct chip *chip);

int chip_read(struct chip *chip)
{
	struct spi_transfer t = { .len = 2 };
	u8 buf[2] = { 0x80, 0 };
	int ret;

	t.tx_buf = buf;
	t.rx_buf = buf;
	ret = spi_sync_transfer(chip->spi, &t, 1);
	if (!ret)
		chip->revision = buf[1];
	return ret;
}
