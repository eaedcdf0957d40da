// SPDX-License-Identifier: GPL-2.0-or-later
/* Managed memory has managed releases, plain memory plain ones. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/platform_device.h>

struct priv {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
	struct dma_pool *pool;
};

int work(struct priv *p);

int plain_free_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (work(p)) {
		/* dma-devm-mixing: high */
		dma_free_coherent(p->dev, 64, cpu, dma);
		return -EIO;
	}
	return 0;
}

int managed_free_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (work(p)) {
		dmam_free_coherent(p->dev, 64, cpu, dma);
		return -EIO;
	}
	return 0;
}

int no_free_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	return work(p);
}

int managed_free_of_plain_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dmam_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int plain_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int field_bad(struct priv *p)
{
	p->cpu = dmam_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (!p->cpu)
		return -ENOMEM;
	if (work(p))
		goto err;
	return 0;
err:
	dma_free_coherent(p->dev, 64, p->cpu, p->dma);
	return -EIO;
}

int attrs_bad(struct priv *p)
{
	p->cpu = dmam_alloc_attrs(p->dev, 64, &p->dma, GFP_KERNEL,
				  DMA_ATTR_WRITE_COMBINE);
	if (!p->cpu)
		return -ENOMEM;
	if (work(p)) {
		dma_free_wc(p->dev, 64, p->cpu, p->dma);
		return -EIO;
	}
	return 0;
}

int pool_bad(struct priv *p)
{
	p->pool = dmam_pool_create("x", p->dev, 64, 64, 0);
	if (!p->pool)
		return -ENOMEM;
	if (work(p)) {
		dma_pool_destroy(p->pool);
		return -EIO;
	}
	return 0;
}

int pool_ok(struct priv *p)
{
	p->pool = dmam_pool_create("x", p->dev, 64, 64, 0);
	if (!p->pool)
		return -ENOMEM;
	if (work(p)) {
		dmam_pool_destroy(p->pool);
		return -EIO;
	}
	return 0;
}

int pool_reversed_bad(struct priv *p)
{
	struct dma_pool *pool = dma_pool_create("x", p->dev, 64, 64, 0);

	if (!pool)
		return -ENOMEM;
	work(p);
	dmam_pool_destroy(pool);
	return 0;
}

/* Blocks of a managed pool are given back as those of any other. */
int block_of_managed_pool_ok(struct priv *p)
{
	dma_addr_t dma;
	void *block;

	p->pool = dmam_pool_create("x", p->dev, 64, 64, 0);
	if (!p->pool)
		return -ENOMEM;
	block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);
	if (!block)
		return -ENOMEM;
	work(p);
	dma_pool_free(p->pool, block, dma);
	return 0;
}

static int get_managed(struct priv *p)
{
	p->cpu = dmam_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	return p->cpu ? 0 : -ENOMEM;
}

int through_helper_bad(struct priv *p)
{
	int ret = get_managed(p);

	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		dma_free_coherent(p->dev, 64, p->cpu, p->dma);
	return ret;
}

/* Managed in one function, freed by hand in the paired one. */
static int mixed_probe(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	platform_set_drvdata(pdev, p);
	return get_managed(p);
}

static int mixed_remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, 64, p->cpu, p->dma);
	return 0;
}

struct platform_driver mixed_driver = {
	.probe = mixed_probe,
	.remove = mixed_remove_bad,
};

int flag_ok(struct priv *p, bool managed)
{
	dma_addr_t dma;
	void *cpu;

	if (managed)
		cpu = dmam_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	else
		cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	work(p);
	if (!managed)
		dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}
