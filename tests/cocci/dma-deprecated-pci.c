// SPDX-License-Identifier: GPL-2.0-or-later

struct nic {
	struct pci_dev *pdev;
	struct device *dev;
	void *ring;
	dma_addr_t dma, buf_dma;
};

static int open_bad(struct nic *n, void *buf)
{
	if (pci_set_dma_mask(n->pdev, DMA_BIT_MASK(32)))
		return -EIO;
	n->ring = pci_alloc_consistent(n->pdev, 64, &n->dma);
	if (!n->ring)
		return -ENOMEM;
	n->buf_dma = pci_map_single(n->pdev, buf, 64, PCI_DMA_TODEVICE);
	if (pci_dma_mapping_error(n->pdev, n->buf_dma)) {
		pci_free_consistent(n->pdev, 64, n->ring, n->dma);
		return -ENOMEM;
	}
	return 0;
}

static void close_bad(struct nic *n)
{
	pci_unmap_single(n->pdev, n->buf_dma, 64, PCI_DMA_TODEVICE);
	pci_free_consistent(n->pdev, 64, n->ring, n->dma);
}

static void close_ok(struct nic *n)
{
	dma_unmap_single(&n->pdev->dev, n->buf_dma, 64, DMA_TO_DEVICE);
	dma_free_coherent(&n->pdev->dev, 64, n->ring, n->dma);
}
