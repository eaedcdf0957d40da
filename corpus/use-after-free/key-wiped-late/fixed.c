// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct cry {
	struct device *dev;
	void __iomem *regs;
};

int cry_load(struct cry *cry);
int cry_set_key(struct cry *cry, const u8 *key, size_t len);

int cry_set_key(struct cry *cry, const u8 *key, size_t len)
{
	dma_addr_t dma;
	u8 *copy;
	int err;

	copy = dma_alloc_coherent(cry->dev, len, &dma, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, key, len);
	writel(lower_32_bits(dma), cry->regs);
	err = cry_load(cry);
	memset(copy, 0, len);
	dma_free_coherent(cry->dev, len, copy, dma);
	return err;
}
