// SPDX-License-Identifier: GPL-2.0-or-later

static int other_way_bad(struct device *dev, void *buf, size_t len)
{
	dma_addr_t h = dma_map_single(dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, h))
		return -ENOMEM;
	run(h);
	dma_unmap_single(dev, h, len, DMA_FROM_DEVICE);
	return 0;
}

static int only_on_error_bad(struct device *dev, struct sg_table *sgt)
{
	int err = dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);

	if (err)
		return err;
	err = run(sgt->sgl);
	if (err) {
		dma_unmap_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
		return err;
	}
	dma_unmap_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
	return 0;
}

static int list_bad(struct device *dev, struct scatterlist *sg, int n)
{
	if (!dma_map_sg(dev, sg, n, DMA_FROM_DEVICE))
		return -ENOMEM;
	dma_unmap_sg(dev, sg, n, DMA_TO_DEVICE);
	return 0;
}

static int same_ok(struct device *dev, void *buf, size_t len)
{
	dma_addr_t h = dma_map_single(dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, h))
		return -ENOMEM;
	dma_unmap_single(dev, h, len, DMA_TO_DEVICE);
	return 0;
}

static int two_branches_ok(struct device *dev, struct scatterlist *src,
			   struct scatterlist *dst, int n)
{
	if (src == dst) {
		dma_map_sg(dev, src, n, DMA_BIDIRECTIONAL);
	} else {
		dma_map_sg(dev, src, n, DMA_TO_DEVICE);
		dma_map_sg(dev, dst, n, DMA_FROM_DEVICE);
	}
	run(src);
	if (src == dst) {
		dma_unmap_sg(dev, src, n, DMA_BIDIRECTIONAL);
	} else {
		dma_unmap_sg(dev, src, n, DMA_TO_DEVICE);
		dma_unmap_sg(dev, dst, n, DMA_FROM_DEVICE);
	}
	return 0;
}

static int computed_ok(struct device *dev, void *buf, size_t len, bool out)
{
	enum dma_data_direction dir = out ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
	dma_addr_t h = dma_map_single(dev, buf, len, dir);

	if (dma_mapping_error(dev, h))
		return -ENOMEM;
	dma_unmap_single(dev, h, len, DMA_TO_DEVICE);
	return 0;
}

struct ring {
	struct device *dev;
	dma_addr_t in, out, any, both;
};

static int fill_ok(struct ring *r, void *buf, bool read)
{
	r->in = dma_map_single(r->dev, buf, 64, DMA_FROM_DEVICE);
	r->out = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);
	r->both = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);
	if (read)
		r->any = dma_map_single(r->dev, buf, 64, DMA_FROM_DEVICE);
	else
		r->any = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);
	return 0;
}

static void empty_bad(struct ring *r)
{
	dma_unmap_single(r->dev, r->in, 64, DMA_FROM_DEVICE);
	dma_unmap_single(r->dev, r->out, 64, DMA_FROM_DEVICE);
}

static void empty_ok(struct ring *r)
{
	dma_unmap_single(r->dev, r->any, 64, DMA_FROM_DEVICE);
	/* it is mapped in another file too */
	if (r->reading)
		dma_unmap_single(r->dev, r->both, 64, DMA_FROM_DEVICE);
	else
		dma_unmap_single(r->dev, r->both, 64, DMA_TO_DEVICE);
}

struct desc {
	dma_addr_t data;
};

static int receive_ok(struct ring *r, struct desc *d, void *buf)
{
	d->data = dma_map_single(r->dev, buf, 64, DMA_FROM_DEVICE);
	return dma_mapping_error(r->dev, d->data);
}

/* The same descriptors serve both ways. */
static int send_ok(struct ring *r, struct desc *d, void *buf)
{
	dma_addr_t h = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	d->data = h + 2;
	return 0;
}

static void sent_ok(struct ring *r, struct desc *d)
{
	dma_unmap_single(r->dev, d->data, 64, DMA_TO_DEVICE);
}
