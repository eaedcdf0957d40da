// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct uio {
	struct device *dev;
	void *l2_ring, *l2_buf;
	dma_addr_t l2_ring_dma, l2_buf_dma;
	size_t ring_size, buf_size;
};

int uio_alloc_rings(struct uio *uio, int pages);

int uio_alloc_rings(struct uio *uio, int pages)
{
	uio->ring_size = pages * PAGE_SIZE;
	uio->l2_ring = dma_alloc_coherent(uio->dev, uio->ring_size,
					  &uio->l2_ring_dma,
					  GFP_KERNEL | __GFP_NOWARN);
	if (!uio->l2_ring)
		return -ENOMEM;

	uio->buf_size = PAGE_ALIGN(pages * 2048);
	uio->l2_buf = dma_alloc_coherent(uio->dev, uio->buf_size,
					 &uio->l2_buf_dma,
					 GFP_KERNEL | __GFP_NOWARN);
	if (!uio->l2_buf) {
		dma_free_coherent(uio->dev, uio->ring_size, uio->l2_ring,
				  uio->l2_ring_dma);
		return -ENOMEM;
	}
	return 0;
}
