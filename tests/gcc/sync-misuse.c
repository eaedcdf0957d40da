// SPDX-License-Identifier: GPL-2.0-or-later
/* Device and CPU take turns, and a sync says whose turn begins. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/skbuff.h>

struct priv {
	struct device *dev;
	void *regs;
	u8 *buf;
	dma_addr_t dma;
	size_t len;
};

int work(struct priv *p);

int direction_bad(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	/* dma-sync-misuse: high */
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_TO_DEVICE);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int direction_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

/* Any direction goes where both were mapped. */
int bidirectional_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_BIDIRECTIONAL);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_FROM_DEVICE);
	work(p);
	dma_sync_single_for_device(p->dev, dma, len, DMA_TO_DEVICE);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_BIDIRECTIONAL);
	return 0;
}

int after_unmap_bad(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_FROM_DEVICE);
	return data[0];
}

int before_unmap_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return data[0];
}

int FN_too_much_bad(struct priv *p, u8 *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 64, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, 128, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, dma, 64, DMA_FROM_DEVICE);
	return data[0];
}

int part_ok(struct priv *p, u8 *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 128, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, 64, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, dma, 128, DMA_FROM_DEVICE);
	return data[0];
}

int FN_range_beyond_bad(struct priv *p, u8 *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 128, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_range_for_cpu(p->dev, dma, 64, 128, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, dma, 128, DMA_FROM_DEVICE);
	return data[0];
}

int range_ok(struct priv *p, u8 *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 128, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_range_for_cpu(p->dev, dma, 64, 64, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, dma, 128, DMA_FROM_DEVICE);
	return data[0];
}

int FN_read_while_mapped_bad(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	int first;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	first = data[0];
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return first;
}

int read_after_unmap_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return data[0];
}

int read_after_sync_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	int first;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_FROM_DEVICE);
	first = data[0];
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return first;
}

int FN_write_while_mapped_bad(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	data[0] = 1;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int write_before_map_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma;

	data[0] = 1;
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int write_between_syncs_ok(struct priv *p, u8 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->dev, dma, len, DMA_TO_DEVICE);
	data[0] = 2;
	dma_sync_single_for_device(p->dev, dma, len, DMA_TO_DEVICE);
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int sg_direction_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	if (!dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_sync_sg_for_cpu(p->dev, sgl, n, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int sg_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	if (!dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE))
		return -ENOMEM;
	work(p);
	dma_sync_sg_for_cpu(p->dev, sgl, n, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return 0;
}

int sgtable_direction_bad(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	dma_sync_sgtable_for_device(p->dev, sgt, DMA_FROM_DEVICE);
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

/* Coherent memory needs no turns. */
int coherent_ok(struct priv *p)
{
	dma_addr_t dma;
	u8 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int first;

	if (!cpu)
		return -ENOMEM;
	cpu[0] = 1;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	first = cpu[1];
	dma_free_coherent(p->dev, 64, cpu, dma);
	return first;
}

/* Mapped elsewhere: nothing is known of it here. */
int mapped_elsewhere_ok(struct priv *p)
{
	int first;

	dma_sync_single_for_cpu(p->dev, p->dma, p->len, DMA_FROM_DEVICE);
	first = p->buf[0];
	dma_sync_single_for_device(p->dev, p->dma, p->len, DMA_FROM_DEVICE);
	return first;
}

/* What skb->len says is not in the mapped data. */
int metadata_ok(struct priv *p, struct sk_buff *skb)
{
	dma_addr_t dma = dma_map_single(p->dev, skb->data, 2048,
					DMA_FROM_DEVICE);
	unsigned int len;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	len = skb->len;
	skb->data_len = 0;
	work(p);
	dma_unmap_single(p->dev, dma, 2048, DMA_FROM_DEVICE);
	return len;
}
