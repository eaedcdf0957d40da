// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/completion.h>
#include <linux/io.h>

struct mon {
	struct device *dev;
	void __iomem *regs;
	struct completion done;
};

int mon_status(struct mon *mon, struct sk_buff *skb);

int mon_status(struct mon *mon, struct sk_buff *skb)
{
	dma_addr_t paddr;
	int ret = 0;

	paddr = dma_map_single(mon->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(mon->dev, paddr)) {
		ret = -ENOMEM;
		goto out;
	}
	writel(lower_32_bits(paddr), mon->regs + 0x50);
	writel(skb->len, mon->regs + 0x54);
	if (!wait_for_completion_timeout(&mon->done, msecs_to_jiffies(100))) {
		writel(0, mon->regs + 0x58);
		ret = -ETIMEDOUT;
	}

	dma_unmap_single(mon->dev, paddr, skb->len, DMA_TO_DEVICE);
out:
	dev_kfree_skb_any(skb);
	return ret;
}
