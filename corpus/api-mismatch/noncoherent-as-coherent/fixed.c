// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct cam {
	struct device *dev;
	void __iomem *regs;
	void *frame;
	dma_addr_t frame_dma;
};

int cam_start(struct cam *cam);
int cam_alloc_frame(struct cam *cam, size_t size);

int cam_alloc_frame(struct cam *cam, size_t size)
{
	dma_addr_t dma;
	void *frame;
	int err;

	frame = dma_alloc_noncoherent(cam->dev, size, &dma, DMA_FROM_DEVICE,
				      GFP_KERNEL);
	if (!frame)
		return -ENOMEM;
	writel(lower_32_bits(dma), cam->regs + 0x10);
	writel(size, cam->regs + 0x14);

	err = cam_start(cam);
	if (err) {
		writel(0, cam->regs + 0x10);
		dma_free_noncoherent(cam->dev, size, frame, dma,
				     DMA_FROM_DEVICE);
		return err;
	}
	cam->frame = frame;
	cam->frame_dma = dma;
	return 0;
}
