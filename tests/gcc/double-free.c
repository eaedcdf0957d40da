// SPDX-License-Identifier: GPL-2.0-or-later
/* At most one release for each acquire. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/completion.h>
#include <linux/usb.h>
#include <scsi/scsi_cmnd.h>

struct item {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	size_t len;
	bool mapped;
};

struct priv {
	struct device *dev;
	void *regs;
	void *ring;
	dma_addr_t ring_dma;
	struct dma_pool *pool;
	struct item item[8];
	struct list_head list;
};

int work(struct priv *p);
bool busy(struct priv *p);

int straight_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	/* dma-double-free: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int twice_mapped_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int error_then_label_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);
	int ret;

	if (!cpu)
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_free_coherent(p->dev, len, cpu, dma);
		goto out;
	}
	ret = busy(p);
out:
	dma_free_coherent(p->dev, len, cpu, dma);
	return ret;
}

int error_then_label_ok(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);
	int ret;

	if (!cpu)
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_free_coherent(p->dev, len, cpu, dma);
		cpu = NULL;
		goto out;
	}
	ret = busy(p);
out:
	dma_free_coherent(p->dev, len, cpu, dma);
	return ret;
}

int if_else_ok(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (busy(p)) {
		dma_free_coherent(p->dev, len, cpu, dma);
		return -EBUSY;
	}
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

static void drop_ring(struct priv *p)
{
	dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
}

static void drop_ring_once(struct priv *p)
{
	if (!p->ring)
		return;
	dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
	p->ring = NULL;
}

int helper_and_label_bad(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 256, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		drop_ring(p);
		goto err;
	}
	return 0;
err:
	dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
	return ret;
}

int helper_once_ok(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 256, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		drop_ring_once(p);
		goto err;
	}
	return 0;
err:
	drop_ring_once(p);
	return ret;
}

/* The helper releases when it fails; its caller must not. */
static int start_ring(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 256, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		drop_ring(p);
	return ret;
}

int FN_caller_releases_too_bad(struct priv *p)
{
	int ret = start_ring(p);

	if (ret < 0) {
		drop_ring(p);
		return ret;
	}
	return 0;
}

int caller_of_split_ok(struct priv *p)
{
	int ret = start_ring(p);

	if (ret)
		return ret;
	if (busy(p)) {
		drop_ring(p);
		return -EBUSY;
	}
	return 0;
}

int fresh_item_bad(struct priv *p)
{
	struct item *it = kzalloc(sizeof(*it), GFP_KERNEL);

	if (!it)
		return -ENOMEM;
	it->cpu = dma_pool_alloc(p->pool, GFP_KERNEL, &it->dma);
	if (!it->cpu) {
		kfree(it);
		return -ENOMEM;
	}
	if (work(p))
		dma_pool_free(p->pool, it->cpu, it->dma);
	dma_pool_free(p->pool, it->cpu, it->dma);
	kfree(it);
	return 0;
}

int return_value_tells_ok(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);
	int ret;

	if (!block)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		dma_pool_free(p->pool, block, dma);
	if (!ret)
		dma_pool_free(p->pool, block, dma);
	return ret;
}

void each_element_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++)
		dma_unmap_single(p->dev, p->item[i].dma, p->item[i].len,
				 DMA_TO_DEVICE);
}

void flag_cleared_ok(struct priv *p, struct item *it)
{
	if (it->mapped) {
		dma_unmap_single(p->dev, it->dma, it->len, DMA_TO_DEVICE);
		it->mapped = false;
	}
	work(p);
	if (it->mapped)
		dma_unmap_single(p->dev, it->dma, it->len, DMA_TO_DEVICE);
}

void list_ok(struct priv *p)
{
	struct item *it, *n;

	list_for_each_entry_safe(it, n, &p->list, node) {
		list_del(&it->node);
		dma_pool_free(p->pool, it->cpu, it->dma);
		kfree(it);
	}
}

void drain_ok(struct priv *p)
{
	struct item *it;

	while (!list_empty(&p->list)) {
		it = list_first_entry(&p->list, struct item, node);
		list_del(&it->node);
		dma_pool_free(p->pool, it->cpu, it->dma);
		kfree(it);
	}
}

