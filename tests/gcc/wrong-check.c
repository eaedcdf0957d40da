// SPDX-License-Identifier: GPL-2.0-or-later
/* Each acquire has its own way to say that it failed. */
#include <linux/dma-mapping.h>
#include <linux/dma-buf.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <scsi/scsi_cmnd.h>
#include <sound/memalloc.h>

struct priv {
	struct device *dev;
	void *regs;
	dma_addr_t dma;
	void *cpu;
	struct dma_pool *pool;
};

int work(struct priv *p);

int handle_zero_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (!dma)	/* dma-wrong-check: high */
		return -ENOMEM;
	p->dma = dma;
	return 0;
}

int handle_equals_zero_bad(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (p->dma == 0)
		return -ENOMEM;
	return 0;
}

int handle_ok(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma))
		return -ENOMEM;
	return 0;
}

/* Zero as "nothing mapped" of one's own is no test of a mapping. */
int page_zero_bad(struct priv *p, struct page *page)
{
	dma_addr_t dma = dma_map_page(p->dev, page, 0, PAGE_SIZE,
				      DMA_FROM_DEVICE);

	if (dma == 0)
		return -ENOMEM;
	p->dma = dma;
	return 0;
}

int coherent_by_handle_bad(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (dma_mapping_error(p->dev, p->dma))	/* dma-wrong-check: high */
		return -ENOMEM;
	return 0;
}

int FN_coherent_by_zero_handle_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!dma)
		return -ENOMEM;
	p->cpu = cpu;
	p->dma = dma;
	return 0;
}

int coherent_is_err_bad(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (IS_ERR(p->cpu))
		return PTR_ERR(p->cpu);
	return 0;
}

int coherent_ok(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (!p->cpu)
		return -ENOMEM;
	return 0;
}

int coherent_both_ok(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (IS_ERR_OR_NULL(p->cpu))
		return -ENOMEM;
	return 0;
}

int sg_negative_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);

	if (count < 0)	/* dma-wrong-check: high */
		return count;
	writel(sg_dma_address(sgl), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int sg_at_most_zero_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);

	if (count <= 0)
		return -ENOMEM;
	writel(sg_dma_address(sgl), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int FN_sgtable_inverted_bad(struct priv *p, struct sg_table *sgt)
{
	if (!dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_ok(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_negative_ok(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret < 0)
		return ret;
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_success_branch_ok(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (!ret) {
		work(p);
		dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	}
	return ret;
}

int FN_attachment_null_bad(struct priv *p, struct dma_buf_attachment *at)
{
	struct sg_table *sgt = dma_buf_map_attachment(at, DMA_TO_DEVICE);

	if (!sgt)
		return -ENOMEM;
	work(p);
	dma_buf_unmap_attachment(at, sgt, DMA_TO_DEVICE);
	return 0;
}

int attachment_ok(struct priv *p, struct dma_buf_attachment *at)
{
	struct sg_table *sgt = dma_buf_map_attachment(at, DMA_TO_DEVICE);

	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	work(p);
	dma_buf_unmap_attachment(at, sgt, DMA_TO_DEVICE);
	return 0;
}

int pool_is_err_bad(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);

	if (IS_ERR(block))
		return PTR_ERR(block);
	p->cpu = block;
	p->dma = dma;
	return 0;
}

int pool_handle_bad(struct priv *p)
{
	p->cpu = dma_pool_alloc(p->pool, GFP_KERNEL, &p->dma);
	if (dma_mapping_error(p->dev, p->dma))
		return -ENOMEM;
	return 0;
}

int pool_ok(struct priv *p)
{
	p->cpu = dma_pool_alloc(p->pool, GFP_KERNEL, &p->dma);
	if (!p->cpu)
		return -ENOMEM;
	return 0;
}

int less_than_zero_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if ((s64)dma < 0)
		return -ENOMEM;
	p->dma = dma;
	return 0;
}

int sound_ok(struct priv *p, struct snd_dma_buffer *b)
{
	int ret = snd_dma_alloc_pages(SNDRV_DMA_TYPE_DEV, p->dev, 4096, b);

	if (ret < 0)
		return ret;
	work(p);
	snd_dma_free_pages(b);
	return 0;
}

int scsi_ok(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n == -ENOMEM)
		return SCSI_MLQUEUE_HOST_BUSY;
	if (n < 0)
		return n;
	work(p);
	scsi_dma_unmap(cmd);
	return 0;
}

int FP_attachment_or_null_ok(struct priv *p, struct dma_buf_attachment *at)
{
	struct sg_table *sgt = dma_buf_map_attachment(at, DMA_TO_DEVICE);

	if (IS_ERR_OR_NULL(sgt))
		return -ENOMEM;
	work(p);
	dma_buf_unmap_attachment(at, sgt, DMA_TO_DEVICE);
	return 0;
}
