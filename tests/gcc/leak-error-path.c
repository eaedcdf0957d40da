// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What was acquired is released on every failing way out, or handed to
 * someone who will.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/usb.h>
#include <linux/dmaengine.h>
#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <scsi/scsi_cmnd.h>

struct desc {
	__le32 addr_lo, addr_hi;
	__le32 len;
};

struct buf {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	size_t size;
	bool mapped;
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	dma_addr_t ring_dma;
	struct desc *ring2;
	dma_addr_t ring2_dma;
	struct dma_pool *pool;
	struct buf *bufs;
	struct buf slot[8];
	unsigned int count, head;
	struct list_head queue;
	struct mutex lock;
	struct completion done;
	bool use_dma;
	struct dma_chan *chan;
};

int work(struct priv *p);
int submit(struct priv *p, dma_addr_t dma, size_t len);
int start(void *cpu);
bool busy(struct priv *p);

/* --- one resource, one exit --- */

int coherent_local_bad(struct device *dev, struct priv *p)
{
	dma_addr_t dma;
	void *cpu;

	cpu = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	if (work(p))
		return -EIO;	/* dma-leak-error-path: high */
	dma_free_coherent(dev, 64, cpu, dma);
	return 0;
}

int coherent_local_ok(struct device *dev, struct priv *p)
{
	dma_addr_t dma;
	void *cpu;
	int ret = 0;

	cpu = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	if (work(p))
		ret = -EIO;
	dma_free_coherent(dev, 64, cpu, dma);
	return ret;
}

int map_local_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	if (ret)
		return ret;	/* dma-leak-error-path: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int map_local_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int sg_local_bad(struct priv *p, struct scatterlist *sgl, int nents)
{
	if (!dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE))
		return -ENOMEM;
	if (busy(p))
		return -EBUSY;	/* dma-leak-error-path: medium */
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int sg_local_ok(struct priv *p, struct scatterlist *sgl, int nents)
{
	if (busy(p))
		return -EBUSY;
	if (!dma_map_sg(p->dev, sgl, nents, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int sgtable_bad(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret)
		return ret;
	ret = work(p);
	if (ret < 0)
		return ret;
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return 0;
}

int sgtable_ok(struct priv *p, struct sg_table *sgt)
{
	int ret = dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);

	if (ret)
		return ret;
	ret = work(p);
	if (ret < 0)
		goto unmap;
	ret = 0;
unmap:
	dma_unmap_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0);
	return ret;
}

/* --- goto ladders --- */

