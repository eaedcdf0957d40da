// SPDX-License-Identifier: GPL-2.0-or-later
/* What right drivers do that looks wrong to a simple mind. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/skbuff.h>

struct slot {
	struct sk_buff *skb;
	struct page *page;
	void *data;
	dma_addr_t dma;
	u32 len;
	u8 type;
};

struct nic {
	struct device *dev;
	struct net_device *ndev;
	void *regs;
	struct slot rx[64], tx[64];
	unsigned int rx_next, tx_next;
	void *ring;
	dma_addr_t ring_dma;
	size_t ring_size;
	struct napi_struct napi;
	struct dma_pool *pool;
	bool two_rings;
	void *ring2;
	dma_addr_t ring2_dma;
	int irq;
};

int nic_reset(struct nic *nic);

/* --- transmit --- */

netdev_tx_t xmit_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	struct slot *first = &nic->tx[nic->tx_next], *s = first;
	unsigned int f, i = nic->tx_next;

	s->len = skb_headlen(skb);
	s->type = 1;
	s->dma = dma_map_single(nic->dev, skb->data, s->len, DMA_TO_DEVICE);
	if (dma_mapping_error(nic->dev, s->dma))
		goto drop;

	for (f = 0; f < skb_shinfo(skb)->nr_frags; f++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[f];

		i = (i + 1) & 63;
		s = &nic->tx[i];
		s->len = skb_frag_size(frag);
		s->type = 2;
		s->dma = skb_frag_dma_map(nic->dev, frag, 0, s->len,
					  DMA_TO_DEVICE);
		if (dma_mapping_error(nic->dev, s->dma))
			goto unwind;
	}
	s->skb = skb;
	nic->tx_next = (i + 1) & 63;
	writel(nic->tx_next, nic->regs);
	return NETDEV_TX_OK;

unwind:
	while (f--) {
		i = (i - 1) & 63;
		s = &nic->tx[i];
		if (s->type == 1)
			dma_unmap_single(nic->dev, s->dma, s->len,
					 DMA_TO_DEVICE);
		else
			dma_unmap_page(nic->dev, s->dma, s->len,
				       DMA_TO_DEVICE);
	}
drop:
	ndev->stats.tx_dropped++;
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

