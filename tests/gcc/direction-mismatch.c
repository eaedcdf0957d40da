// SPDX-License-Identifier: GPL-2.0-or-later
/* Released in the direction that it was mapped for. */
#include <linux/dma-mapping.h>
#include <linux/dma-buf.h>
#include <linux/mmc/host.h>
#include <rdma/ib_verbs.h>

struct priv {
	struct device *dev;
	struct ib_device *ib;
	dma_addr_t dma[8];
	enum dma_data_direction dir;
	int kind;
	bool write;
};

int work(struct priv *p);

int to_from_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	/* dma-direction-mismatch: high */
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int to_to_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int both_to_bad(struct priv *p, struct page *page)
{
	dma_addr_t dma = dma_map_page(p->dev, page, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_page(p->dev, dma, PAGE_SIZE, DMA_TO_DEVICE);
	return 0;
}

int error_path_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	int ret;

	if (!dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE))
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
		return ret;
	}
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return 0;
}

int error_path_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int ret;

	if (!dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE))
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
		return ret;
	}
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return 0;
}

int sgtable_bad(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_BIDIRECTIONAL, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_ok(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_BIDIRECTIONAL, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_BIDIRECTIONAL, 0);
	return 0;
}

int variable_ok(struct priv *p, void *data, size_t len, bool read)
{
	enum dma_data_direction dir = read ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	dma_addr_t dma = dma_map_single(p->dev, data, len, dir);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, dir);
	return 0;
}

int computed_twice_ok(struct priv *p, void *data, size_t len, bool read)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len,
					read ? DMA_FROM_DEVICE :
					       DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len,
			 read ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
	return 0;
}

int branches_ok(struct priv *p, void *data, size_t len, bool read)
{
	dma_addr_t dma;

	if (read)
		dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	else
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	if (read)
		dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	else
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int branches_swapped_bad(struct priv *p, void *data, size_t len, bool read)
{
	dma_addr_t dma;

	if (read)
		dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	else
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	if (read)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	else
		dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int mmc_ok(struct priv *p, struct mmc_data *data)
{
	if (!dma_map_sg(p->dev, data->sg, data->sg_len,
			mmc_get_dma_dir(data)))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, data->sg, data->sg_len, mmc_get_dma_dir(data));
	return 0;
}

int field_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, p->dir);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, p->dir);
	return 0;
}

int in_and_out_ok(struct priv *p, struct scatterlist *src,
		  struct scatterlist *dst, int n)
{
	enum dma_data_direction dir = src == dst ? DMA_BIDIRECTIONAL :
						   DMA_TO_DEVICE;
	int ret = -ENOMEM;

	if (!dma_map_sg(p->dev, src, n, dir))
		return ret;
	if (src != dst && !dma_map_sg(p->dev, dst, n, DMA_FROM_DEVICE))
		goto out;
	ret = work(p);
	if (src != dst)
		dma_unmap_sg(p->dev, dst, n, DMA_FROM_DEVICE);
out:
	dma_unmap_sg(p->dev, src, n, dir);
	return ret;
}

int rdma_bad(struct priv *p, void *data, size_t len)
{
	u64 dma = ib_dma_map_single(p->ib, data, len, DMA_TO_DEVICE);

	if (ib_dma_mapping_error(p->ib, dma))
		return -ENOMEM;
	work(p);
	ib_dma_unmap_single(p->ib, dma, len, DMA_BIDIRECTIONAL);
	return 0;
}

int attachment_bad(struct priv *p, struct dma_buf_attachment *at)
{
	struct sg_table *sgt = dma_buf_map_attachment(at, DMA_BIDIRECTIONAL);

	if (IS_ERR(sgt))
		return PTR_ERR(sgt);
	work(p);
	dma_buf_unmap_attachment(at, sgt, DMA_FROM_DEVICE);
	return 0;
}

int FN_unwind_bad(struct priv *p, void **data, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		p->dma[i] = dma_map_single(p->dev, data[i], 64,
					   DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->dma[i]))
			goto unwind;
	}
	return 0;
unwind:
	while (i--)
		dma_unmap_single(p->dev, p->dma[i], 64, DMA_BIDIRECTIONAL);
	return -ENOMEM;
}

int noncoherent_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_noncoherent(p->dev, 4096, &dma, DMA_FROM_DEVICE,
					  GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_noncoherent(p->dev, 4096, cpu, dma, DMA_TO_DEVICE);
	return 0;
}

static void unmap(struct priv *p, dma_addr_t dma, size_t len, bool read)
{
	dma_unmap_single(p->dev, dma, len,
			 read ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
}

int helper_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	unmap(p, dma, len, true);
	return 0;
}

/* The same member decides twice, and nothing has written it in between. */
static enum dma_data_direction direction_of(struct priv *p)
{
	switch (p->kind) {
	case 1:
		return DMA_TO_DEVICE;
	case 2:
		return DMA_FROM_DEVICE;
	default:
		return DMA_BIDIRECTIONAL;
	}
}

void getter_twice_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, direction_of(p));

	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, len, direction_of(p));
}

static enum dma_data_direction direction_of_flag(struct priv *p)
{
	return p->write ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
}

void flag_getter_twice_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len, direction_of_flag(p));
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, len, direction_of_flag(p));
}

void FN_getter_once_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, len,
			 p->write ? DMA_TO_DEVICE : DMA_BIDIRECTIONAL);
}

void predicate_twice_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len,
			     p->write ? DMA_TO_DEVICE : DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, len,
			 p->write ? DMA_TO_DEVICE : DMA_FROM_DEVICE);
}

void predicate_turned_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, len,
			     p->write ? DMA_TO_DEVICE : DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, len,
			 p->write ? DMA_FROM_DEVICE : DMA_TO_DEVICE);
}

struct turned {
	struct device *dev;
	enum dma_data_direction dir;
};

/* The direction is read from a member that was written since. */
int direction_changed_bad(struct turned *t, void *data)
{
	dma_addr_t dma = dma_map_single(t->dev, data, 64, t->dir);

	if (dma_mapping_error(t->dev, dma))
		return -ENOMEM;
	t->dir = DMA_BIDIRECTIONAL;
	/* dma-direction-mismatch: high */
	dma_unmap_single(t->dev, dma, 64, t->dir);
	return 0;
}
