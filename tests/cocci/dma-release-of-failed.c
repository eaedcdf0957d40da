// SPDX-License-Identifier: GPL-2.0-or-later

struct job {
	struct device *dev;
	struct dma_pool *pool;
	struct scatterlist *sg;
	struct sg_table *sgt;
	void *in, *out;
	dma_addr_t in_dma, out_dma;
	int nents;
};

static int at_once_bad(struct job *j)
{
	dma_addr_t h = dma_map_single(j->dev, j->in, 64, DMA_TO_DEVICE);

	if (unlikely(dma_mapping_error(j->dev, h))) {
		dev_err(j->dev, "no mapping\n");
		dma_unmap_single(j->dev, h, 64, DMA_TO_DEVICE);
		return -ENOMEM;
	}
	return start(j, h);
}

static int wrong_label_bad(struct job *j)
{
	j->in_dma = dma_map_single(j->dev, j->in, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(j->dev, j->in_dma))
		goto unmap_in;
	j->out_dma = dma_map_single(j->dev, j->out, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(j->dev, j->out_dma))
		goto unmap_in;
	return 0;

unmap_in:
	dma_unmap_single(j->dev, j->in_dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

static int block_bad(struct job *j)
{
	j->in = dma_pool_alloc(j->pool, GFP_KERNEL, &j->in_dma);
	if (!j->in) {
		dma_pool_free(j->pool, j->in, j->in_dma);
		return -ENOMEM;
	}
	return 0;
}

static int list_bad(struct job *j)
{
	int n = dma_map_sg(j->dev, j->sg, j->nents, DMA_TO_DEVICE);

	if (!n) {
		dma_unmap_sg(j->dev, j->sg, j->nents, DMA_TO_DEVICE);
		return -EIO;
	}
	return 0;
}

static int table_bad(struct job *j)
{
	int err;

	err = dma_map_sgtable(j->dev, j->sgt, DMA_TO_DEVICE, 0);
	if (err) {
		dma_unmap_sgtable(j->dev, j->sgt, DMA_TO_DEVICE, 0);
		return err;
	}
	return 0;
}

static int ladder_ok(struct job *j)
{
	j->in_dma = dma_map_single(j->dev, j->in, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(j->dev, j->in_dma))
		return -ENOMEM;
	j->out_dma = dma_map_single(j->dev, j->out, 64, DMA_FROM_DEVICE);
	if (dma_mapping_error(j->dev, j->out_dma))
		goto unmap_in;
	if (start(j, j->in_dma))
		goto unmap_out;
	return 0;

unmap_out:
	dma_unmap_single(j->dev, j->out_dma, 64, DMA_FROM_DEVICE);
unmap_in:
	dma_unmap_single(j->dev, j->in_dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

static int asked_again_ok(struct job *j)
{
	j->in_dma = dma_map_single(j->dev, j->in, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(j->dev, j->in_dma))
		goto out;
	return 0;

out:
	if (!dma_mapping_error(j->dev, j->in_dma))
		dma_unmap_single(j->dev, j->in_dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

/* Those before it */
static int unwound_ok(struct device *dev, struct page **page, dma_addr_t *h,
		      int n)
{
	int i;

	for (i = 0; i < n; i++) {
		h[i] = dma_map_page(dev, page[i], 0, 4096, DMA_TO_DEVICE);
		if (dma_mapping_error(dev, h[i])) {
			for (i = i - 1; i >= 0; --i)
				dma_unmap_page(dev, h[i], 4096, DMA_TO_DEVICE);
			return -ENOMEM;
		}
	}
	return 0;
}
