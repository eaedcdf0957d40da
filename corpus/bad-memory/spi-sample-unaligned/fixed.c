// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/spi/spi.h>

#define DMA_MINALIGN	__attribute__((aligned(8)))

struct adc {
	struct spi_device *spi;
	unsigned int reads;
	u8 cmd[2] DMA_MINALIGN;
	u8 sample[4];
};

int adc_read(struct adc *a, unsigned int channel, u32 *value);

int adc_read(struct adc *a, unsigned int channel, u32 *value)
{
	struct spi_transfer t = {
		.tx_buf = a->cmd,
		.rx_buf = a->sample,
		.len = 4,
	};
	int ret;

	a->reads++;
	a->cmd[0] = channel;
	ret = spi_sync_transfer(a->spi, &t, 1);
	if (ret)
		return ret;
	*value = a->sample[2] << 8 | a->sample[3];
	return 0;
}
