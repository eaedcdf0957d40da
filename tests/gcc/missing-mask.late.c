// SPDX-License-Identifier: GPL-2.0-or-later
/* DMA memory that is acquired before the mask says where it may lie. */
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct priv {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

int probe_bad(struct pci_dev *pdev, struct priv *p)
{
	int err;

	p->ring = dma_alloc_coherent(&pdev->dev, 4096, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	/* dma-missing-mask: high */
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(26));
	if (err)
		dma_free_coherent(&pdev->dev, 4096, p->ring, p->dma);
	return err;
}
