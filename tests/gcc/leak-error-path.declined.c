// SPDX-License-Identifier: GPL-2.0-or-later
/* What a path came by and did not release, and what somebody comes back to. */
#include "leak-error-path.h"

/* A callee releases unless a flag says that there is nothing of the kind. */
static void put_ring(struct priv *p)
{
	if (p->count & 1)
		return;
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
}

int flagged_release_ok(struct priv *p, struct pci_dev *pdev)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (pci_enable_device(pdev)) {
		put_ring(p);
		return -EIO;
	}
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	return 0;
}

/* The length that decides is not 0 while something is mapped. */
int length_decides_ok(struct priv *p, struct pci_dev *pdev, void *data,
		      size_t len)
{
	dma_addr_t dma;
	int ret;

	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring_dma = dma;
	ret = pci_enable_device(pdev);
	if (ret < 0)
		goto fail;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
fail:
	if (p->head)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

/* That it was not released when something went well says nothing. */
int declined_before_bad(struct priv *p, struct pci_dev *pdev, void *data,
			size_t len)
{
	dma_addr_t dma;
	int ret;

	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring_dma = dma;
	ret = pci_enable_device(pdev);
	if (ret)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	if (ret)
		return ret;
	if (pci_request_regions(pdev, "x"))
		return -EIO;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

/* Allocated when first needed, and found there the next time. */
static int get_ring(struct priv *p)
{
	if (p->ring)
		return 0;
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

int found_again_ok(struct priv *p, struct pci_dev *pdev)
{
	int ret = get_ring(p);

	if (ret)
		return ret;
	if (pci_enable_device(pdev))
		return -EIO;
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	return 0;
}

/* The device has not answered in time: it may still write there. */
int late_device_ok(struct priv *p, struct completion *done, void *data,
		   size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring_dma = dma;
	if (!wait_for_completion_timeout(done, 100))
		return -ETIMEDOUT;
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int late_work_bad(struct priv *p, struct completion *done,
		  struct pci_dev *pdev, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring_dma = dma;
	if (pci_enable_device(pdev))
		return -EIO;
	wait_for_completion(done);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

/* A count of what was mapped is no error number, and never negative. */
static int map_list(struct priv *p, struct scatterlist *sgl, int n)
{
	return dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
}

int counted_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = map_list(p, sgl, n);

	if (count < 1)
		return -EINVAL;
	if (busy(p)) {
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
		return -EBUSY;
	}
	return 0;
}

/* What is returned is how many there are. */
unsigned int packets_ok(struct priv *p, unsigned int size, unsigned int part)
{
	unsigned int n;

	for (n = size / part; n > 0; n /= 2) {
		p->ring = dma_alloc_coherent(p->dev, n * part, &p->ring_dma,
					     GFP_KERNEL);
		if (!p->ring)
			continue;
		if (!busy(p))
			return n;
		dma_free_coherent(p->dev, n * part, p->ring, p->ring_dma);
	}
	return 0;
}
