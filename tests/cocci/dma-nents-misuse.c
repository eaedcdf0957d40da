// SPDX-License-Identifier: GPL-2.0-or-later

struct request {
	struct device *dev;
	struct dma_chan *chan;
	struct scatterlist *sg;
	int nents, mapped;
};

static int returned_count_bad(struct request *r)
{
	r->mapped = dma_map_sg(r->dev, r->sg, r->nents, DMA_TO_DEVICE);
	if (!r->mapped)
		return -EIO;
	run(r);
	dma_unmap_sg(r->dev, r->sg, r->mapped, DMA_TO_DEVICE);
	return 0;
}

static int overwritten_bad(struct request *r, int n)
{
	n = dma_map_sg(r->dev, r->sg, n, DMA_TO_DEVICE);
	if (!n)
		return -EIO;
	dma_unmap_sg(r->dev, r->sg, n, DMA_TO_DEVICE);
	return 0;
}

static int first_number_bad(struct request *r)
{
	int count = dma_map_sg(r->dev, r->sg, r->nents, DMA_TO_DEVICE);

	if (!count)
		return -EIO;
	return submit(dmaengine_prep_slave_sg(r->chan, r->sg, r->nents,
					      DMA_MEM_TO_DEV, 0));
}

static int right_ok(struct request *r)
{
	int count = dma_map_sg(r->dev, r->sg, r->nents, DMA_TO_DEVICE);

	if (!count)
		return -EIO;
	submit(dmaengine_prep_slave_sg(r->chan, r->sg, count,
				       DMA_MEM_TO_DEV, 0));
	dma_unmap_sg(r->dev, r->sg, r->nents, DMA_TO_DEVICE);
	return 0;
}

static int one_entry_ok(struct request *r)
{
	int count = dma_map_sg(r->dev, r->sg, 1, DMA_TO_DEVICE);

	if (!count)
		return -EIO;
	submit(dmaengine_prep_slave_sg(r->chan, r->sg, 1, DMA_MEM_TO_DEV, 0));
	dma_unmap_sg(r->dev, r->sg, 1, DMA_TO_DEVICE);
	return 0;
}

static int all_or_none_ok(struct request *r)
{
	int count = dma_map_sg(r->dev, r->sg, r->nents, DMA_TO_DEVICE);

	if (count != r->nents)
		return -EINVAL;
	submit(dmaengine_prep_slave_sg(r->chan, r->sg, r->nents,
				       DMA_MEM_TO_DEV, 0));
	return 0;
}
