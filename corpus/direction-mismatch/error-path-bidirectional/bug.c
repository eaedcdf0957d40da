// SPDX-License-Identifier: GPL-2.0-or-later
#include <crypto/skcipher.h>

#define ACCEL_MAX	16

struct accel_bufl {
	u32 n;
	dma_addr_t addr[ACCEL_MAX];
	u32 len[ACCEL_MAX];
};

int accel_bufl(struct device *dev, struct scatterlist *sgl, int n,
	       struct accel_bufl *bufl, dma_addr_t *blp);

int accel_bufl(struct device *dev, struct scatterlist *sgl, int n,
	       struct accel_bufl *bufl, dma_addr_t *blp)
{
	struct scatterlist *sg;
	int i;

	if (n > ACCEL_MAX)
		return -EINVAL;
	bufl->n = 0;
	for_each_sg(sgl, sg, n, i) {
		bufl->addr[i] = dma_map_single(dev, sg_virt(sg), sg->length,
					       DMA_TO_DEVICE);
		bufl->len[i] = sg->length;
		if (unlikely(dma_mapping_error(dev, bufl->addr[i])))
			goto err;
		bufl->n++;
	}
	*blp = dma_map_single(dev, bufl, sizeof(*bufl), DMA_TO_DEVICE);
	if (unlikely(dma_mapping_error(dev, *blp)))
		goto err;
	return 0;

err:
	dev_err(dev, "cannot map the list\n");
	while (i--)
		dma_unmap_single(dev, bufl->addr[i], bufl->len[i],
				 DMA_BIDIRECTIONAL);
	return -ENOMEM;
}
