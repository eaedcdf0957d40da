// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Buffers that are allocated and freed through tables of functions: all that
 * may be called is in this file, so what is left by one call and not released
 * by another is lost.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct codec {
	struct device *dev;
	const struct codec_ops *ops;
	const struct pair_ops *pair;
	struct hook_ops *hook;
	void *regs;
	void *first, *second;
	dma_addr_t first_dma, second_dma;
	void *ring;
	dma_addr_t ring_dma;
	void *table;
	dma_addr_t table_dma;
	void *hooked;
	dma_addr_t hooked_dma;
};

struct codec_ops {
	int (*init)(struct codec *c);
	void (*exit)(struct codec *c);
	void (*write)(struct codec *c, u32 value);
};

struct pair_ops {
	int (*open)(struct codec *c);
	void (*close)(struct codec *c);
};

struct hook_ops {
	int (*alloc)(struct codec *c);
};

/* Fails with the first buffer still there; its caller then returns. */
static int two_init_bad(struct codec *c)
{
	c->first = dma_alloc_coherent(c->dev, 4096, &c->first_dma, GFP_KERNEL);
	if (!c->first)
		return -ENOMEM;
	c->second = dma_alloc_coherent(c->dev, 4096, &c->second_dma,
				       GFP_KERNEL);
	if (!c->second)
		return -ENOMEM;
	return 0;
}

static void two_exit(struct codec *c)
{
	dma_free_coherent(c->dev, 4096, c->second, c->second_dma);
	dma_free_coherent(c->dev, 4096, c->first, c->first_dma);
}

static void plain_write(struct codec *c, u32 value)
{
	writel(value, c->regs);
}

static void late_write(struct codec *c, u32 value)
{
	writel(value, c->regs + 4);
}

static const struct codec_ops two_ops = {
	.init = two_init_bad,
	.exit = two_exit,
	.write = plain_write,
};

static int none_init(struct codec *c)
{
	writel(1, c->regs);
	return readl(c->regs);
}

static const struct codec_ops none_ops = {
	.init = none_init,
	.write = late_write,
};

/* Each table frees what it allocated, in its own way. */
static int coherent_open(struct codec *c)
{
	c->ring = dma_alloc_coherent(c->dev, 512, &c->ring_dma, GFP_KERNEL);
	return c->ring ? 0 : -ENOMEM;
}

static void coherent_close(struct codec *c)
{
	dma_free_coherent(c->dev, 512, c->ring, c->ring_dma);
}

static int wide_open(struct codec *c)
{
	c->table = dma_alloc_coherent(c->dev, 64, &c->table_dma, GFP_KERNEL);
	return c->table ? 0 : -ENOMEM;
}

static void wide_close(struct codec *c)
{
	dma_free_coherent(c->dev, 64, c->table, c->table_dma);
}

static const struct pair_ops pairs[] = {
	{ .open = coherent_open, .close = coherent_close },
	{ .open = wide_open, .close = wide_close },
};

static int hooked_alloc(struct codec *c)
{
	c->hooked = dma_alloc_coherent(c->dev, 64, &c->hooked_dma, GFP_KERNEL);
	return c->hooked ? 0 : -ENOMEM;
}

static struct hook_ops hooks = { .alloc = hooked_alloc };

/* Calling through the table's member does not release what is reachable. */
static int start_bad(struct codec *c)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(c->dev, 128, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	c->ops->write(c, 1);
	if (readl(c->regs))
		return -EIO;
	dma_free_coherent(c->dev, 128, cpu, dma);
	return 0;
}

int codec_start(struct codec *c)
{
	int ret = c->ops->init(c);

	if (ret)
		return ret;
	ret = start_bad(c);
	if (ret && c->ops->exit)
		c->ops->exit(c);
	return ret;
}

/* The table that opened is the table that closes. */
int codec_pair_ok(struct codec *c)
{
	int ret = c->pair->open(c);

	if (ret)
		return ret;
	if (readl(c->regs)) {
		c->pair->close(c);
		return -EIO;
	}
	return 0;
}

int codec_pair_bad(struct codec *c)
{
	int ret = c->pair->open(c);

	if (ret)
		return ret;
	if (readl(c->regs))
		return -EIO;
	c->pair->close(c);
	return 0;
}

/* Where code stores to the member, the tables do not tell what it holds. */
void codec_hook(struct codec *c, int (*alloc)(struct codec *c))
{
	c->hook = &hooks;
	c->hook->alloc = alloc;
}

int codec_hook_ok(struct codec *c)
{
	int ret = c->hook->alloc(c);

	if (ret)
		return ret;
	if (readl(c->regs))
		return -EIO;
	return 0;
}

void codec_select(struct codec *c, int wide, int none)
{
	c->pair = &pairs[wide];
	c->ops = none ? &none_ops : &two_ops;
}

/* A table may also hold what asks whether a mapping failed. */
struct map_ops {
	dma_addr_t (*map)(struct device *dev, void *p);
	int (*failed)(struct device *dev, dma_addr_t dma);
};

static dma_addr_t plain_map(struct device *dev, void *p)
{
	return dma_map_single(dev, p, 64, DMA_TO_DEVICE);
}

static int plain_failed(struct device *dev, dma_addr_t dma)
{
	return dma_mapping_error(dev, dma);
}

static dma_addr_t other_map(struct device *dev, void *p)
{
	return (dma_addr_t)(unsigned long)p;
}

static int other_failed(struct device *dev, dma_addr_t dma)
{
	return 0;
}

const struct map_ops map_tables[] = {
	{ .map = plain_map, .failed = plain_failed },
	{ .map = other_map, .failed = other_failed },
};

int codec_map_ok(struct codec *c, const struct map_ops *ops, void *p)
{
	dma_addr_t dma = ops->map(c->dev, p);

	if (ops->failed(c->dev, dma))
		return -ENOMEM;
	writel(dma, c->regs);
	return 0;
}
