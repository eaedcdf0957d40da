// SPDX-License-Identifier: GPL-2.0-or-later
/* The result of a mapping is tested before its first use. */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/io.h>
#include <linux/skbuff.h>
#include <rdma/ib_verbs.h>
#include <scsi/scsi_cmnd.h>

struct desc {
	__le64 addr;
	__le32 lo, hi, len;
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	dma_addr_t dma[8];
	dma_addr_t one;
	struct dma_chan *chan;
	struct ib_device *ib;
	int head;
};

int work(struct priv *p);
void give(struct priv *p, dma_addr_t dma);

int writel_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int writel_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

void descriptor_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	p->ring[p->head].addr = cpu_to_le64(dma);
	p->ring[p->head].len = cpu_to_le32(len);
	p->dma[p->head] = dma;
	p->head++;
}

int descriptor_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (unlikely(dma_mapping_error(p->dev, dma)))
		return -ENOMEM;
	p->ring[p->head].addr = cpu_to_le64(dma);
	p->ring[p->head].len = cpu_to_le32(len);
	p->dma[p->head] = dma;
	p->head++;
	return 0;
}

void descriptor_halves_bad(struct priv *p, struct page *page)
{
	dma_addr_t dma = dma_map_page(p->dev, page, 0, PAGE_SIZE,
				      DMA_FROM_DEVICE);

	p->ring[0].lo = cpu_to_le32(lower_32_bits(dma));
	p->ring[0].hi = cpu_to_le32(upper_32_bits(dma));
	p->dma[0] = dma;
}

int field_checked_ok(struct priv *p, void *data, size_t len)
{
	p->one = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->one)) {
		p->one = 0;
		return -ENOMEM;
	}
	writel(lower_32_bits(p->one), p->regs);
	return 0;
}

int field_bad(struct priv *p, void *data, size_t len)
{
	p->one = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	writel(lower_32_bits(p->one), p->regs);
	return 0;
}

/* Stored first, tested at once, used afterwards. */
int element_checked_ok(struct priv *p, void *data, size_t len, int i)
{
	p->dma[i] = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma[i]))
		return -ENOMEM;
	p->ring[i].addr = cpu_to_le64(p->dma[i]);
	return 0;
}

static int map_failed(struct priv *p, dma_addr_t dma)
{
	return dma_mapping_error(p->dev, dma);
}

int check_wrapper_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (map_failed(p, dma))
		return -ENOMEM;
	give(p, dma);
	return 0;
}

/* What its caller does wrong is reported, but as if it were done here. */
static dma_addr_t map_it_ok(struct priv *p, void *data, size_t len)
{
	return dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
}

static dma_addr_t map_tested(struct priv *p, void *data, size_t len)
{
	return dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
}

/* One caller tests what the helper returns, the other one does not. */
int FN_map_wrapper_other_tests_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = map_tested(p, data, len);

	writel(lower_32_bits(dma), p->regs);
	p->one = dma;
	return 0;
}

int map_wrapper_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = map_tested(p, data, len);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	give(p, dma);
	return 0;
}

int map_wrapper_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = map_it_ok(p, data, len);

	writel(lower_32_bits(dma), p->regs);
	p->one = dma;
	return 0;
}

dma_addr_t returned_ok(struct priv *p, void *data, size_t len)
{
	return dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
}

void out_parameter_ok(struct priv *p, void *data, size_t len,
		      dma_addr_t *out)
{
	*out = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
}

int late_check_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int err;

	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	err = dma_mapping_error(p->dev, dma);
	if (err)
		return err;
	give(p, dma);
	return 0;
}

int FN_late_check_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	p->ring[0].addr = cpu_to_le64(dma);
	writel(lower_32_bits(dma), p->regs);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->one = dma;
	return 0;
}

int two_one_checked_bad(struct priv *p, void *a, void *b, size_t len)
{
	dma_addr_t x, y;

	x = dma_map_single(p->dev, a, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, x))
		return -ENOMEM;
	y = dma_map_single(p->dev, b, len, DMA_TO_DEVICE);
	p->dma[0] = x;
	p->dma[1] = y;
	writel(lower_32_bits(x), p->regs);
	writel(lower_32_bits(y), p->regs + 4);
	return 0;
}

int unmap_unchecked_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	give(p, dma);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int FN_sg_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	struct scatterlist *sg;
	int i, count;

	count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	for_each_sg(sgl, sg, count, i)
		p->ring[i].addr = cpu_to_le64(sg_dma_address(sg));
	writel(1, p->regs);
	return 0;
}

