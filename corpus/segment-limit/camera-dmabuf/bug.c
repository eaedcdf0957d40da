// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <media/videobuf2-core.h>

struct cam {
	struct device *dev;
	struct vb2_queue queue;
};

static int cam_probe(struct platform_device *pdev)
{
	struct cam *cam;
	int err;

	cam = devm_kzalloc(&pdev->dev, sizeof(*cam), GFP_KERNEL);
	if (!cam)
		return -ENOMEM;
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (err)
		return err;
	cam->dev = &pdev->dev;
	cam->queue.io_modes = VB2_MMAP | VB2_DMABUF;
	cam->queue.mem_ops = &vb2_dma_contig_memops;
	cam->queue.dev = &pdev->dev;
	return vb2_queue_init(&cam->queue);
}

static struct platform_driver cam_driver = {
	.probe = cam_probe,
};

module_platform_driver(cam_driver);
