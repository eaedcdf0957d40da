// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

struct answer {
	__le32 code, value;
};

struct fw {
	struct device *dev;
	void *regs;
	unsigned int asked;
	struct answer *answer;
	unsigned int failed;
};

int fw_init(struct fw *fw);
int fw_ask(struct fw *fw, u32 what);

static int fw_failed(struct fw *fw, int ret)
{
	fw->failed++;
	return ret;
}

int fw_init(struct fw *fw)
{
	fw->asked = 0;
	fw->answer = kzalloc(sizeof(*fw->answer), GFP_KERNEL);
	if (!fw->answer)
		return -ENOMEM;
	return 0;
}

int fw_ask(struct fw *fw, u32 what)
{
	struct answer *answer = fw->answer;
	dma_addr_t dma;

	dma = dma_map_single(fw->dev, answer, sizeof(*answer),
			     DMA_FROM_DEVICE);
	if (dma_mapping_error(fw->dev, dma))
		return fw_failed(fw, -ENOMEM);
	fw->asked++;
	writel(dma, fw->regs);
	writel(what, fw->regs + 4);
	while (readl(fw->regs + 8) & 1)
		;
	dma_unmap_single(fw->dev, dma, sizeof(*answer), DMA_FROM_DEVICE);
	return le32_to_cpu(answer->code) ? fw_failed(fw, -EIO) : 0;
}
