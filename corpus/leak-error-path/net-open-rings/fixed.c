// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/netdevice.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/pci.h>

#define CARD_DESCS	256
#define CARD_TX_BASE	0x20
#define CARD_RX_BASE	0x28

struct card_desc {
	__le64 addr;
	__le32 len;
	__le32 status;
};

struct card_ring {
	struct card_desc *desc;
	dma_addr_t dma;
	unsigned int head, tail;
};

struct card {
	struct device *dev;
	struct net_device *ndev;
	void __iomem *regs;
	struct card_ring tx, rx;
};

static void card_free_rings(struct card *card)
{
	size_t size = CARD_DESCS * sizeof(struct card_desc);

	dma_free_coherent(card->dev, size, card->rx.desc, card->rx.dma);
	dma_free_coherent(card->dev, size, card->tx.desc, card->tx.dma);
	card->rx.desc = NULL;
	card->tx.desc = NULL;
}

static int card_alloc_rings(struct card *card)
{
	size_t size = CARD_DESCS * sizeof(struct card_desc);

	card->tx.desc = dma_alloc_coherent(card->dev, size, &card->tx.dma,
					   GFP_KERNEL);
	if (!card->tx.desc)
		return -ENOMEM;

	card->rx.desc = dma_alloc_coherent(card->dev, size, &card->rx.dma,
					   GFP_KERNEL);
	if (!card->rx.desc) {
		dma_free_coherent(card->dev, size, card->tx.desc,
				  card->tx.dma);
		card->tx.desc = NULL;
		return -ENOMEM;
	}

	card->tx.head = card->tx.tail = 0;
	card->rx.head = card->rx.tail = 0;
	return 0;
}

static int card_open(struct net_device *ndev)
{
	struct card *card = netdev_priv(ndev);
	int err;

	err = card_alloc_rings(card);
	if (err) {
		netdev_err(ndev, "no memory for the rings\n");
		return err;
	}
	writel(lower_32_bits(card->tx.dma), card->regs + CARD_TX_BASE);
	writel(lower_32_bits(card->rx.dma), card->regs + CARD_RX_BASE);
	netif_start_queue(ndev);
	return 0;
}

static int card_stop(struct net_device *ndev)
{
	struct card *card = netdev_priv(ndev);

	netif_stop_queue(ndev);
	writel(0, card->regs + CARD_TX_BASE);
	card_free_rings(card);
	return 0;
}

const struct net_device_ops card_netdev_ops = {
	.ndo_open = card_open,
	.ndo_stop = card_stop,
};
