// SPDX-License-Identifier: GPL-2.0-or-later
/* What was acquired is released on every failing way out. */
#include "leak-error-path.h"

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
