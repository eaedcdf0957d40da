// SPDX-License-Identifier: GPL-2.0-or-later
/* What could not be acquired is not released. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/usb.h>
#include <rdma/ib_verbs.h>
#include <scsi/scsi_cmnd.h>
#include <sound/memalloc.h>

struct buf {
	void *cpu;
	dma_addr_t dma;
	size_t len;
};

struct priv {
	struct device *dev;
	void *regs;
	struct ib_device *ib;
	struct dma_pool *pool;
	struct buf buf[8];
	void *ring;
	dma_addr_t ring_dma;
	dma_addr_t dma;
};

int work(struct priv *p);

int single_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret = -ENOMEM;

	if (dma_mapping_error(p->dev, dma))
		goto unmap;
	ret = work(p);
unmap:
	/* dma-release-of-failed: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int single_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret = -ENOMEM;

	if (dma_mapping_error(p->dev, dma))
		goto out;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
out:
	return ret;
}

int in_branch_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
		return -ENOMEM;
	}
	p->dma = dma;
	return 0;
}

int sg_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	int ret = -ENOMEM;

	if (!dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE))
		goto out;
	ret = work(p);
out:
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return ret;
}

int sg_guarded_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	int count, ret = -ENOMEM;

	count = dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	if (!count)
		goto out;
	ret = work(p);
out:
	if (count)
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return ret;
}

int sgtable_bad(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret)
		goto out;
	ret = work(p);
out:
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return ret;
}

int sgtable_ok(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret)
		return ret;
	ret = work(p);
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return ret;
}

int pool_block_bad(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);
	int ret = -ENOMEM;

	if (!block)
		goto out;
	ret = work(p);
out:
	dma_pool_free(p->pool, block, dma);
	return ret;
}

int pool_block_ok(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);
	int ret = -ENOMEM;

	if (!block)
		goto out;
	ret = work(p);
out:
	if (block)
		dma_pool_free(p->pool, block, dma);
	return ret;
}

/* These releases tolerate what never was. */
int coherent_null_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!cpu)
		goto out;
	ret = work(p);
out:
	dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

int pool_null_ok(struct device *dev, struct priv *p)
{
	struct dma_pool *pool = dma_pool_create("x", dev, 64, 64, 0);
	int ret = -ENOMEM;

	if (!pool)
		goto out;
	ret = work(p);
out:
	dma_pool_destroy(pool);
	return ret;
}

int usb_null_ok(struct usb_device *udev, struct priv *p)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, 64, GFP_KERNEL, &dma);
	int ret = -ENOMEM;

	if (!cpu)
		goto out;
	ret = work(p);
out:
	usb_free_coherent(udev, 64, cpu, dma);
	return ret;
}

/* What the buffer holds after the failure is not for freeing. */
int sound_failed_bad(struct priv *p, struct snd_dma_buffer *b)
{
	int ret = snd_dma_alloc_pages(SNDRV_DMA_TYPE_DEV, p->dev, 4096, b);

	if (ret < 0)
		goto out;
	ret = work(p);
out:
	snd_dma_free_pages(b);
	return ret;
}

int sound_ok(struct priv *p, struct snd_dma_buffer *b)
{
	int ret = snd_dma_alloc_pages(SNDRV_DMA_TYPE_DEV, p->dev, 4096, b);

	if (ret < 0)
		return ret;
	ret = work(p);
	snd_dma_free_pages(b);
	return ret;
}

int scsi_bad(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		goto unmap;
	if (!work(p))
		return 0;
unmap:
	scsi_dma_unmap(cmd);
	return SCSI_MLQUEUE_HOST_BUSY;
}

int scsi_ok(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		goto busy;
	if (!work(p))
		return 0;
	scsi_dma_unmap(cmd);
busy:
	return SCSI_MLQUEUE_HOST_BUSY;
}

int second_of_two_bad(struct priv *p, void *a, void *b, size_t len)
{
	dma_addr_t x, y;

	x = dma_map_single(p->dev, a, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, x))
		return -ENOMEM;
	y = dma_map_single(p->dev, b, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, y))
		goto unmap;
	work(p);
unmap:
	dma_unmap_single(p->dev, y, len, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, x, len, DMA_TO_DEVICE);
	return 0;
}

