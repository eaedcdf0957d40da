// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/usb.h>
#include <media/videobuf2.h>

#define RADIO_BUFS	8
#define RADIO_BYTES	512

struct radio {
	struct usb_device *udev;
	struct video_device vdev;
	struct mutex lock;
	u8 *buf[RADIO_BUFS];
	dma_addr_t dma[RADIO_BUFS];
	int nbufs;
};

static void radio_free_bufs(struct radio *r)
{
	while (r->nbufs) {
		r->nbufs--;
		usb_free_coherent(r->udev, RADIO_BYTES, r->buf[r->nbufs],
				  r->dma[r->nbufs]);
	}
}

static int radio_start_streaming(struct vb2_queue *q, unsigned int count)
{
	struct radio *r = q->drv_priv;

	for (r->nbufs = 0; r->nbufs < RADIO_BUFS; r->nbufs++) {
		r->buf[r->nbufs] = usb_alloc_coherent(r->udev, RADIO_BYTES,
						      GFP_KERNEL,
						      &r->dma[r->nbufs]);
		if (!r->buf[r->nbufs]) {
			radio_free_bufs(r);
			return -ENOMEM;
		}
	}
	return 0;
}

static void radio_stop_streaming(struct vb2_queue *q)
{
	struct radio *r = q->drv_priv;

	mutex_lock(&r->lock);
	radio_free_bufs(r);
	mutex_unlock(&r->lock);
}

const struct vb2_ops radio_vb2_ops = {
	.start_streaming = radio_start_streaming,
	.stop_streaming = radio_stop_streaming,
};

static int radio_disconnect(struct platform_device *pdev)
{
	struct radio *r = platform_get_drvdata(pdev);

	vb2_video_unregister_device(&r->vdev);
	mutex_lock(&r->lock);
	r->udev = NULL;
	mutex_unlock(&r->lock);
	return 0;
}

struct platform_driver radio_driver = {
	.remove = radio_disconnect,
};