int ladder_bad(struct priv *p, int irq, irq_handler_t handler)
{
	dma_addr_t a_dma, b_dma;
	void *a, *b;
	int ret = -ENOMEM;

	a = dma_alloc_coherent(p->dev, 128, &a_dma, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	b = dma_alloc_coherent(p->dev, 256, &b_dma, GFP_KERNEL);
	if (!b)
		goto err_a;
	ret = request_irq(irq, handler, 0, "x", p);
	if (ret)
		goto err_a;	/* forgets b */
	work(p);
	free_irq(irq, p);
	dma_free_coherent(p->dev, 256, b, b_dma);
err_a:
	dma_free_coherent(p->dev, 128, a, a_dma);
	return ret;
}

int ladder_ok(struct priv *p, int irq, irq_handler_t handler)
{
	dma_addr_t a_dma, b_dma;
	void *a, *b;
	int ret = -ENOMEM;

	a = dma_alloc_coherent(p->dev, 128, &a_dma, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	b = dma_alloc_coherent(p->dev, 256, &b_dma, GFP_KERNEL);
	if (!b)
		goto err_a;
	ret = request_irq(irq, handler, 0, "x", p);
	if (ret)
		goto err_b;
	work(p);
	free_irq(irq, p);
err_b:
	dma_free_coherent(p->dev, 256, b, b_dma);
err_a:
	dma_free_coherent(p->dev, 128, a, a_dma);
	return ret;
}

int ladder_field_bad(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 128, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->ring2 = dma_alloc_coherent(p->dev, 256, &p->ring2_dma, GFP_KERNEL);
	if (!p->ring2) {
		ret = -ENOMEM;
		goto out;
	}
	ret = work(p);
	if (ret)
		goto err_ring;	/* forgets ring2 */
	return 0;
err_ring:
	dma_free_coherent(p->dev, 128, p->ring, p->ring_dma);
out:
	return ret;
}

int ladder_field_ok(struct priv *p)
{
	int ret = -ENOMEM;

	p->ring = dma_alloc_coherent(p->dev, 128, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->ring2 = dma_alloc_coherent(p->dev, 256, &p->ring2_dma, GFP_KERNEL);
	if (!p->ring2)
		goto err_ring;
	ret = work(p);
	if (ret)
		goto err_ring2;
	return 0;
err_ring2:
	dma_free_coherent(p->dev, 256, p->ring2, p->ring2_dma);
err_ring:
	dma_free_coherent(p->dev, 128, p->ring, p->ring_dma);
	return ret;
}

/* A label for all, whose releases tolerate what was never there. */
int one_label_null_ok(struct priv *p)
{
	void *a = NULL, *b = NULL;
	dma_addr_t a_dma = 0, b_dma = 0;
	int ret = -ENOMEM;

	a = dma_alloc_coherent(p->dev, 128, &a_dma, GFP_KERNEL);
	if (!a)
		goto out;
	b = dma_alloc_coherent(p->dev, 256, &b_dma, GFP_KERNEL);
	if (!b)
		goto out;
	ret = work(p);
out:
	dma_free_coherent(p->dev, 256, b, b_dma);
	dma_free_coherent(p->dev, 128, a, a_dma);
	return ret;
}

int one_label_if_ok(struct priv *p)
{
	void *a = NULL, *b = NULL;
	dma_addr_t a_dma, b_dma;
	int ret = -ENOMEM;

	a = dma_alloc_coherent(p->dev, 128, &a_dma, GFP_KERNEL);
	if (!a)
		goto out;
	b = dma_alloc_coherent(p->dev, 256, &b_dma, GFP_KERNEL);
	if (!b)
		goto out;
	ret = work(p);
out:
	if (b)
		dma_free_coherent(p->dev, 256, b, b_dma);
	if (a)
		dma_free_coherent(p->dev, 128, a, a_dma);
	return ret;
}

int one_label_if_bad(struct priv *p)
{
	void *a = NULL, *b = NULL;
	dma_addr_t a_dma, b_dma;
	int ret = -ENOMEM;

	a = dma_alloc_coherent(p->dev, 128, &a_dma, GFP_KERNEL);
	if (!a)
		goto out;
	b = dma_alloc_coherent(p->dev, 256, &b_dma, GFP_KERNEL);
	if (!b)
		goto out;
	ret = work(p);
out:
	if (b)
		dma_free_coherent(p->dev, 256, b, b_dma);
	return ret;
}

/* One label for success and failure, told apart by ret. */
int shared_label_ret_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu;
	int ret;

	cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		goto out;
	p->ring = cpu;
	p->ring_dma = dma;
out:
	if (ret)
		dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

int shared_label_ret_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu;
	int ret;

	cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	ret = work(p);
	if (ret)
		goto out;
	p->ring = cpu;
	p->ring_dma = dma;
	ret = 0;
out:
	if (ret == -EIO)
		dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

int unlock_exit_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret = 0;

	mutex_lock(&p->lock);
	dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma)) {
		ret = -ENOMEM;
		goto unlock;
	}
	if (busy(p)) {
		ret = -EBUSY;
		goto unlock;
	}
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
unlock:
	mutex_unlock(&p->lock);
	return ret;
}

int unlock_exit_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret = 0;

	mutex_lock(&p->lock);
	dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, dma)) {
		ret = -ENOMEM;
		goto unlock;
	}
	if (busy(p)) {
		ret = -EBUSY;
		goto unmap;
	}
	work(p);
unmap:
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
unlock:
	mutex_unlock(&p->lock);
	return ret;
}

/* --- the second of two mappings fails --- */

int second_map_bad(struct priv *p, void *in, void *out, size_t len)
{
	dma_addr_t a, b;

	a = dma_map_single(p->dev, in, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, a))
		return -ENOMEM;
	b = dma_map_single(p->dev, out, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, b))
		return -ENOMEM;	/* dma-leak-error-path: high */
	work(p);
	dma_unmap_single(p->dev, b, len, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, a, len, DMA_TO_DEVICE);
	return 0;
}

int second_map_ok(struct priv *p, void *in, void *out, size_t len)
{
	dma_addr_t a, b;

	a = dma_map_single(p->dev, in, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, a))
		return -ENOMEM;
	b = dma_map_single(p->dev, out, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, b)) {
		dma_unmap_single(p->dev, a, len, DMA_TO_DEVICE);
		return -ENOMEM;
	}
	work(p);
	dma_unmap_single(p->dev, b, len, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, a, len, DMA_TO_DEVICE);
	return 0;
}

int both_checked_bad(struct priv *p, void *in, void *out, size_t len)
{
	dma_addr_t a, b;

	a = dma_map_single(p->dev, in, len, DMA_TO_DEVICE);
	b = dma_map_single(p->dev, out, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, a) || dma_mapping_error(p->dev, b))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, b, len, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, a, len, DMA_TO_DEVICE);
	return 0;
}

