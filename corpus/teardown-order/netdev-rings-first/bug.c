// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/skbuff.h>

#define CREEK_BYTES	4096

struct creek {
	struct pci_dev *pdev;
	void *regs;
	__le64 *ring;
	dma_addr_t ring_dma;
	unsigned int head;
};

static int creek_open(struct net_device *dev)
{
	struct creek *creek = netdev_priv(dev);

	creek->head = 0;
	creek->ring[0] = 0;
	writel(1, creek->regs);
	return 0;
}

static int creek_stop(struct net_device *dev)
{
	struct creek *creek = netdev_priv(dev);

	writel(0, creek->regs);
	return 0;
}

static const struct net_device_ops creek_ops = {
	.ndo_open = creek_open,
	.ndo_stop = creek_stop,
};

static int creek_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct creek));
	struct creek *creek;
	int err;

	if (!dev)
		return -ENOMEM;
	creek = netdev_priv(dev);
	creek->pdev = pdev;
	dev->netdev_ops = &creek_ops;
	creek->ring = dma_alloc_coherent(&pdev->dev, CREEK_BYTES,
					 &creek->ring_dma, GFP_KERNEL);
	if (!creek->ring) {
		err = -ENOMEM;
		goto free_dev;
	}
	pci_set_drvdata(pdev, dev);
	err = register_netdev(dev);
	if (err)
		goto free_ring;
	return 0;
free_ring:
	dma_free_coherent(&pdev->dev, CREEK_BYTES, creek->ring,
			  creek->ring_dma);
free_dev:
	free_netdev(dev);
	return err;
}

static void creek_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);
	struct creek *creek = netdev_priv(dev);

	dma_free_coherent(&pdev->dev, CREEK_BYTES, creek->ring,
			  creek->ring_dma);
	unregister_netdev(dev);
	free_netdev(dev);
}

static struct pci_driver creek_driver = {
	.name = "creek",
	.probe = creek_probe,
	.remove = creek_remove,
};
module_pci_driver(creek_driver);
