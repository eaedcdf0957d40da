// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct tape {
	void *desc;
	dma_addr_t desc_dma;
};

int tape_probe(struct tape *t, struct pci_dev *pdev);

int tape_probe(struct tape *t, struct pci_dev *pdev)
{
	int err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(26));

	if (err)
		return err;
	t->desc = dmam_alloc_coherent(&pdev->dev, 512, &t->desc_dma,
				      GFP_KERNEL);
	if (!t->desc)
		return -ENOMEM;
	pci_set_master(pdev);
	return 0;
}
