// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device is programmed with the count that a mapping returned; unmap and
 * sync take the number of entries that went in.
 */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/io.h>
#include <linux/mmc/host.h>
#include <rdma/ib_verbs.h>
#include <scsi/scsi_cmnd.h>

struct priv {
	struct device *dev;
	void *regs;
	struct ib_device *ib;
	struct dma_chan *chan;
	int nents, count;
};

int work(struct priv *p);

int unmap_count_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	/* dma-nents-misuse: high */
	dma_unmap_sg(p->dev, sgl, count, DMA_TO_DEVICE);
	return 0;
}

int unmap_nents_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int reused_variable_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	n = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	if (!n)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int field_count_bad(struct priv *p, struct scatterlist *sgl)
{
	p->count = dma_map_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	if (!p->count)
		return -ENOMEM;
	writel(p->count, p->regs);
	dma_unmap_sg(p->dev, sgl, p->count, DMA_TO_DEVICE);
	return 0;
}

int field_nents_ok(struct priv *p, struct scatterlist *sgl)
{
	p->count = dma_map_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	if (!p->count)
		return -ENOMEM;
	writel(p->count, p->regs);
	dma_unmap_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	return 0;
}

/* With one entry the two numbers are the same. */
int one_entry_ok(struct priv *p, struct scatterlist *sgl)
{
	int count = dma_map_sg(p->dev, sgl, 1, DMA_TO_DEVICE);

	if (count != 1)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, count, DMA_TO_DEVICE);
	return 0;
}

int error_path_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	if (count > 4) {
		dma_unmap_sg(p->dev, sgl, count, DMA_TO_DEVICE);
		return -EINVAL;
	}
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int sync_count_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_FROM_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	dma_sync_sg_for_cpu(p->dev, sgl, count, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_FROM_DEVICE);
	return 0;
}

int sync_nents_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_FROM_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	dma_sync_sg_for_cpu(p->dev, sgl, nents, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_FROM_DEVICE);
	return 0;
}

int prep_nents_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	struct dma_async_tx_descriptor *tx;
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, nents, DMA_MEM_TO_DEV, 0);
	if (!tx) {
		dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
		return -EIO;
	}
	dmaengine_submit(tx);
	return 0;
}

int prep_count_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	struct dma_async_tx_descriptor *tx;
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_MEM_TO_DEV, 0);
	if (!tx) {
		dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
		return -EIO;
	}
	dmaengine_submit(tx);
	return 0;
}

int rdma_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = ib_dma_map_sg(p->ib, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	ib_dma_unmap_sg(p->ib, sgl, count, DMA_TO_DEVICE);
	return 0;
}

int rdma_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = ib_dma_map_sg(p->ib, sgl, nents, DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	ib_dma_unmap_sg(p->ib, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int FN_sgtable_nents_bad(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgt->sgl, sgt->nents, DMA_TO_DEVICE);
	return 0;
}

int table_into_itself_bad(struct priv *p, struct sg_table *sgt)
{
	sgt->nents = dma_map_sg(p->dev, sgt->sgl, sgt->orig_nents,
				DMA_TO_DEVICE);
	if (!sgt->nents)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgt->sgl, sgt->nents, DMA_TO_DEVICE);
	return 0;
}

int table_into_itself_ok(struct priv *p, struct sg_table *sgt)
{
	sgt->nents = dma_map_sg(p->dev, sgt->sgl, sgt->orig_nents,
				DMA_TO_DEVICE);
	if (!sgt->nents)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgt->sgl, sgt->orig_nents, DMA_TO_DEVICE);
	return 0;
}

int recounted_ok(struct priv *p, struct scatterlist *sgl)
{
	int count = dma_map_sg(p->dev, sgl, sg_nents(sgl), DMA_TO_DEVICE);

	if (!count)
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, sg_nents(sgl), DMA_TO_DEVICE);
	return 0;
}

int other_constant_bad(struct priv *p, struct scatterlist *sgl)
{
	if (!dma_map_sg(p->dev, sgl, 4, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, 1, DMA_TO_DEVICE);
	return 0;
}

int mmc_ok(struct priv *p, struct mmc_data *data)
{
	int count = dma_map_sg(p->dev, data->sg, data->sg_len,
			       mmc_get_dma_dir(data));

	if (!count)
		return -EINVAL;
	data->sg_count = count;
	work(p);
	dma_unmap_sg(p->dev, data->sg, data->sg_len, mmc_get_dma_dir(data));
	return 0;
}

int length_before_map_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	if (sg_dma_len(sgl) > 4096)
		return -EINVAL;
	if (!dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int length_after_map_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int ret = 0;

	if (!dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	if (sg_dma_len(sgl) > 4096)
		ret = -EINVAL;
	else
		work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return ret;
}

/* Further down the list is given to the device. */
static int start_channel(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;

	tx = dmaengine_prep_slave_sg(p->chan, sgl, n, DMA_MEM_TO_DEV, 0);
	if (!tx)
		return -EIO;
	dmaengine_submit(tx);
	return 0;
}

int prep_in_helper_bad(struct priv *p, struct scatterlist *sgl)
{
	int count = dma_map_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	int err;

	if (!count)
		return -ENOMEM;
	/* dma-nents-misuse: medium */
	err = start_channel(p, sgl, p->nents);
	if (err)
		dma_unmap_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	return err;
}

int prep_in_helper_ok(struct priv *p, struct scatterlist *sgl)
{
	int count = dma_map_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	int err;

	if (!count)
		return -ENOMEM;
	err = start_channel(p, sgl, count);
	if (err)
		dma_unmap_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	return err;
}

/* The member is the count by then. */
int prep_member_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int err;

	p->nents = n;
	p->nents = dma_map_sg(p->dev, sgl, p->nents, DMA_TO_DEVICE);
	if (!p->nents)
		return -ENOMEM;
	err = start_channel(p, sgl, p->nents);
	if (err)
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return err;
}

int prep_compared_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	int err;

	if (count != n) {
		if (count)
			dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
		return -ENOMEM;
	}
	err = start_channel(p, sgl, n);
	if (err)
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return err;
}

/* Every entry is one round of the loop: as many as there were. */
int loop_original_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE), i;
	struct scatterlist *sg;

	if (!count)
		return -ENOMEM;
	for_each_sg(sgl, sg, n, i)
		writel(lower_32_bits(sg_dma_address(sg)), p->regs);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int loop_count_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE), i;
	struct scatterlist *sg;

	if (!count)
		return -ENOMEM;
	for_each_sg(sgl, sg, count, i)
		writel(lower_32_bits(sg_dma_address(sg)), p->regs);
	for_each_sg(sgl, sg, n, i)
		writel(sg->length, p->regs);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}
