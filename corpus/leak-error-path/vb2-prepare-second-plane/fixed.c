// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <media/videobuf2-core.h>

struct cap_buf {
	struct vb2_buffer vb;
	dma_addr_t y, uv;
};

static int cap_prepare(struct vb2_buffer *vb)
{
	struct cap_buf *b = container_of(vb, struct cap_buf, vb);
	struct device *dev = vb->vb2_queue->dev;
	size_t y = vb2_plane_size(vb, 0), uv = vb2_plane_size(vb, 1);

	b->y = dma_map_single(dev, vb2_plane_vaddr(vb, 0), y,
			      DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, b->y))
		return -ENOMEM;
	b->uv = dma_map_single(dev, vb2_plane_vaddr(vb, 1), uv,
			       DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, b->uv)) {
		dma_unmap_single(dev, b->y, y, DMA_FROM_DEVICE);
		return -ENOMEM;
	}
	if (vb->num_planes != 2) {
		dma_unmap_single(dev, b->uv, uv, DMA_FROM_DEVICE);
		dma_unmap_single(dev, b->y, y, DMA_FROM_DEVICE);
		return -EINVAL;
	}
	return 0;
}

static void cap_finish(struct vb2_buffer *vb)
{
	struct cap_buf *b = container_of(vb, struct cap_buf, vb);
	struct device *dev = vb->vb2_queue->dev;

	dma_unmap_single(dev, b->y, vb2_plane_size(vb, 0), DMA_FROM_DEVICE);
	dma_unmap_single(dev, b->uv, vb2_plane_size(vb, 1), DMA_FROM_DEVICE);
}

const struct vb2_ops cap_ops = {
	.buf_prepare = cap_prepare,
	.buf_finish = cap_finish,
};
