// SPDX-License-Identifier: GPL-2.0-or-later
/* Leaks through helpers of the file, and correlated branches. */
#include "leak-error-path.h"

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

/* --- helpers that own nothing, and have many ends --- */

static void tune(struct priv *p, struct buf *b)
{
	b->size = 64;
	if (busy(p))
		b->size = 128;
	else if (busy(p))
		b->size = 256;
	else if (work(p))
		b->size = 512;
	else if (work(p) > 3)
		b->size = 1024;
	else if (work(p) < 7)
		b->size = 2048;
}

int tuned_bad(struct priv *p, struct buf *b)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	tune(p, b);
	tune(p, b + 1);
	tune(p, b + 2);
	if (b[0].size + b[1].size + b[2].size > 200)
		start(cpu);
	if (b[0].size > 64 && b[1].size > 64 && b[2].size > 64 && work(p))
		return -EIO;
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int tuned_ok(struct priv *p, struct buf *b)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret = 0;

	if (!cpu)
		return -ENOMEM;
	tune(p, b);
	tune(p, b + 1);
	tune(p, b + 2);
	if (b[0].size + b[1].size + b[2].size > 200)
		start(cpu);
	if (b[0].size > 64 && b[1].size > 64 && b[2].size > 64 && work(p))
		ret = -EIO;
	dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}

/*
 * A callee clears a structure and then says in it what will have to be
 * released: what it does last counts.
 */
struct area {
	struct device *dev;
	struct dma_pool *pool;
	unsigned int length;
	void *address;
	dma_addr_t dma;
};

static int area_init(struct area *a, struct priv *p, struct dma_pool *pool,
		     unsigned int len)
{
	memset(a, 0, sizeof(*a));
	if (!len)
		return 0;
	a->dev = p->dev;
	a->length = len;
	if (len <= 64) {
		a->pool = pool;
		a->address = dma_pool_alloc(pool, GFP_KERNEL, &a->dma);
	} else {
		a->address = dma_alloc_coherent(p->dev, len, &a->dma,
						GFP_KERNEL);
	}
	return a->address ? 0 : -ENOMEM;
}

static void area_free(struct area *a)
{
	if (a->length <= 64) {
		if (a->address)
			dma_pool_free(a->pool, a->address, a->dma);
	} else if (a->address) {
		dma_free_coherent(a->dev, a->length, a->address, a->dma);
	}
	a->address = NULL;
}

int area_ok(struct priv *p, struct dma_pool *pool, unsigned int len)
{
	struct area a;
	int ret = area_init(&a, p, pool, len);

	if (ret)
		return ret;
	ret = work(p);
	area_free(&a);
	return ret;
}

int area_bad(struct priv *p, struct dma_pool *pool, unsigned int len)
{
	struct area a;
	int ret = area_init(&a, p, pool, len);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		return ret;
	area_free(&a);
	return 0;
}
