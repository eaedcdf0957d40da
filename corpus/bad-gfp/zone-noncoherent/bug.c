// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct sgi {
	struct device *dev;
	void *desc;
	dma_addr_t desc_dma;
};

#define SGI_DESC	4096

int sgi_alloc(struct sgi *sgi);
void sgi_free(struct sgi *sgi);

int sgi_alloc(struct sgi *sgi)
{
	sgi->desc = dma_alloc_noncoherent(sgi->dev, SGI_DESC, &sgi->desc_dma,
					  DMA_BIDIRECTIONAL,
					  GFP_KERNEL | GFP_DMA32);
	if (!sgi->desc)
		return -ENOMEM;
	return 0;
}

void sgi_free(struct sgi *sgi)
{
	dma_free_noncoherent(sgi->dev, SGI_DESC, sgi->desc, sgi->desc_dma,
			     DMA_BIDIRECTIONAL);
}
