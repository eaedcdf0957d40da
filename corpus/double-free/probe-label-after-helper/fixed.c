// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/pci.h>
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>

struct gate_block {
	__le64 rx[64];
	__le64 tx[64];
};

struct gate {
	struct pci_dev *pdev;
	void __iomem *regs;
	struct gate_block *block;
	dma_addr_t block_dma;
};

static void gate_release(struct gate *gate)
{
	writel(0, gate->regs);
	dma_free_coherent(&gate->pdev->dev, sizeof(*gate->block), gate->block,
			  gate->block_dma);
	iounmap(gate->regs);
}

static int gate_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *ndev;
	struct gate *gate;
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	ndev = alloc_etherdev(sizeof(*gate));
	if (!ndev) {
		err = -ENOMEM;
		goto err_disable;
	}
	gate = netdev_priv(ndev);
	gate->pdev = pdev;
	gate->regs = ioremap(0x1000, 0x1000);
	if (!gate->regs) {
		err = -EIO;
		goto err_netdev;
	}
	gate->block = dma_alloc_coherent(&pdev->dev, sizeof(*gate->block),
					 &gate->block_dma, GFP_KERNEL);
	if (!gate->block) {
		err = -ENOMEM;
		goto err_unmap;
	}
	writel(lower_32_bits(gate->block_dma), gate->regs + 8);

	err = register_netdev(ndev);
	if (err) {
		gate_release(gate);
		goto err_netdev;
	}
	pci_set_drvdata(pdev, ndev);
	return 0;

err_unmap:
	iounmap(gate->regs);
err_netdev:
	free_netdev(ndev);
err_disable:
	pci_disable_device(pdev);
	return err;
}

static void gate_remove(struct pci_dev *pdev)
{
	struct net_device *ndev = pci_get_drvdata(pdev);

	unregister_netdev(ndev);
	gate_release(netdev_priv(ndev));
	free_netdev(ndev);
	pci_disable_device(pdev);
}

static struct pci_driver gate_driver = {
	.name = "gate",
	.probe = gate_probe,
	.remove = gate_remove,
};
module_pci_driver(gate_driver);
