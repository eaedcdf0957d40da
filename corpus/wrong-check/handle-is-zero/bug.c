// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct qs {
	struct device *dev;
	void __iomem *regs;
	const void *txbuf;
	u32 bytes;
	dma_addr_t dma;
};

int qs_map_tx(struct qs *qs);
void qs_irq(struct qs *qs);

int qs_map_tx(struct qs *qs)
{
	dma_addr_t addr;

	addr = dma_map_single(qs->dev, (void *)qs->txbuf, qs->bytes,
			      DMA_TO_DEVICE);
	if (!addr) {
		dev_err(qs->dev, "cannot map the transmit buffer\n");
		return -ENOMEM;
	}
	qs->dma = addr;
	writel(lower_32_bits(addr), qs->regs + 0x800);
	writel(upper_32_bits(addr) & 0xfff, qs->regs + 0x828);
	writel(qs->bytes, qs->regs + 0x804);
	return 0;
}

void qs_irq(struct qs *qs)
{
	dma_unmap_single(qs->dev, qs->dma, qs->bytes, DMA_TO_DEVICE);
}
