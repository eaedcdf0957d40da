// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A unit that compares DMA addresses with physical ones relies on their being
 * the same, and knows it.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct priv {
	struct device *dev;
	void *regs;
	void *buf;
};

int work(struct priv *p);

/* What the mapping says is compared with what it should be, and not used. */
int compared_ok(struct priv *p, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, p->buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = dma == virt_to_phys(p->buf) ? 0 : -EIO;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

void given_after_comparing_ok(struct priv *p)
{
	writel(virt_to_phys(p->buf), p->regs);
	work(p);
}
