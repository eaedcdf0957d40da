// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <media/videobuf2-core.h>

struct enc {
	struct device *dev;
	void *regs;
	void *work;
	dma_addr_t work_dma;
};

static int enc_start(struct vb2_queue *q, unsigned int count)
{
	struct enc *e = vb2_get_drv_priv(q);

	e->work = dma_alloc_coherent(e->dev, 65536, &e->work_dma, GFP_KERNEL);
	if (!e->work)
		return -ENOMEM;
	writel(e->work_dma, e->regs);
	if (readl(e->regs + 4))
		return -EIO;
	return 0;
}

static void enc_stop(struct vb2_queue *q)
{
	struct enc *e = vb2_get_drv_priv(q);

	dma_free_coherent(e->dev, 65536, e->work, e->work_dma);
}

const struct vb2_ops enc_ops = {
	.start_streaming = enc_start,
	.stop_streaming = enc_stop,
};
