// SPDX-License-Identifier: GPL-2.0-or-later

struct chip {
	struct device *dev;
	struct dma_pool *pool;
	struct dma_pool *free_pool;
	void *ring, *stats, *both;
	dma_addr_t dma;
};

static int probe_frees_bad(struct chip *c)
{
	c->ring = dmam_alloc_coherent(c->dev, 64, &c->dma, GFP_KERNEL);
	if (!c->ring)
		return -ENOMEM;
	if (start(c)) {
		dma_free_coherent(c->dev, 64, c->ring, c->dma);
		return -EIO;
	}
	return 0;
}

static int managed_free_of_plain_bad(struct chip *c)
{
	c->stats = dma_alloc_coherent(c->dev, 64, &c->dma, GFP_KERNEL);
	if (!c->stats)
		return -ENOMEM;
	dmam_free_coherent(c->dev, 64, c->stats, c->dma);
	return 0;
}

static int probe_ok(struct chip *c)
{
	c->pool = dmam_pool_create("chip", c->dev, 64, 8, 0);
	return c->pool ? 0 : -ENOMEM;
}

static void remove_bad(struct chip *c)
{
	dma_pool_destroy(c->pool);
}

static int managed_or_not_ok(struct chip *c, bool managed)
{
	if (managed)
		c->both = dmam_alloc_coherent(c->dev, 64, &c->dma, GFP_KERNEL);
	else
		c->both = dma_alloc_coherent(c->dev, 64, &c->dma, GFP_KERNEL);
	return c->both ? 0 : -ENOMEM;
}

static void remove_if_not_managed_ok(struct chip *c)
{
	dma_free_coherent(c->dev, 64, c->both, c->dma);
}

static void early_release_ok(struct chip *c)
{
	dmam_free_coherent(c->dev, 64, c->ring, c->dma);
}

static void another_pool_ok(struct chip *c)
{
	dma_pool_destroy(c->free_pool);
}
