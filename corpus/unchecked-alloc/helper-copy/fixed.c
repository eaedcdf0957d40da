// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/completion.h>
#include <linux/io.h>

struct fw_dev {
	struct device *dev;
	void __iomem *regs;
};

int fw_push(struct fw_dev *fw, const void *image, size_t len);

static int fw_wait(struct fw_dev *fw)
{
	int i;

	for (i = 0; i < 50; i++) {
		if (readl(fw->regs + 0x20) == 0)
			return 0;
		msleep(10);
	}
	return -ETIMEDOUT;
}

int fw_push(struct fw_dev *fw, const void *image, size_t len)
{
	dma_addr_t dma;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(fw->dev, len, &dma, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	memcpy(buf, image, len);

	writel(lower_32_bits(dma), fw->regs + 0x10);
	writel(upper_32_bits(dma), fw->regs + 0x14);
	writel(len, fw->regs + 0x20);
	ret = fw_wait(fw);
	if (ret)
		dev_err(fw->dev, "firmware was not taken\n");

	dma_free_coherent(fw->dev, len, buf, dma);
	return ret;
}
