// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct rcv {
	struct device *dev;
	void *hdrq;
	dma_addr_t hdrq_dma;
	size_t hdrq_size;
};

int rcv_create_hdrq(struct rcv *rcv, unsigned int entries);
void rcv_free_hdrq(struct rcv *rcv);

int rcv_create_hdrq(struct rcv *rcv, unsigned int entries)
{
	size_t size = PAGE_ALIGN(entries * 32UL);

	rcv->hdrq = dma_alloc_coherent(rcv->dev, size, &rcv->hdrq_dma,
				       GFP_KERNEL);
	if (!rcv->hdrq)
		return -ENOMEM;
	rcv->hdrq_size = size;
	return 0;
}

void rcv_free_hdrq(struct rcv *rcv)
{
	dma_free_coherent(rcv->dev, rcv->hdrq_size, rcv->hdrq, rcv->hdrq_dma);
	rcv->hdrq = NULL;
}