int both_checked_ok(struct priv *p, void *in, void *out, size_t len)
{
	dma_addr_t a, b;
	int ret = -ENOMEM;

	a = dma_map_single(p->dev, in, len, DMA_TO_DEVICE);
	b = dma_map_single(p->dev, out, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(p->dev, a) || dma_mapping_error(p->dev, b))
		goto out;
	ret = work(p);
out:
	if (!dma_mapping_error(p->dev, b))
		dma_unmap_single(p->dev, b, len, DMA_FROM_DEVICE);
	if (!dma_mapping_error(p->dev, a))
		dma_unmap_single(p->dev, a, len, DMA_TO_DEVICE);
	return ret;
}

/* --- loops --- */

int loop_no_unwind_bad(struct priv *p, struct buf *b)
{
	dma_addr_t dma[4];
	int i;

	for (i = 0; i < 4; i++) {
		dma[i] = dma_map_single(p->dev, b[i].cpu, b[i].size,
					DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma[i]))
			return -ENOMEM;
	}
	work(p);
	for (i = 0; i < 4; i++)
		dma_unmap_single(p->dev, dma[i], b[i].size, DMA_TO_DEVICE);
	return 0;
}

/* The caller has the array, and may release what it finds there. */
int loop_callers_array_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			return -ENOMEM;
	}
	return 0;
}

int loop_while_post_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
					  DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	while (i--)
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_while_pre_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
					  DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	while (--i >= 0)
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int FN_loop_off_by_one_bad(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
					  DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	while (--i > 0)	/* never reaches element 0 */
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_for_j_ok(struct priv *p, struct buf *b, int n)
{
	int i, j;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			for (j = 0; j < i; j++)
				dma_free_coherent(p->dev, b[j].size, b[j].cpu,
						  b[j].dma);
			return -ENOMEM;
		}
	}
	return 0;
}

int FN_loop_for_j_from_one_bad(struct priv *p, struct buf *b, int n)
{
	int i, j;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			for (j = 1; j < i; j++)
				dma_free_coherent(p->dev, b[j].size, b[j].cpu,
						  b[j].dma);
			return -ENOMEM;
		}
	}
	return 0;
}

int FN_loop_second_in_body_bad(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
		if (start(b[i].cpu))
			goto unwind;	/* element i is not unwound */
	}
	return 0;
unwind:
	while (i--)
		dma_free_coherent(p->dev, b[i].size, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

int loop_second_in_body_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
		if (start(b[i].cpu)) {
			dma_free_coherent(p->dev, b[i].size, b[i].cpu,
					  b[i].dma);
			goto unwind;
		}
	}
	return 0;
unwind:
	while (i--)
		dma_free_coherent(p->dev, b[i].size, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

/* All slots are visited, those without memory are passed over. */
int loop_all_slots_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->slot[i].cpu = dma_alloc_coherent(p->dev, 64,
						    &p->slot[i].dma,
						    GFP_KERNEL);
		if (!p->slot[i].cpu)
			goto free_all;
	}
	return 0;
free_all:
	for (i = 0; i < 8; i++) {
		if (!p->slot[i].cpu)
			continue;
		dma_free_coherent(p->dev, 64, p->slot[i].cpu, p->slot[i].dma);
		p->slot[i].cpu = NULL;
	}
	return -ENOMEM;
}

int loop_pointer_walk_ok(struct priv *p)
{
	struct buf *b;

	for (b = p->slot; b < p->slot + 8; b++) {
		b->dma = dma_map_single(p->dev, b->cpu, b->size,
					DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b->dma))
			goto unwind;
	}
	return 0;
unwind:
	while (b-- > p->slot)
		dma_unmap_single(p->dev, b->dma, b->size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_each_released_ok(struct priv *p, struct buf *b, int n)
{
	dma_addr_t dma;
	int i, ret;

	for (i = 0; i < n; i++) {
		dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
				     DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		ret = work(p);
		dma_unmap_single(p->dev, dma, b[i].size, DMA_TO_DEVICE);
		if (ret)
			return ret;
	}
	return 0;
}

int loop_break_bad(struct priv *p, struct buf *b, int n)
{
	dma_addr_t dma;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
				     DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		ret = work(p);
		if (ret)
			break;
		dma_unmap_single(p->dev, dma, b[i].size, DMA_TO_DEVICE);
	}
	return ret;
}

