// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct vq_status {
	__le32 head;
	__le32 error;
};

struct vq {
	struct device *dev;
	void __iomem *regs;
	struct vq_status *status;
	dma_addr_t status_dma;
	u32 last_error;
};

int vq_create(struct vq *vq);
void vq_destroy(struct vq *vq);

int vq_create(struct vq *vq)
{
	vq->status = dma_alloc_coherent(vq->dev, sizeof(*vq->status),
					&vq->status_dma, GFP_KERNEL);
	if (!vq->status)
		return -ENOMEM;
	writel(lower_32_bits(vq->status_dma), vq->regs + 0x30);
	return 0;
}

void vq_destroy(struct vq *vq)
{
	writel(0, vq->regs + 0x30);
	dma_free_coherent(vq->dev, sizeof(*vq->status), vq->status,
			  vq->status_dma);
	vq->last_error = le32_to_cpu(vq->status->error);
	vq->status = NULL;
	if (vq->last_error)
		dev_warn(vq->dev, "error %u\n", vq->last_error);
}