int unwind_once_ok(struct priv *p, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		p->item[i].dma = dma_map_single(p->dev, p->item[i].cpu, 64,
						DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->item[i].dma))
			goto unwind;
	}
	if (!work(p))
		return 0;
unwind:
	while (i--)
		dma_unmap_single(p->dev, p->item[i].dma, 64, DMA_TO_DEVICE);
	return -EIO;
}

int scsi_bad(struct priv *p, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return n;
	if (work(p)) {
		scsi_dma_unmap(cmd);
		goto out;
	}
	return 0;
out:
	scsi_dma_unmap(cmd);
	return -EIO;
}

int sg_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	int ret = 0;

	if (!dma_map_sg(p->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	if (busy(p)) {
		dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
		ret = -EBUSY;
	}
	dma_unmap_sg(p->dev, sgl, n, DMA_TO_DEVICE);
	return ret;
}

int two_lists_ok(struct priv *p, struct scatterlist *src,
		 struct scatterlist *dst, int n)
{
	int ret = -ENOMEM;

	if (!dma_map_sg(p->dev, src, n, DMA_TO_DEVICE))
		return ret;
	if (src != dst && !dma_map_sg(p->dev, dst, n, DMA_FROM_DEVICE))
		goto out;
	ret = work(p);
	if (src != dst)
		dma_unmap_sg(p->dev, dst, n, DMA_FROM_DEVICE);
out:
	dma_unmap_sg(p->dev, src, n, DMA_TO_DEVICE);
	return ret;
}

int pool_destroyed_twice_bad(struct device *dev, struct priv *p)
{
	struct dma_pool *pool = dma_pool_create("x", dev, 64, 64, 0);

	if (!pool)
		return -ENOMEM;
	if (work(p))
		dma_pool_destroy(pool);
	dma_pool_destroy(pool);
	return 0;
}

int pool_destroy_null_ok(struct device *dev, struct priv *p)
{
	struct dma_pool *pool = dma_pool_create("x", dev, 64, 64, 0);

	if (work(p)) {
		dma_pool_destroy(pool);
		pool = NULL;
	}
	dma_pool_destroy(pool);
	return 0;
}

static void release_action(void *data)
{
	struct priv *p = data;

	dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
}

int FN_action_or_reset_then_free_bad(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 256, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = devm_add_action_or_reset(p->dev, release_action, p);
	if (ret)
		dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
	return ret;
}

int action_then_free_ok(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 256, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = devm_add_action(p->dev, release_action, p);
	if (ret)
		dma_free_coherent(p->dev, 256, p->ring, p->ring_dma);
	return ret;
}

/* Another frame each time round. */
int poll_ring_ok(struct priv *p, int budget)
{
	struct item *it;
	int done = 0;

	while (done < budget) {
		it = &p->item[done & 7];
		if (!it->mapped)
			break;
		dma_unmap_single(p->dev, it->dma, it->len, DMA_FROM_DEVICE);
		it->mapped = false;
		done++;
	}
	return done;
}

/* Another item stands first each time. */
void drained_by_first_ok(struct priv *p)
{
	struct item *it;

	while (!list_empty(&p->list)) {
		it = list_first_entry(&p->list, struct item, node);
		list_del(&it->node);
		dma_unmap_single(p->dev, it->dma, it->len, DMA_TO_DEVICE);
	}
}

void FN_drained_twice_each_bad(struct priv *p)
{
	struct item *it;

	while (!list_empty(&p->list)) {
		it = list_first_entry(&p->list, struct item, node);
		list_del(&it->node);
		dma_unmap_single(p->dev, it->dma, it->len, DMA_TO_DEVICE);
		if (busy(p))
			continue;
		dma_unmap_single(p->dev, it->dma, it->len, DMA_TO_DEVICE);
	}
}

/* --- a release that its own guard protects, where outcomes are merged --- */

struct pipe {
	void *start;
	dma_addr_t start_dma;
	unsigned int state, kind;
};

static void clean_pipe(struct priv *p, struct pipe *pipe)
{
	if (pipe->start) {
		dma_free_coherent(p->dev, 64, pipe->start, pipe->start_dma);
		pipe->start = NULL;
	}
}

void cleaned_twice_ok(struct priv *p, struct pipe *pipe)
{
	clean_pipe(p, pipe);
	busy(p);
	clean_pipe(p, pipe);
}