int sg_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	struct scatterlist *sg;
	int i, count;

	count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	if (count == 0)
		return -ENOMEM;
	for_each_sg(sgl, sg, count, i)
		p->ring[i].addr = cpu_to_le64(sg_dma_address(sg));
	writel(1, p->regs);
	return 0;
}

int sg_ignored_bad(struct priv *p, struct scatterlist *sgl)
{
	dma_map_sg(p->dev, sgl, 1, DMA_TO_DEVICE);
	writel(lower_32_bits(sg_dma_address(sgl)), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sgl, 1, DMA_TO_DEVICE);
	return 0;
}

int sg_equal_one_ok(struct priv *p, struct scatterlist *sgl)
{
	if (dma_map_sg(p->dev, sgl, 1, DMA_TO_DEVICE) != 1)
		return -EIO;
	writel(lower_32_bits(sg_dma_address(sgl)), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sgl, 1, DMA_TO_DEVICE);
	return 0;
}

int sg_prep_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;
	int count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);

	if (count < 1)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_MEM_TO_DEV, 0);
	if (!tx) {
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
		return -EIO;
	}
	dmaengine_submit(tx);
	return 0;
}

int sgtable_ignored_bad(struct priv *p, struct sg_table *sgt)
{
	dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	writel(lower_32_bits(sg_dma_address(sgt->sgl)), p->regs);
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_ok(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret)
		return ret;
	writel(lower_32_bits(sg_dma_address(sgt->sgl)), p->regs);
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_returned_ok(struct priv *p, struct sg_table *sgt)
{
	return dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
}

int rdma_bad(struct priv *p, void *data, size_t len, struct ib_sge *sge)
{
	sge->addr = ib_dma_map_single(p->ib, data, len, DMA_TO_DEVICE);
	sge->length = len;
	work(p);
	ib_dma_unmap_single(p->ib, sge->addr, len, DMA_TO_DEVICE);
	return 0;
}

int rdma_ok(struct priv *p, void *data, size_t len, struct ib_sge *sge)
{
	sge->addr = ib_dma_map_single(p->ib, data, len, DMA_TO_DEVICE);
	if (ib_dma_mapping_error(p->ib, sge->addr))
		return -ENOMEM;
	sge->length = len;
	work(p);
	ib_dma_unmap_single(p->ib, sge->addr, len, DMA_TO_DEVICE);
	return 0;
}

int frag_bad(struct priv *p, const skb_frag_t *frag)
{
	dma_addr_t dma;

	dma = skb_frag_dma_map(p->dev, frag, 0, skb_frag_size(frag),
			       DMA_TO_DEVICE);
	p->ring[0].addr = cpu_to_le64(dma);
	p->dma[0] = dma;
	return 0;
}

int frag_ok(struct priv *p, const skb_frag_t *frag)
{
	dma_addr_t dma;

	dma = skb_frag_dma_map(p->dev, frag, 0, skb_frag_size(frag),
			       DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring[0].addr = cpu_to_le64(dma);
	p->dma[0] = dma;
	return 0;
}

int scsi_ok(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (unlikely(n < 0))
		return SCSI_MLQUEUE_HOST_BUSY;
	if (n)
		give(p, sg_dma_address(scsi_sglist(cmd)));
	return 0;
}

int conditional_ok(struct priv *p, void *data, size_t len, bool use)
{
	dma_addr_t dma = 0;

	if (use)
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (use && dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->one = dma;
	writel(lower_32_bits(dma), p->regs);
	return 0;
}

int either_way_ok(struct priv *p, void *data, struct page *page, size_t len)
{
	dma_addr_t dma;

	if (page)
		dma = dma_map_page(p->dev, page, 0, len, DMA_TO_DEVICE);
	else
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->one = dma;
	writel(lower_32_bits(dma), p->regs);
	return 0;
}

int hand_coded_cookie_ok(struct priv *p, dma_addr_t dma)
{
	if (dma == DMA_MAPPING_ERROR)
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	return 0;
}

int warn_on_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (WARN_ON(dma_mapping_error(p->dev, dma)))
		return -ENOMEM;
	p->one = dma;
	return 0;
}

/* Of one entry, one entry is mapped or none. */
int sg_other_than_one_ok(struct priv *p, struct scatterlist *sg)
{
	if (dma_map_sg(p->dev, sg, 1, DMA_TO_DEVICE) != 1)
		return -ENOMEM;
	writel(lower_32_bits(sg_dma_address(sg)), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sg, 1, DMA_TO_DEVICE);
	return 0;
}

int sg_other_than_all_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	int count = dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE);

	if (count != nents) {
		if (count)
			dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
		return -ENOMEM;
	}
	writel(lower_32_bits(sg_dma_address(sgl)), p->regs);
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}
