// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <linux/list.h>

struct dmac_desc {
	__le32 ctrl;
	__le32 addr;
	struct dmac_desc *next;
	dma_addr_t phys;
};

struct dmac {
	struct device *dev;
	struct dma_pool *pool;
};

struct dmac_desc *dmac_alloc_chain(struct dmac *dmac, unsigned int n);
void dmac_free_chain(struct dmac *dmac, struct dmac_desc *desc);

void dmac_free_chain(struct dmac *dmac, struct dmac_desc *desc)
{
	while (desc) {
		dma_pool_free(dmac->pool, desc, desc->phys);
		desc = desc->next;
	}
}

struct dmac_desc *dmac_alloc_chain(struct dmac *dmac, unsigned int n)
{
	struct dmac_desc *first = NULL, *desc;
	dma_addr_t phys;

	while (n--) {
		desc = dma_pool_zalloc(dmac->pool, GFP_NOWAIT, &phys);
		if (!desc)
			goto err;
		desc->phys = phys;
		desc->next = first;
		first = desc;
	}
	return first;

err:
	dmac_free_chain(dmac, first);
	return NULL;
}