int retry_ok(struct priv *p, void *data, size_t len)
{
	int tries = 3, ret;
	dma_addr_t dma;

again:
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	if (ret == -EAGAIN && --tries)
		goto again;
	return ret;
}

int retry_bad(struct priv *p, void *data, size_t len)
{
	int tries = 3, ret;
	dma_addr_t dma;

again:
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	if (ret == -EAGAIN && --tries)
		goto again;
	if (ret)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

/* --- helpers of the same file --- */

static int get_ring(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

static void put_ring(struct priv *p)
{
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	p->ring = NULL;
}

int helper_ok(struct priv *p)
{
	int ret = get_ring(p);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		put_ring(p);
	return ret;
}

int helper_err_label_ok(struct priv *p)
{
	int ret;

	ret = get_ring(p);
	if (ret)
		goto out;
	ret = work(p);
	if (ret)
		goto err;
	return 0;
err:
	put_ring(p);
out:
	return ret;
}

static void *get_local(struct priv *p, dma_addr_t *dma)
{
	return dma_alloc_coherent(p->dev, 512, dma, GFP_KERNEL);
}

static void put_local(struct priv *p, void *cpu, dma_addr_t dma)
{
	dma_free_coherent(p->dev, 512, cpu, dma);
}

int helper_local_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = get_local(p, &dma);

	if (!cpu)
		return -ENOMEM;
	if (work(p))
		return -EIO;
	put_local(p, cpu, dma);
	return 0;
}

int helper_local_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = get_local(p, &dma);
	int ret;

	if (!cpu)
		return -ENOMEM;
	ret = work(p);
	put_local(p, cpu, dma);
	return ret;
}

static int map_out(struct priv *p, void *data, size_t len, dma_addr_t *out)
{
	*out = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, *out))
		return -ENOMEM;
	return 0;
}

int out_parameter_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret;

	ret = map_out(p, data, len, &dma);
	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int out_parameter_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;
	int ret;

	ret = map_out(p, data, len, &dma);
	if (ret)
		return ret;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

/* Two steps, the second of which cleans up after the first. */
static int two_steps(struct priv *p)
{
	int ret = get_ring(p);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		put_ring(p);
	return ret;
}

int caller_of_split_ok(struct priv *p)
{
	int ret = two_steps(p);

	if (ret)
		return ret;
	p->count++;
	return 0;
}

static bool map_failed(struct priv *p, dma_addr_t dma)
{
	return unlikely(dma_mapping_error(p->dev, dma));
}

int check_wrapper_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (map_failed(p, dma))
		return -ENOMEM;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int check_wrapper_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (map_failed(p, dma))
		return -ENOMEM;
	if (busy(p))
		return -EBUSY;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

/* --- correlated branches --- */

int flag_param_ok(struct priv *p, void *data, size_t len, bool use_dma)
{
	dma_addr_t dma = 0;
	int ret;

	if (use_dma) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	ret = work(p);
	if (use_dma)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int flag_param_bad(struct priv *p, void *data, size_t len, bool use_dma,
		   bool last)
{
	dma_addr_t dma = 0;
	int ret;

	if (use_dma) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	ret = work(p);
	if (last)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int flag_field_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = 0;

	if (p->use_dma) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	writel(1, p->regs);
	if (p->use_dma)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return readl(p->regs) ? -EIO : 0;
}

int flag_local_ok(struct priv *p, void *data, size_t len)
{
	bool mapped = false;
	dma_addr_t dma = 0;
	int ret;

	if (len > 64) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		mapped = true;
	}
	ret = work(p);
	if (mapped)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int type_switch_ok(struct priv *p, void *data, struct page *page, size_t len,
		   int type)
{
	dma_addr_t dma;
	int ret;

	switch (type) {
	case 1:
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		break;
	case 2:
		dma = dma_map_page(p->dev, page, 0, len, DMA_TO_DEVICE);
		break;
	default:
		return -EINVAL;
	}
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	switch (type) {
	case 1:
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
		break;
	case 2:
		dma_unmap_page(p->dev, dma, len, DMA_TO_DEVICE);
		break;
	}
	return ret;
}

int nested_conditions_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = DMA_MAPPING_ERROR;
	int ret = -EINVAL;

	if (data && len) {
		dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		ret = work(p);
	}
	if (!dma_mapping_error(p->dev, dma))
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

/* --- hand-over --- */

int to_list_ok(struct priv *p, struct buf *b)
{
	b->cpu = dma_alloc_coherent(p->dev, b->size, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		return -ENOMEM;
	list_add_tail(&b->node, &p->queue);
	if (busy(p))
		return -EBUSY;
	return 0;
}

int to_field_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	p->ring = cpu;
	p->ring_dma = dma;
	return 0;
}

int to_descriptor_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	struct desc *d = &p->ring[p->head];

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	d->addr_lo = cpu_to_le32(lower_32_bits(dma));
	d->addr_hi = cpu_to_le32(upper_32_bits(dma));
	d->len = cpu_to_le32(len);
	p->head++;
	writel(p->head, p->regs);
	return 0;
}

