// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

static u8 key_reset_cmd[16] = { 0x5a, 0x01, 0x00, 0xff };

struct key {
	struct device *dev;
	void __iomem *regs;
};

int key_wait(struct key *key);
int key_reset(struct key *key);

int key_reset(struct key *key)
{
	size_t len = sizeof(key_reset_cmd);
	dma_addr_t dma;
	int ret;
	u8 *cmd;

	cmd = kmemdup(key_reset_cmd, len, GFP_KERNEL);
	if (!cmd)
		return -ENOMEM;
	dma = dma_map_single(key->dev, cmd, len, DMA_TO_DEVICE);
	if (dma_mapping_error(key->dev, dma)) {
		kfree(cmd);
		return -ENOMEM;
	}
	writel(lower_32_bits(dma), key->regs);
	ret = key_wait(key);
	dma_unmap_single(key->dev, dma, len, DMA_TO_DEVICE);
	kfree(cmd);
	return ret;
}
