// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

#define TMR_FLUSH_LEN	256

struct tmr {
	struct device *dev;
	void __iomem *regs;
	u8 *scratch;
};

int tmr_flush(struct tmr *tmr);

static int tmr_wait(struct tmr *tmr)
{
	int tries = 100;

	while (tries--) {
		if (readl(tmr->regs + 0x8) & BIT(0))
			return 0;
		udelay(10);
	}
	return -ETIMEDOUT;
}

int tmr_flush(struct tmr *tmr)
{
	dma_addr_t dma;
	int err;

	dma = dma_map_single(tmr->dev, tmr->scratch, TMR_FLUSH_LEN,
			     DMA_FROM_DEVICE);
	if (dma_mapping_error(tmr->dev, dma))
		return -ENOMEM;

	dma_unmap_single(tmr->dev, dma, TMR_FLUSH_LEN, DMA_FROM_DEVICE);
	writel(lower_32_bits(dma), tmr->regs + 0x0);
	writel(upper_32_bits(dma), tmr->regs + 0x4);
	writel(TMR_FLUSH_LEN, tmr->regs + 0xc);
	err = tmr_wait(tmr);
	return err;
}
