// SPDX-License-Identifier: GPL-2.0-or-later

static int wide_bad(struct device *dev)
{
	return dma_set_mask(dev, 0xffffffffffffffffULL);
}

static int number_bad(struct device *dev)
{
	return dma_set_mask_and_coherent(dev, 0xffffffff);
}

static int isa_bad(struct device *dev)
{
	return dma_set_coherent_mask(dev, 0x00FFFFFF);
}

/* Not a number of bits: a person has to look. */
static int odd_bad(struct device *dev)
{
	return dma_set_mask(dev, 0xfffffff0);
}

static int bits_ok(struct device *dev, u64 mask)
{
	if (dma_set_coherent_mask(dev, mask))
		return -EIO;
	return dma_set_mask(dev, DMA_BIT_MASK(36));
}
