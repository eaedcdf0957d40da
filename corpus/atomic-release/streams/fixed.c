// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct hc_stream {
	void *ctx;
	dma_addr_t dma;
	unsigned int count;
	void **rings;
};

struct hc {
	struct device *dev;
	spinlock_t lock;
	struct dma_pool *small;
	struct hc_stream *stream[31];
};

static void hc_free_ctx(struct hc *hc, struct hc_stream *s)
{
	size_t size = s->count * 16;

	if (size > 1024)
		dma_free_coherent(hc->dev, size, s->ctx, s->dma);
	else
		dma_pool_free(hc->small, s->ctx, s->dma);
}

static void hc_free_stream(struct hc *hc, struct hc_stream *s)
{
	if (!s)
		return;
	hc_free_ctx(hc, s);
	kfree(s->rings);
	kfree(s);
}

int hc_free_streams(struct hc *hc, const unsigned int *ep, unsigned int n)
{
	struct hc_stream *gone[31];
	unsigned long flags;
	unsigned int i;

	spin_lock_irqsave(&hc->lock, flags);
	for (i = 0; i < n && i < 31; i++) {
		gone[i] = hc->stream[ep[i]];
		hc->stream[ep[i]] = NULL;
	}
	spin_unlock_irqrestore(&hc->lock, flags);
	for (i = 0; i < n && i < 31; i++)
		hc_free_stream(hc, gone[i]);
	return 0;
}
