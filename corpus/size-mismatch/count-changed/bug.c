// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct host_desc {
	__le64 addr;
	__le32 size;
	__le32 rsvd;
};

struct host {
	struct device *dev;
	struct host_desc *descs;
	dma_addr_t descs_dma;
	u32 nr;
};

int host_fill(struct host *host, u32 max);
int host_mem_setup(struct host *host, u32 max);

int host_mem_setup(struct host *host, u32 max)
{
	int filled;

	host->nr = max;
	host->descs = dma_alloc_coherent(host->dev,
					 host->nr * sizeof(*host->descs),
					 &host->descs_dma, GFP_KERNEL);
	if (!host->descs)
		return -ENOMEM;

	filled = host_fill(host, max);
	if (filled < 0) {
		host->nr = 0;
		dma_free_coherent(host->dev,
				  host->nr * sizeof(*host->descs),
				  host->descs, host->descs_dma);
		host->descs = NULL;
		return filled;
	}
	host->nr = filled;
	return 0;
}
