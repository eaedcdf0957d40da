// SPDX-License-Identifier: GPL-2.0-or-later
/* What callbacks leave behind, where other files may take care of it. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/slab.h>

#define RING	4096

/* --- handed over: somebody else knows it --- */

struct given {
	void *ring;
	dma_addr_t dma;
};

void card_set_ring(void *ring, dma_addr_t dma);

static int given_probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct given *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	card_set_ring(p->ring, p->dma);
	return 0;
}

static void given_remove_ok(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
}

struct pci_driver given_driver = {
	.probe = given_probe_ok,
	.remove = given_remove_ok,
};

/* --- nothing here releases it, and another file is told of the card --- */

struct shared {
	void *ring;
	dma_addr_t dma;
};

void card_fini(struct shared *p);

static int shared_probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct shared *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return 0;
}

static void shared_remove_ok(struct pci_dev *pdev)
{
	card_fini(pci_get_drvdata(pdev));
}

struct pci_driver shared_driver = {
	.probe = shared_probe_ok,
	.remove = shared_remove_ok,
};
