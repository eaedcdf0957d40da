// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a device can reach is said before DMA memory is acquired, and the
 * machine may answer that it has no such memory.
 */
#include <linux/dma-mapping.h>
#include <linux/pci.h>
#include <linux/platform_device.h>

struct priv {
	struct device *dev;
	void *ring, *more;
	dma_addr_t dma, more_dma;
	bool wide;
};

static int priv_alloc(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 4096, &p->dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

/* What 32 bits leave out, every machine has. */
int ignored_narrow_bad(struct pci_dev *pdev, struct priv *p)
{
	/* dma-missing-mask: high */
	dma_set_mask(&pdev->dev, DMA_BIT_MASK(28));
	p->dev = &pdev->dev;
	return priv_alloc(p);
}

int ignored_wide_bad(struct platform_device *pdev, struct priv *p)
{
	/* dma-missing-mask: medium */
	dma_set_mask(&pdev->dev, DMA_BIT_MASK(44));
	p->dev = &pdev->dev;
	return 0;
}

/* A result that is kept, and overwritten before anybody looks. */
int overwritten_bad(struct platform_device *pdev, struct priv *p)
{
	int err;

	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(40));
	err = priv_alloc(p);
	return err;
}

/* All 64 bits cannot be too few, and 32 are what a device is given anyway. */
int ignored_full_ok(struct platform_device *pdev)
{
	dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	return 0;
}

int ignored_usual_ok(struct platform_device *pdev)
{
	dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	return 0;
}

/* Its width is somebody else's business. */
int ignored_restore_ok(struct device *dev)
{
	u64 mask = dev->coherent_dma_mask;

	dma_set_coherent_mask(dev, mask);
	return 0;
}

int tested_ok(struct pci_dev *pdev, struct priv *p)
{
	int err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(28));

	if (err)
		return err;
	p->dev = &pdev->dev;
	return priv_alloc(p);
}

int returned_ok(struct device *dev)
{
	return dma_set_mask(dev, DMA_BIT_MASK(36));
}

int goes_on_bad(struct pci_dev *pdev, struct priv *p)
{
	/* dma-missing-mask: high */
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(24)))
		dev_warn(&pdev->dev, "no suitable DMA available\n");
	p->dev = &pdev->dev;
	return priv_alloc(p);
}

/* Failed, so a second one is tried. */
int second_try_ok(struct pci_dev *pdev, struct priv *p)
{
	if (dma_set_mask(&pdev->dev, DMA_BIT_MASK(30)))
		if (dma_set_mask(&pdev->dev, DMA_BIT_MASK(24)))
			return -EIO;
	p->dev = &pdev->dev;
	return priv_alloc(p);
}

static void priv_release(struct priv *p)
{
	dma_free_coherent(p->dev, 4096, p->ring, p->dma);
}

/* What comes after the failure only releases. */
int failure_releases_ok(struct pci_dev *pdev, struct priv *p)
{
	if (dma_set_mask(&pdev->dev, DMA_BIT_MASK(24))) {
		priv_release(p);
		return -EIO;
	}
	return 0;
}

/* It goes on without DMA. */
int without_dma_ok(struct pci_dev *pdev, struct priv *p)
{
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(24))) {
		p->wide = false;
		return 0;
	}
	p->dev = &pdev->dev;
	return priv_alloc(p);
}

/* A variable remembers that there is no DMA. */
int remembered_ok(struct pci_dev *pdev, struct priv *p, int dma)
{
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(24))) {
		dev_warn(&pdev->dev, "no suitable DMA available\n");
		dma = -1;
	}
	p->dev = &pdev->dev;
	if (dma == -1)
		return 0;
	return priv_alloc(p);
}

int remembered_in_member_ok(struct pci_dev *pdev, struct priv *p)
{
	p->wide = true;
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(24)))
		p->wide = false;
	p->dev = &pdev->dev;
	return p->wide ? priv_alloc(p) : 0;
}

/* Whatever comes of it, the driver can do with either. */
int one_of_two_ok(struct platform_device *pdev, bool wide)
{
	if (wide)
		dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	else
		dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(44));
	return 0;
}