int second_of_two_ok(struct priv *p, void *a, void *b, size_t len)
{
	dma_addr_t x, y;
	int ret = -ENOMEM;

	x = dma_map_single(p->dev, a, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, x))
		return ret;
	y = dma_map_single(p->dev, b, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, y))
		goto unmap_x;
	ret = work(p);
	dma_unmap_single(p->dev, y, len, DMA_FROM_DEVICE);
unmap_x:
	dma_unmap_single(p->dev, x, len, DMA_TO_DEVICE);
	return ret;
}

int unwind_from_failed_bad(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->buf[i].dma = dma_map_single(p->dev, p->buf[i].cpu, 64,
					       DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->buf[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	for (; i >= 0; i--)
		dma_unmap_single(p->dev, p->buf[i].dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

/* The index of the failed element instead of that of each before it. */
int unwind_wrong_index_bad(struct priv *p)
{
	int i, j;

	for (i = 0; i < 8; i++) {
		p->buf[i].dma = dma_map_single(p->dev, p->buf[i].cpu, 64,
					       DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->buf[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	for (j = 0; j < i; j++)
		dma_unmap_single(p->dev, p->buf[i].dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

/* A flag that is not looked into here may say that it failed. */
int flag_asked_bad(struct priv *p)
{
	struct buf *b = &p->buf[0];

	p->dma = dma_map_single(p->dev, b->cpu, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma))
		goto fail;
	b->len = 64;
	return 0;
fail:
	if (b->len)
		/* dma-release-of-failed: medium */
		dma_unmap_single(p->dev, p->dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

/* The element says that it is not in use yet. */
int unwind_asked_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->buf[i].dma = dma_map_single(p->dev, p->buf[i].cpu, 64,
					       DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->buf[i].dma))
			goto unwind;
		p->buf[i].len = 64;
	}
	return 0;
unwind:
	for (; i >= 0; i--)
		if (p->buf[i].len)
			dma_unmap_single(p->dev, p->buf[i].dma, 64,
					 DMA_TO_DEVICE);
	return -ENOMEM;
}

int unwind_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->buf[i].dma = dma_map_single(p->dev, p->buf[i].cpu, 64,
					       DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->buf[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	for (i--; i >= 0; i--)
		dma_unmap_single(p->dev, p->buf[i].dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

int rdma_bad(struct priv *p, void *data, size_t len)
{
	u64 dma = ib_dma_map_single(p->ib, data, len, DMA_TO_DEVICE);
	int ret = -EIO;

	if (!ib_dma_mapping_error(p->ib, dma))
		ret = work(p);
	ib_dma_unmap_single(p->ib, dma, len, DMA_TO_DEVICE);
	return ret;
}

static void put(struct priv *p, dma_addr_t dma, size_t len)
{
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
}

int through_helper_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma)) {
		put(p, dma, len);
		return -ENOMEM;
	}
	p->dma = dma;
	return 0;
}

static void put_checked(struct priv *p, dma_addr_t dma, size_t len)
{
	if (!dma_mapping_error(p->dev, dma))
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
}

int through_checked_helper_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret = -ENOMEM;

	if (!dma_mapping_error(p->dev, dma))
		ret = work(p);
	put_checked(p, dma, len);
	return ret;
}

int marked_ok(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma)) {
		p->dma = 0;
		goto out;
	}
	if (!work(p))
		return 0;
out:
	if (p->dma)
		dma_unmap_single(p->dev, p->dma, len, DMA_TO_DEVICE);
	p->dma = 0;
	return -EIO;
}

static int get(struct priv *p)
{
	p->ring = dma_pool_alloc(p->pool, GFP_KERNEL, &p->ring_dma);
	return p->ring ? 0 : -ENOMEM;
}

int FN_helper_failed_bad(struct priv *p)
{
	int ret = get(p);

	if (ret) {
		dma_pool_free(p->pool, p->ring, p->ring_dma);
		return ret;
	}
	return 0;
}

int helper_failed_ok(struct priv *p)
{
	int ret = get(p);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		dma_pool_free(p->pool, p->ring, p->ring_dma);
	return ret;
}
