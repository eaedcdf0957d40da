// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module with one bug for tests/kbuild/module.sh: when there is no room for
 * the command block, the ring is not freed.
 */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#define RING_BYTES 4096

struct pair {
	void *ring;
	dma_addr_t ring_dma;
	void *command;
};

static int pair_probe_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct device *dev = &pdev->dev;
	struct pair *p;

	p = devm_kzalloc(dev, sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->ring = dma_alloc_coherent(dev, RING_BYTES, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->command = devm_kzalloc(dev, 64, GFP_KERNEL);
	if (!p->command)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return 0;
}

static void pair_remove(struct pci_dev *pdev)
{
	struct pair *p = pci_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, RING_BYTES, p->ring, p->ring_dma);
}

static const struct pci_device_id pair_ids[] = {
	{ PCI_DEVICE(0x1234, 0x5678) },
	{ }
};

static struct pci_driver pair_driver = {
	.name = "dmacheck_test",
	.id_table = pair_ids,
	.probe = pair_probe_bad,
	.remove = pair_remove,
};
module_pci_driver(pair_driver);
MODULE_LICENSE("GPL");
