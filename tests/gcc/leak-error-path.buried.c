// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Completions that free a request: with its mapping, or without releasing it
 * first.
 */
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/io.h>

struct request {
	struct device *dev;
	dma_addr_t dma;
	size_t len;
	bool mapped;
	void *next;
};

struct result {
	int status;
	struct request *req;
	struct many *many;
};

struct many {
	struct device *dev;
	dma_addr_t dma[16];
};

static void done_bad(struct result *res)
{
	struct request *req = res->req;

	if (res->status) {
		writel(1, req->next);
		kfree(req);
		return;
	}
	dma_unmap_single(req->dev, req->dma, req->len, DMA_TO_DEVICE);
	kfree(req);
}

static void done_ok(struct result *res)
{
	struct request *req = res->req;

	if (res->status)
		writel(1, req->next);
	dma_unmap_single(req->dev, req->dma, req->len, DMA_TO_DEVICE);
	kfree(req);
}

/* The object says whether there is a mapping. */
static void done_flag_ok(struct result *res)
{
	struct request *req = res->req;

	if (req->mapped)
		dma_unmap_single(req->dev, req->dma, req->len, DMA_TO_DEVICE);
	kfree(req);
}

static void done_length_ok(struct result *res)
{
	struct request *req = res->req;

	if (!req->len) {
		kfree(req);
		return;
	}
	dma_unmap_single(req->dev, req->dma, req->len, DMA_TO_DEVICE);
	kfree(req);
}

/* A loop that runs no time is no exit that forgets. */
static void done_many_ok(struct result *res, int n)
{
	struct many *many = res->many;
	int i;

	for (i = 0; i < n; i++)
		dma_unmap_single(many->dev, many->dma[i], 64, DMA_TO_DEVICE);
	kfree(many);
}

/* What a callee frees under its own condition is its own affair. */
static void finish(struct request *req, int mapped)
{
	if (mapped)
		dma_unmap_single(req->dev, req->dma, req->len, DMA_TO_DEVICE);
	kfree(req);
}

static void done_finish_ok(struct result *res, int mapped)
{
	finish(res->req, mapped);
}

void (*many[])(struct result *, int) = { done_many_ok, done_finish_ok };
void (*done[])(struct result *) = { done_bad, done_ok, done_flag_ok,
				    done_length_ok };
