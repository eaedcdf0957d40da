// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dma-mapping.h>
#include <linux/completion.h>

#define SFC_BUF	16384

struct sfc {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
	u8 *buffer;
	dma_addr_t dma_buffer;
};

int sfc_exec(struct sfc *sfc, size_t len);
int sfc_init(struct sfc *sfc);
void sfc_exit(struct sfc *sfc);

int sfc_init(struct sfc *sfc)
{
	sfc->buffer = kmalloc(SFC_BUF, GFP_KERNEL);
	if (!sfc->buffer)
		return -ENOMEM;
	sfc->dma_buffer = virt_to_phys(sfc->buffer);
	return 0;
}

void sfc_exit(struct sfc *sfc)
{
	kfree(sfc->buffer);
}

int sfc_exec(struct sfc *sfc, size_t len)
{
	writel(lower_32_bits(virt_to_phys(sfc->buffer)), sfc->regs + 0x80);
	writel(len, sfc->regs + 0x84);
	if (!wait_for_completion_timeout(&sfc->done, msecs_to_jiffies(1000)))
		return -ETIMEDOUT;
	return 0;
}
