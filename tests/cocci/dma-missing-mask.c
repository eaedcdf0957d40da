// SPDX-License-Identifier: GPL-2.0-or-later

static int ignored_bad(struct device *dev)
{
	dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));
	return 0;
}

static int overwritten_bad(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(36));
	err = start(dev);
	return err;
}

static int tested_ok(struct device *dev)
{
	int err = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));

	if (err)
		return err;
	if (dma_set_coherent_mask(dev, DMA_BIT_MASK(30)))
		return -EIO;
	return 0;
}

static int returned_ok(struct device *dev)
{
	return dma_set_mask(dev, DMA_BIT_MASK(24));
}

static void always_granted_ok(struct device *dev)
{
	dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64));
}

static int granted_before_ok(struct device *dev)
{
	if (dma_set_mask(dev, DMA_BIT_MASK(36)))
		return -EIO;
	dma_set_coherent_mask(dev, DMA_BIT_MASK(36));
	return 0;
}
