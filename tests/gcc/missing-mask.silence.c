// SPDX-License-Identifier: GPL-2.0-or-later
/* Masks that are set for somebody else, or once more. */
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct priv {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

int probe_ok(struct pci_dev *pdev)
{
	return dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(48));
}

/* This ring needs less than what the device was set up for. */
int narrowed_ok(struct pci_dev *pdev, struct priv *p)
{
	p->ring = dma_alloc_coherent(&pdev->dev, 4096, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(26))) {
		dma_free_coherent(&pdev->dev, 4096, p->ring, p->dma);
		return -EIO;
	}
	return 0;
}

/* The memory is another device's. */
int other_device_ok(struct pci_dev *pdev, struct device *dma_dev,
		    struct priv *p)
{
	p->ring = dma_alloc_coherent(dma_dev, 4096, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(26))) {
		dma_free_coherent(dma_dev, 4096, p->ring, p->dma);
		return -EIO;
	}
	return 0;
}
