// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct chunk {
	__be64 target;
	__be32 len;
};

int build_list(struct chunk *s, const dma_addr_t *pages, unsigned int n);

int build_list(struct chunk *s, const dma_addr_t *pages, unsigned int n)
{
	dma_addr_t prev_daddr = 0;
	struct chunk *last = NULL;
	unsigned int i, j = 0;

	for (i = 0; i < n; i++) {
		dma_addr_t daddr = pages[i];

		if (prev_daddr == daddr) {
			last->len += PAGE_SIZE;
			prev_daddr = daddr + PAGE_SIZE;
			continue;
		}
		s[j].target = daddr;
		s[j].len = PAGE_SIZE;
		prev_daddr = daddr + PAGE_SIZE;
		last = &s[j++];
	}
	return j;
}

int map_first(struct device *dev, void *buf, dma_addr_t *pages);

int map_first(struct device *dev, void *buf, dma_addr_t *pages)
{
	pages[0] = dma_map_single(dev, buf, PAGE_SIZE, DMA_TO_DEVICE);
	return dma_mapping_error(dev, pages[0]) ? -ENOMEM : 0;
}
