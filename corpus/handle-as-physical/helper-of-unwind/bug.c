// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct move {
	struct device *dev;
	void **from;
};

int move_submit(struct move *m, dma_addr_t dma);
void move_put(void *data);

static void move_put_old(unsigned long addr)
{
	move_put(phys_to_virt(addr));
}

int move_pages(struct move *m, dma_addr_t *dst, int n)
{
	int i, err;

	for (i = 0; i < n; i++) {
		dst[i] = dma_map_single(m->dev, m->from[i], 4096,
					DMA_TO_DEVICE);
		if (dma_mapping_error(m->dev, dst[i]))
			goto undo;
		err = move_submit(m, dst[i]);
		dma_unmap_single(m->dev, dst[i], 4096, DMA_TO_DEVICE);
		if (err)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		move_put_old(dst[i]);
	return -EIO;
}
