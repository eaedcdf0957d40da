/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

static void x_remove(struct pci_dev *pdev)
{
	ring_free(pci_get_drvdata(pdev));
}

static struct pci_driver x_driver = {
	.remove = x_remove,
};

module_pci_driver(x_driver);
