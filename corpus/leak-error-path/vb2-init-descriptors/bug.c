// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <media/videobuf2-core.h>

struct jpg {
	struct dma_pool *pool;
	size_t least;
};

struct jpg_buf {
	struct vb2_buffer vb;
	void *desc;
	dma_addr_t dma;
};

static int jpg_init(struct vb2_buffer *vb)
{
	struct jpg *j = vb2_get_drv_priv(vb->vb2_queue);
	struct jpg_buf *b = container_of(vb, struct jpg_buf, vb);
	dma_addr_t dma;
	void *desc = dma_pool_zalloc(j->pool, GFP_KERNEL, &dma);

	if (!desc)
		return -ENOMEM;
	if (vb2_plane_size(vb, 0) < j->least)
		return -EINVAL;
	b->desc = desc;
	b->dma = dma;
	return 0;
}

static void jpg_cleanup(struct vb2_buffer *vb)
{
	struct jpg *j = vb2_get_drv_priv(vb->vb2_queue);
	struct jpg_buf *b = container_of(vb, struct jpg_buf, vb);

	dma_pool_free(j->pool, b->desc, b->dma);
}

const struct vb2_ops jpg_ops = {
	.buf_init = jpg_init,
	.buf_cleanup = jpg_cleanup,
};