netdev_tx_t xmit_padded_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	unsigned int len = skb->len;
	dma_addr_t dma;

	if (len < 60) {
		if (skb_padto(skb, 60))
			return NETDEV_TX_OK;
		len = 60;
	}
	dma = dma_map_single(nic->dev, skb->data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(nic->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	nic->tx[nic->tx_next].skb = skb;
	nic->tx[nic->tx_next].dma = dma;
	nic->tx[nic->tx_next].len = len;
	nic->tx_next++;
	return NETDEV_TX_OK;
}

/* --- receive --- */

static int fill_slot(struct nic *nic, struct slot *s)
{
	struct sk_buff *skb = netdev_alloc_skb(nic->ndev, 1600);
	dma_addr_t dma;

	if (!skb)
		return -ENOMEM;
	dma = dma_map_single(nic->dev, skb->data, 1600, DMA_FROM_DEVICE);
	if (dma_mapping_error(nic->dev, dma)) {
		dev_kfree_skb_any(skb);
		return -ENOMEM;
	}
	s->skb = skb;
	s->dma = dma;
	return 0;
}

static void empty_slot(struct nic *nic, struct slot *s)
{
	if (!s->skb)
		return;
	dma_unmap_single(nic->dev, s->dma, 1600, DMA_FROM_DEVICE);
	dev_kfree_skb_any(s->skb);
	s->skb = NULL;
}

int fill_all_ok(struct nic *nic)
{
	int i, ret;

	for (i = 0; i < 64; i++) {
		ret = fill_slot(nic, &nic->rx[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	while (i--)
		empty_slot(nic, &nic->rx[i]);
	return ret;
}

int fill_all_or_empty_all_ok(struct nic *nic)
{
	int i;

	for (i = 0; i < 64; i++)
		if (fill_slot(nic, &nic->rx[i]))
			goto err;
	return 0;
err:
	for (i = 0; i < 64; i++)
		empty_slot(nic, &nic->rx[i]);
	return -ENOMEM;
}

/* A new buffer first; the old one goes up only if there is a new one. */
int receive_ok(struct nic *nic, int budget)
{
	int done = 0;

	while (done < budget) {
		struct slot *s = &nic->rx[nic->rx_next & 63], old = *s;

		if (!readl(nic->regs + 8))
			break;
		if (fill_slot(nic, s)) {
			nic->ndev->stats.rx_dropped++;
		} else {
			dma_unmap_single(nic->dev, old.dma, 1600,
					 DMA_FROM_DEVICE);
			skb_put(old.skb, 64);
			napi_gro_receive(&nic->napi, old.skb);
		}
		nic->rx_next++;
		done++;
	}
	return done;
}

int copybreak_ok(struct nic *nic, struct slot *s, unsigned int len)
{
	struct sk_buff *skb;

	if (len < 256) {
		skb = netdev_alloc_skb(nic->ndev, len);
		if (!skb)
			return -ENOMEM;
		dma_sync_single_for_cpu(nic->dev, s->dma, len,
					DMA_FROM_DEVICE);
		memcpy(skb_put(skb, len), s->skb->data, len);
		dma_sync_single_for_device(nic->dev, s->dma, len,
					   DMA_FROM_DEVICE);
	} else {
		skb = s->skb;
		dma_unmap_single(nic->dev, s->dma, 1600, DMA_FROM_DEVICE);
		s->skb = NULL;
		s->dma = 0;
	}
	napi_gro_receive(&nic->napi, skb);
	return 0;
}

int page_refill_ok(struct nic *nic, struct slot *s)
{
	struct page *page = alloc_page(GFP_ATOMIC);

	if (unlikely(!page))
		return -ENOMEM;
	s->dma = dma_map_page(nic->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	if (unlikely(dma_mapping_error(nic->dev, s->dma))) {
		__free_page(page);
		s->dma = 0;
		return -ENOMEM;
	}
	s->page = page;
	return 0;
}

/* --- open and stop --- */

static irqreturn_t nic_irq(int irq, void *data)
{
	return IRQ_HANDLED;
}

static void nic_free_rings(struct nic *nic)
{
	if (nic->ring2)
		dma_free_coherent(nic->dev, nic->ring_size, nic->ring2,
				  nic->ring2_dma);
	nic->ring2 = NULL;
	if (nic->ring)
		dma_free_coherent(nic->dev, nic->ring_size, nic->ring,
				  nic->ring_dma);
	nic->ring = NULL;
}

static int nic_alloc_rings(struct nic *nic)
{
	nic->ring = dma_alloc_coherent(nic->dev, nic->ring_size,
				       &nic->ring_dma, GFP_KERNEL);
	if (!nic->ring)
		goto err;
	if (!nic->two_rings)
		return 0;
	nic->ring2 = dma_alloc_coherent(nic->dev, nic->ring_size,
					&nic->ring2_dma, GFP_KERNEL);
	if (!nic->ring2)
		goto err;
	return 0;
err:
	nic_free_rings(nic);
	return -ENOMEM;
}

static int open_ok(struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	int ret;

	ret = nic_alloc_rings(nic);
	if (ret)
		return ret;
	ret = fill_all_ok(nic);
	if (ret)
		goto err_rings;
	ret = request_irq(nic->irq, nic_irq, 0, "nic", nic);
	if (ret)
		goto err_fill;
	ret = nic_reset(nic);
	if (ret)
		goto err_irq;
	napi_enable(&nic->napi);
	return 0;

err_irq:
	free_irq(nic->irq, nic);
err_fill:
	{
		int i;

		for (i = 0; i < 64; i++)
			empty_slot(nic, &nic->rx[i]);
	}
err_rings:
	nic_free_rings(nic);
	return ret;
}

static int stop_ok(struct net_device *ndev)
{
	struct nic *nic = netdev_priv(ndev);
	int i;

	napi_disable(&nic->napi);
	free_irq(nic->irq, nic);
	for (i = 0; i < 64; i++)
		empty_slot(nic, &nic->rx[i]);
	nic_free_rings(nic);
	return 0;
}

const struct net_device_ops nic_ops = {
	.ndo_open = open_ok,
	.ndo_stop = stop_ok,
	.ndo_start_xmit = xmit_ok,
};

/* New rings first, then the old ones go; a failure keeps the old. */
int resize_ok(struct nic *nic, size_t size)
{
	dma_addr_t dma;
	void *ring = dma_alloc_coherent(nic->dev, size, &dma, GFP_KERNEL);

	if (!ring)
		return -ENOMEM;
	dma_free_coherent(nic->dev, nic->ring_size, nic->ring,
			  nic->ring_dma);
	nic->ring = ring;
	nic->ring_dma = dma;
	nic->ring_size = size;
	return 0;
}

int lazy_alloc_ok(struct nic *nic)
{
	if (nic->ring)
		return 0;
	nic->ring = dma_alloc_coherent(nic->dev, nic->ring_size,
				       &nic->ring_dma, GFP_KERNEL);
	return nic->ring ? 0 : -ENOMEM;
}

/* The size shrinks until the allocation succeeds. */
int shrinking_ok(struct nic *nic, size_t size)
{
	do {
		nic->ring = dma_alloc_coherent(nic->dev, size,
					       &nic->ring_dma,
					       GFP_KERNEL | __GFP_NOWARN);
		if (nic->ring)
			break;
		size /= 2;
	} while (size >= PAGE_SIZE);
	if (!nic->ring)
		return -ENOMEM;
	nic->ring_size = size;
	return 0;
}

/* --- probe with everything in one label ladder --- */

static int probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *ndev;
	struct nic *nic;
	int ret;

	ret = pci_enable_device(pdev);
	if (ret)
		return ret;
	ret = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	if (ret)
		ret = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (ret)
		goto err_disable;
	ret = -ENOMEM;
	ndev = alloc_etherdev(sizeof(*nic));
	if (!ndev)
		goto err_disable;
	SET_NETDEV_DEV(ndev, &pdev->dev);
	nic = netdev_priv(ndev);
	nic->dev = &pdev->dev;
	nic->ndev = ndev;
	nic->ring_size = 4096;
	nic->regs = pci_iomap(pdev, 0, 0);
	if (!nic->regs)
		goto err_netdev;
	nic->pool = dma_pool_create("nic", &pdev->dev, 64, 64, 0);
	if (!nic->pool)
		goto err_iomap;
	nic->ring = dma_alloc_coherent(&pdev->dev, nic->ring_size,
				       &nic->ring_dma, GFP_KERNEL);
	if (!nic->ring)
		goto err_pool;
	ndev->netdev_ops = &nic_ops;
	pci_set_drvdata(pdev, ndev);
	ret = register_netdev(ndev);
	if (ret)
		goto err_ring;
	return 0;

err_ring:
	dma_free_coherent(&pdev->dev, nic->ring_size, nic->ring,
			  nic->ring_dma);
err_pool:
	dma_pool_destroy(nic->pool);
err_iomap:
	pci_iounmap(pdev, nic->regs);
err_netdev:
	free_netdev(ndev);
err_disable:
	pci_disable_device(pdev);
	return ret;
}

static void remove_ok(struct pci_dev *pdev)
{
	struct net_device *ndev = pci_get_drvdata(pdev);
	struct nic *nic = netdev_priv(ndev);

	unregister_netdev(ndev);
	dma_free_coherent(&pdev->dev, nic->ring_size, nic->ring,
			  nic->ring_dma);
	dma_pool_destroy(nic->pool);
	pci_iounmap(pdev, nic->regs);
	free_netdev(ndev);
	pci_disable_device(pdev);
}

struct pci_driver nic_driver = {
	.name = "nic",
	.probe = probe_ok,
	.remove = remove_ok,
};