int to_slot_ok(struct priv *p, void *data, size_t len)
{
	struct buf *b = &p->slot[p->head & 7];
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	b->dma = dma;
	b->size = len;
	b->mapped = true;
	p->head++;
	return 0;
}

netdev_tx_t to_skb_cb_ok(struct sk_buff *skb, struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);
	dma_addr_t dma;

	dma = dma_map_single(p->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma)) {
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	*(dma_addr_t *)skb->cb = dma;
	if (submit(p, dma, skb->len)) {
		dma_unmap_single(p->dev, dma, skb->len, DMA_TO_DEVICE);
		dev_kfree_skb_any(skb);
	}
	return NETDEV_TX_OK;
}

static void rx_urb_done(struct urb *urb)
{
	usb_free_coherent(urb->dev, urb->transfer_buffer_length,
			  urb->transfer_buffer, urb->transfer_dma);
}

int to_urb_ok(struct usb_device *udev, size_t len)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	dma_addr_t dma;
	void *cpu;
	int ret;

	if (!urb)
		return -ENOMEM;
	cpu = usb_alloc_coherent(udev, len, GFP_KERNEL, &dma);
	if (!cpu) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	usb_fill_bulk_urb(urb, udev, usb_rcvbulkpipe(udev, 1), cpu, len,
			  rx_urb_done, NULL);
	urb->transfer_dma = dma;
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(udev, len, cpu, dma);
	usb_free_urb(urb);
	return ret;
}

int FN_to_urb_bad(struct usb_device *udev, size_t len)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	dma_addr_t dma;
	void *cpu;
	int ret;

	if (!urb)
		return -ENOMEM;
	cpu = usb_alloc_coherent(udev, len, GFP_KERNEL, &dma);
	if (!cpu) {
		ret = -ENOMEM;
		goto out;
	}
	if (!len) {
		ret = -EINVAL;
		goto out;
	}
	usb_fill_bulk_urb(urb, udev, usb_rcvbulkpipe(udev, 1), cpu, len,
			  rx_urb_done, NULL);
	urb->transfer_dma = dma;
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(udev, len, cpu, dma);
out:
	usb_free_urb(urb);
	return ret;
}

void *returned_ok(struct priv *p, dma_addr_t *dma)
{
	void *cpu = dma_alloc_coherent(p->dev, 64, dma, GFP_KERNEL);

	if (!cpu)
		return ERR_PTR(-ENOMEM);
	return cpu;
}

dma_addr_t handle_returned_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return DMA_MAPPING_ERROR;
	return dma;
}

int inprogress_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = submit(p, dma, len);
	if (ret == -EINPROGRESS)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

static void chan_done(void *param)
{
	complete(param);
}

int dmaengine_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;
	int count, ret;

	count = dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_DEV_TO_MEM,
				     DMA_PREP_INTERRUPT);
	if (!tx) {
		ret = -EIO;
		goto unmap;
	}
	tx->callback = chan_done;
	tx->callback_param = &p->done;
	ret = dma_submit_error(dmaengine_submit(tx));
	if (ret)
		goto unmap;
	dma_async_issue_pending(p->chan);
	if (!wait_for_completion_timeout(&p->done, 100)) {
		dmaengine_terminate_sync(p->chan);
		ret = -ETIMEDOUT;
	}
unmap:
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return ret;
}

int dmaengine_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_async_tx_descriptor *tx;
	int count;

	count = dma_map_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	if (!count)
		return -ENOMEM;
	tx = dmaengine_prep_slave_sg(p->chan, sgl, count, DMA_DEV_TO_MEM,
				     DMA_PREP_INTERRUPT);
	if (!tx)
		return -EIO;
	dmaengine_submit(tx);
	dma_async_issue_pending(p->chan);
	wait_for_completion(&p->done);
	dma_unmap_sg(p->dev, sgl, n, DMA_FROM_DEVICE);
	return 0;
}

static void free_action(void *data)
{
	struct priv *p = data;

	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
}

int devm_action_ok(struct priv *p)
{
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = devm_add_action_or_reset(p->dev, free_action, p);
	if (ret)
		return ret;
	return work(p);
}

int devm_memory_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 512, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (work(p))
		return -EIO;
	memset(cpu, 0, 512);
	return 0;
}

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
