// SPDX-License-Identifier: GPL-2.0-or-later
/* The device that a release needs is cleared before the release comes. */
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <media/videobuf2.h>

#define RING	4096

/* --- the device that the last close needs is cleared by remove --- */

struct gone {
	struct device *dev;
	struct video_device vdev;
	void *frame;
	dma_addr_t dma;
};

static int gone_start(struct vb2_queue *q, unsigned int count)
{
	struct gone *p = q->drv_priv;

	p->frame = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->frame ? 0 : -ENOMEM;
}

static void gone_stop(struct vb2_queue *q)
{
	struct gone *p = q->drv_priv;

	if (p->dev)
		dma_free_coherent(p->dev, RING, p->frame, p->dma);
}

const struct vb2_ops gone_ops = {
	.start_streaming = gone_start,
	.stop_streaming = gone_stop,
};

static int gone_remove_bad(struct platform_device *pdev)
{
	struct gone *p = platform_get_drvdata(pdev);

	p->dev = NULL;	/* dma-leak-lifecycle: medium */
	video_unregister_device(&p->vdev);
	return 0;
}

struct platform_driver gone_driver = {
	.remove = gone_remove_bad,
};

struct kept {
	struct device *dev;
	struct video_device vdev;
	void *frame;
	dma_addr_t dma;
};

static int kept_start_ok(struct vb2_queue *q, unsigned int count)
{
	struct kept *p = q->drv_priv;

	p->frame = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->frame ? 0 : -ENOMEM;
}

static void kept_stop_ok(struct vb2_queue *q)
{
	struct kept *p = q->drv_priv;

	if (p->dev)
		dma_free_coherent(p->dev, RING, p->frame, p->dma);
}

const struct vb2_ops kept_ops = {
	.start_streaming = kept_start_ok,
	.stop_streaming = kept_stop_ok,
};

static int kept_remove_ok(struct platform_device *pdev)
{
	struct kept *p = platform_get_drvdata(pdev);

	vb2_video_unregister_device(&p->vdev);
	p->dev = NULL;
	return 0;
}

struct platform_driver kept_driver = {
	.remove = kept_remove_ok,
};

/* remove stops the stream itself */
struct halting {
	struct device *dev;
	struct video_device vdev;
	void *frame;
	dma_addr_t dma;
};

static int halting_start_ok(struct vb2_queue *q, unsigned int count)
{
	struct halting *p = q->drv_priv;

	p->frame = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->frame ? 0 : -ENOMEM;
}

static void halting_free(struct halting *p)
{
	if (p->frame)
		dma_free_coherent(p->dev, RING, p->frame, p->dma);
	p->frame = NULL;
}

static void halting_stop_ok(struct vb2_queue *q)
{
	halting_free(q->drv_priv);
}

const struct vb2_ops halting_ops = {
	.start_streaming = halting_start_ok,
	.stop_streaming = halting_stop_ok,
};

static int halting_remove_ok(struct platform_device *pdev)
{
	struct halting *p = platform_get_drvdata(pdev);

	halting_free(p);
	p->dev = NULL;
	video_unregister_device(&p->vdev);
	return 0;
}

struct platform_driver halting_driver = {
	.remove = halting_remove_ok,
};
