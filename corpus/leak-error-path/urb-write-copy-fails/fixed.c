// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

struct dev {
	struct usb_device *udev;
	struct urb *urb;
	bool gone;
};

int copy_in(void *to, const void *from, size_t len);
int dev_write(struct dev *d, const void *data, size_t len);

static void dev_written(struct urb *urb)
{
	usb_free_coherent(urb->dev, urb->transfer_buffer_length,
			  urb->transfer_buffer, urb->transfer_dma);
}

int dev_write(struct dev *d, const void *data, size_t len)
{
	dma_addr_t dma;
	void *buf = usb_alloc_coherent(d->udev, len, GFP_KERNEL, &dma);
	int ret;

	if (!buf)
		return -ENOMEM;
	if (d->gone) {
		ret = -ENODEV;
		goto error;
	}
	memcpy(buf, data, len);
	usb_fill_bulk_urb(d->urb, d->udev, usb_sndbulkpipe(d->udev, 2), buf,
			  len, dev_written, d);
	d->urb->transfer_dma = dma;
	ret = usb_submit_urb(d->urb, GFP_KERNEL);
	if (ret)
		goto error;
	return 0;
error:
	usb_free_coherent(d->udev, len, buf, dma);
	return ret;
}
