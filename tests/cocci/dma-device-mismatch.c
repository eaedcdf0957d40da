// SPDX-License-Identifier: GPL-2.0-or-later

struct nic {
	struct pci_dev *pdev;
	struct net_device *ndev;
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

static int net_device_bad(struct nic *n, void *buf)
{
	n->dma = dma_map_single(&n->pdev->dev, buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(&n->ndev->dev, n->dma))
		return -ENOMEM;
	return 0;
}

static int freed_for_another_bad(struct nic *n)
{
	n->ring = dma_alloc_coherent(&n->pdev->dev, 64, &n->dma, GFP_KERNEL);
	if (!n->ring)
		return -ENOMEM;
	dma_free_coherent(&n->ndev->dev, 64, n->ring, n->dma);
	return 0;
}

static int list_bad(struct nic *n, struct scatterlist *sg, int nents)
{
	if (!dma_map_sg(&n->pdev->dev, sg, nents, DMA_TO_DEVICE))
		return -ENOMEM;
	dma_unmap_sg(&n->ndev->dev, sg, nents, DMA_TO_DEVICE);
	return 0;
}

static int same_ok(struct nic *n, void *buf)
{
	n->dma = dma_map_single(&n->pdev->dev, buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(&n->pdev->dev, n->dma))
		return -ENOMEM;
	dma_unmap_single(&n->pdev->dev, n->dma, 64, DMA_TO_DEVICE);
	return 0;
}

static int variable_ok(struct nic *n, void *buf)
{
	struct device *dev = &n->pdev->dev;

	n->dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(&n->pdev->dev, n->dma))
		return -ENOMEM;
	return 0;
}

static int parent_ok(struct nic *n, struct scatterlist *sg, int nents)
{
	if (!dma_map_sg(&n->pdev->dev, sg, nents, DMA_TO_DEVICE))
		return -ENOMEM;
	dma_unmap_sg(n->ndev->dev.parent, sg, nents, DMA_TO_DEVICE);
	return 0;
}

static int kept_ok(struct nic *n, struct pci_dev *pdev)
{
	n->dev = &pdev->dev;
	n->ring = dma_alloc_coherent(n->dev, 64, &n->dma, GFP_KERNEL);
	if (!n->ring)
		return -ENOMEM;
	dma_free_coherent(&pdev->dev, 64, n->ring, n->dma);
	return 0;
}

static int in_parentheses_ok(struct nic *n, struct pci_dev *pcidev)
{
	n->ring = dma_alloc_coherent(&(pcidev->dev), 64, &n->dma, GFP_KERNEL);
	if (!n->ring)
		return -ENOMEM;
	dma_free_coherent(&(n->pdev->dev), 64, n->ring, n->dma);
	return 0;
}
