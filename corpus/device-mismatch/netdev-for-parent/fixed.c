// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/io.h>

struct emu {
	struct net_device *ndev;
	void __iomem *regs;
	__le32 *txbd;
};

netdev_tx_t emu_tx(struct sk_buff *skb, struct net_device *ndev);

netdev_tx_t emu_tx(struct sk_buff *skb, struct net_device *ndev)
{
	struct emu *emu = netdev_priv(ndev);
	struct device *dev = ndev->dev.parent;
	unsigned int len = skb_headlen(skb);
	dma_addr_t addr;
	int tries = 1000;

	addr = dma_map_single(dev, skb->data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, addr)) {
		ndev->stats.tx_dropped++;
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	emu->txbd[0] = cpu_to_le32(lower_32_bits(addr));
	wmb();
	emu->txbd[1] = cpu_to_le32(len);
	writel(1, emu->regs);
	while (readl(emu->regs) && tries--)
		barrier();

	dma_unmap_single(dev, addr, len, DMA_TO_DEVICE);
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}
