// SPDX-License-Identifier: GPL-2.0-or-later

static int inside_bad(struct device *dev)
{
	if (dma_set_mask(dev, DMA_BIT_MASK(32)) ||
	    dma_set_coherent_mask(dev, DMA_BIT_MASK(32)))
		return -EIO;
	return 0;
}

static int chained_bad(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(32));
	if (!err)
		err = dma_set_coherent_mask(dev, DMA_BIT_MASK(32));
	return err;
}

static int two_exits_bad(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(40));
	if (err)
		return err;
	err = dma_set_coherent_mask(dev, DMA_BIT_MASK(40));
	if (err)
		return err;
	return 0;
}

/* Not patched: what is done differs. */
static int two_messages_bad(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(40));
	if (err) {
		dev_err(dev, "no streaming\n");
		return err;
	}
	err = dma_set_coherent_mask(dev, DMA_BIT_MASK(40));
	if (err)
		return err;
	return 0;
}

static int different_ok(struct device *dev)
{
	int err;

	err = dma_set_mask(dev, DMA_BIT_MASK(64));
	if (!err)
		err = dma_set_coherent_mask(dev, DMA_BIT_MASK(32));
	return err;
}

static int one_ok(struct device *dev)
{
	return dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));
}
