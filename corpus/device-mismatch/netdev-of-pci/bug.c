// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/pci.h>
#include <linux/skbuff.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct gem {
	struct pci_dev *pdev;
	struct net_device *ndev;
	void __iomem *regs;
	__le64 *ring;
};

netdev_tx_t gem_xmit(struct gem *gem, struct sk_buff *skb);

netdev_tx_t gem_xmit(struct gem *gem, struct sk_buff *skb)
{
	unsigned int len = skb_headlen(skb);
	dma_addr_t dma;

	dma = dma_map_single(&gem->pdev->dev, skb->data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(&gem->pdev->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	if (readl(gem->regs + 0x20) & BIT(3)) {
		dma_unmap_single(&gem->ndev->dev, dma, len, DMA_TO_DEVICE);
		return NETDEV_TX_BUSY;
	}
	gem->ring[0] = cpu_to_le64(dma);
	wmb();
	writel(len, gem->regs + 0x24);
	return NETDEV_TX_OK;
}
