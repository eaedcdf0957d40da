// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/kref.h>

struct mem {
	struct kref ref;
	struct device *dev;
	void *buf;
	size_t len;
	dma_addr_t dma;
	bool mapped;
};

int mem_map(struct mem *m, size_t limit);

static void mem_release(struct kref *ref)
{
	struct mem *m = container_of(ref, struct mem, ref);

	if (m->mapped)
		dma_unmap_single(m->dev, m->dma, m->len, DMA_BIDIRECTIONAL);
}

int mem_map(struct mem *m, size_t limit)
{
	dma_addr_t dma;

	kref_get(&m->ref);
	dma = dma_map_single(m->dev, m->buf, m->len, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(m->dev, dma)) {
		kref_put(&m->ref, mem_release);
		return -ENOMEM;
	}
	if (dma + m->len > limit) {
		dma_unmap_single(m->dev, dma, m->len, DMA_BIDIRECTIONAL);
		kref_put(&m->ref, mem_release);
		return -EFAULT;
	}
	m->dma = dma;
	m->mapped = true;
	return 0;
}
