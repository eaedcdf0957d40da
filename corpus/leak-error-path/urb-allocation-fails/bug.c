// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

struct cam {
	struct usb_device *udev;
	struct usb_anchor anchor;
};

int cam_start(struct cam *cam);

static void cam_frame(struct urb *urb)
{
	if (!urb->status && !usb_submit_urb(urb, GFP_ATOMIC))
		return;
	usb_free_coherent(urb->dev, urb->transfer_buffer_length,
			  urb->transfer_buffer, urb->transfer_dma);
}

int cam_start(struct cam *cam)
{
	struct urb *urb;
	dma_addr_t dma;
	void *buf = usb_alloc_coherent(cam->udev, 512, GFP_KERNEL, &dma);
	int ret;

	if (!buf)
		return -ENOMEM;
	urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!urb)
		return -ENOMEM;
	usb_fill_bulk_urb(urb, cam->udev, usb_rcvbulkpipe(cam->udev, 1), buf,
			  512, cam_frame, cam);
	urb->transfer_dma = dma;
	urb->transfer_flags |= URB_NO_TRANSFER_DMA_MAP;
	usb_anchor_urb(urb, &cam->anchor);
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(cam->udev, 512, buf, dma);
	usb_free_urb(urb);
	return ret;
}
