/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

static int x_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct ring *ring = devm_kzalloc(&pdev->dev, sizeof(*ring), GFP_KERNEL);
	int err;

	if (!ring)
		return -ENOMEM;
	ring->dev = &pdev->dev;
	pci_set_drvdata(pdev, ring);
	err = ring_alloc(ring, 4096);
	if (err)
		return err;
	err = ring_start(ring);
	if (err)
		ring_free(ring);
	return err;
}

static void x_remove(struct pci_dev *pdev)
{
	ring_free(pci_get_drvdata(pdev));
}

static struct pci_driver x_driver = {
	.probe = x_probe,
	.remove = x_remove,
};

module_pci_driver(x_driver);
