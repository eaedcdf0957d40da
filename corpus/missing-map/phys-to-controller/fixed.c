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
	sfc->dma_buffer = dma_map_single(sfc->dev, sfc->buffer, SFC_BUF,
					 DMA_BIDIRECTIONAL);
	if (dma_mapping_error(sfc->dev, sfc->dma_buffer)) {
		kfree(sfc->buffer);
		return -ENOMEM;
	}
	return 0;
}

void sfc_exit(struct sfc *sfc)
{
	dma_unmap_single(sfc->dev, sfc->dma_buffer, SFC_BUF,
			 DMA_BIDIRECTIONAL);
	kfree(sfc->buffer);
}

int sfc_exec(struct sfc *sfc, size_t len)
{
	dma_sync_single_for_device(sfc->dev, sfc->dma_buffer, SFC_BUF,
				   DMA_BIDIRECTIONAL);
	writel(lower_32_bits(sfc->dma_buffer), sfc->regs + 0x80);
	writel(len, sfc->regs + 0x84);
	if (!wait_for_completion_timeout(&sfc->done, msecs_to_jiffies(1000)))
		return -ETIMEDOUT;
	dma_sync_single_for_cpu(sfc->dev, sfc->dma_buffer, SFC_BUF,
				DMA_BIDIRECTIONAL);
	return 0;
}
