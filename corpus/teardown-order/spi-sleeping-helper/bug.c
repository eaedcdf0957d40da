// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define LARK_ADDR	0x08
#define LARK_LEN	0x0c
#define LARK_GO		0x10

struct lark {
	struct device *dev;
	void *regs;
	struct completion done;
};

int lark_read(struct lark *lark, void *to, size_t len);

static int lark_run(struct lark *lark, dma_addr_t dma, size_t len)
{
	unsigned long left;

	reinit_completion(&lark->done);
	writel(dma, lark->regs + LARK_ADDR);
	writel(len, lark->regs + LARK_LEN);
	writel(1, lark->regs + LARK_GO);
	left = wait_for_completion_timeout(&lark->done,
					   msecs_to_jiffies(len));
	if (!left) {
		dev_err(lark->dev, "no interrupt\n");
		return -ETIMEDOUT;
	}
	return 0;
}

int lark_read(struct lark *lark, void *to, size_t len)
{
	dma_addr_t dma;
	int err;

	dma = dma_map_single(lark->dev, to, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(lark->dev, dma))
		return -ENOMEM;
	err = lark_run(lark, dma, len);
	dma_unmap_single(lark->dev, dma, len, DMA_FROM_DEVICE);
	return err;
}
