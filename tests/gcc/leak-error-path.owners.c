// SPDX-License-Identifier: GPL-2.0-or-later
/* Leaks of what other objects own: commands, pools, devices. */
#include "leak-error-path.h"

/* --- scsi, pools --- */

int scsi_bad(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return SCSI_MLQUEUE_HOST_BUSY;
	if (n > 16)
		return -EINVAL;
	if (submit(p, sg_dma_address(scsi_sglist(cmd)), n)) {
		scsi_dma_unmap(cmd);
		return SCSI_MLQUEUE_HOST_BUSY;
	}
	return 0;
}

int scsi_ok(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return SCSI_MLQUEUE_HOST_BUSY;
	if (n > 16)
		goto unmap;
	if (submit(p, sg_dma_address(scsi_sglist(cmd)), n))
		goto unmap;
	return 0;
unmap:
	scsi_dma_unmap(cmd);
	return SCSI_MLQUEUE_HOST_BUSY;
}

int pool_block_bad(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);

	if (!block)
		return -ENOMEM;
	if (busy(p))
		return -EBUSY;	/* dma-leak-error-path: high */
	start(block);
	dma_pool_free(p->pool, block, dma);
	return 0;
}

int pool_block_ok(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);
	int ret = 0;

	if (!block)
		return -ENOMEM;
	if (busy(p))
		ret = -EBUSY;
	else
		start(block);
	dma_pool_free(p->pool, block, dma);
	return ret;
}

int pool_then_block_bad(struct priv *p)
{
	struct dma_pool *pool;
	dma_addr_t dma;
	void *block;

	pool = dma_pool_create("x", p->dev, 64, 64, 0);
	if (!pool)
		return -ENOMEM;
	block = dma_pool_zalloc(pool, GFP_KERNEL, &dma);
	if (!block)
		return -ENOMEM;
	start(block);
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
	return 0;
}

int pool_then_block_ok(struct priv *p)
{
	struct dma_pool *pool;
	dma_addr_t dma;
	void *block;

	pool = dma_pool_create("x", p->dev, 64, 64, 0);
	if (!pool)
		return -ENOMEM;
	block = dma_pool_zalloc(pool, GFP_KERNEL, &dma);
	if (!block) {
		dma_pool_destroy(pool);
		return -ENOMEM;
	}
	start(block);
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
	return 0;
}

/* --- fresh objects --- */

struct buf *FN_fresh_object_bad(struct priv *p, size_t size)
{
	struct buf *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return NULL;
	b->cpu = dma_alloc_coherent(p->dev, size, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		goto err;
	if (start(b->cpu))
		goto err;	/* frees what holds the last reference */
	return b;
err:
	kfree(b);
	return NULL;
}

struct buf *fresh_object_ok(struct priv *p, size_t size)
{
	struct buf *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return NULL;
	b->cpu = dma_alloc_coherent(p->dev, size, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		goto err;
	if (start(b->cpu))
		goto err_mem;
	return b;
err_mem:
	dma_free_coherent(p->dev, size, b->cpu, b->dma);
err:
	kfree(b);
	return NULL;
}

int fresh_object_err_ptr_ok(struct priv *p, struct buf **out)
{
	struct buf *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return -ENOMEM;
	b->dma = dma_map_single(p->dev, b + 1, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, b->dma)) {
		kfree(b);
		return -EIO;
	}
	*out = b;
	return 0;
}

/* --- warnings and bugs --- */

int warn_on_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	if (WARN_ON(busy(p)))
		return -EBUSY;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int warn_on_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	if (WARN_ON(!len))
		return -EINVAL;
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (WARN_ON(dma_mapping_error(p->dev, dma)))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int bug_on_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	BUG_ON(busy(p));
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

/* --- entry points: a failed probe is the end --- */

static int FN_leaky_probe_bad(struct pci_dev *pdev,
			   const struct pci_device_id *id)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->ring = dma_alloc_coherent(&pdev->dev, 512, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		return ret;
	pci_set_drvdata(pdev, p);
	return 0;
}

static int tight_probe_ok(struct pci_dev *pdev,
			  const struct pci_device_id *id)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->ring = dma_alloc_coherent(&pdev->dev, 512, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		goto err;
	pci_set_drvdata(pdev, p);
	return 0;
err:
	dma_free_coherent(&pdev->dev, 512, p->ring, p->ring_dma);
	return ret;
}

static void any_remove(struct pci_dev *pdev)
{
	struct priv *p = pci_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, 512, p->ring, p->ring_dma);
}

struct pci_driver leaky_driver = {
	.probe = FN_leaky_probe_bad,
	.remove = any_remove,
};

struct pci_driver tight_driver = {
	.probe = tight_probe_ok,
	.remove = any_remove,
};
