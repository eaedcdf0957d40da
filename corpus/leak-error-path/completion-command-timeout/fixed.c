// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct fw {
	struct device *dev;
	void *regs;
	void *reply;
	dma_addr_t dma;
	void (*done)(struct fw *fw);
};

int fw_command(struct fw *fw, u32 code);

static void fw_reply(struct fw *fw)
{
	dma_free_coherent(fw->dev, 256, fw->reply, fw->dma);
	fw->reply = NULL;
}

int fw_command(struct fw *fw, u32 code)
{
	dma_addr_t dma;
	void *reply = dma_alloc_coherent(fw->dev, 256, &dma, GFP_KERNEL);

	if (!reply)
		return -ENOMEM;
	writel(dma, fw->regs);
	writel(code, fw->regs + 4);
	if (readl(fw->regs + 8)) {
		dma_free_coherent(fw->dev, 256, reply, dma);
		return -EIO;
	}
	fw->reply = reply;
	fw->dma = dma;
	fw->done = fw_reply;
	return 0;
}
