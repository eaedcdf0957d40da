// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/llist.h>

struct job {
	struct llist_node node;
	dma_addr_t dma;
	size_t len;
};

struct worker {
	struct device *dev;
	struct llist_head jobs;
	bool stopping;
};

int job_post(struct worker *w, struct job *job, void *buf, size_t len);

int job_post(struct worker *w, struct job *job, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(w->dev, buf, len, DMA_BIDIRECTIONAL);

	if (dma_mapping_error(w->dev, dma))
		return -ENOMEM;
	if (w->stopping)
		return -ESHUTDOWN;
	job->dma = dma;
	job->len = len;
	llist_add(&job->node, &w->jobs);
	return 0;
}
