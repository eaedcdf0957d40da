// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/cleanup.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>

struct ctx {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
	void *table;
};

DEFINE_FREE(kfree, void *, if (_T) kfree(_T))

struct ctx *ctx_new(struct device *dev);

struct ctx *ctx_new(struct device *dev)
{
	struct ctx *ctx __free(kfree) = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return NULL;
	ctx->dev = dev;
	ctx->cpu = dma_alloc_coherent(dev, 4096, &ctx->dma, GFP_KERNEL);
	if (!ctx->cpu)
		return NULL;
	ctx->table = kzalloc(256, GFP_KERNEL);
	if (!ctx->table)
		return NULL;
	return_ptr(ctx);
}
