// SPDX-License-Identifier: GPL-2.0-or-later

static int ignored_bad(struct device *dev)
{
	dma_set_mask_and_coherent(dev, DMA_BIT_MASK(28));
	return 0;
}

static int number_bad(struct device *dev)
{
	dma_set_mask(dev, 0x00ffffff);
	return 0;
}

static int overwritten_bad(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(31));
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
	dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));
	dma_set_coherent_mask(dev, 0xffffffffUL);
}

static int granted_before_ok(struct device *dev)
{
	if (dma_set_mask(dev, DMA_BIT_MASK(28)))
		return -EIO;
	dma_set_coherent_mask(dev, DMA_BIT_MASK(28));
	return 0;
}

/* What it was before was granted. */
static void no_number_ok(struct device *dev)
{
	dma_set_mask(dev, dev->coherent_dma_mask);
}
