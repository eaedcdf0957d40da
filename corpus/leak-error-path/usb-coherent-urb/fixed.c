// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

#define SNIFF_BUF	512
#define SNIFF_URBS	4

struct sniff {
	struct usb_device *udev;
	struct usb_anchor rx;
	u8 ep_in;
};

int sniff_start_rx(struct sniff *s);

static void sniff_rx_done(struct urb *urb)
{
	struct sniff *s = urb->context;

	if (urb->status)
		dev_err(&s->udev->dev, "status %d\n", urb->status);
	usb_free_coherent(s->udev, SNIFF_BUF, urb->transfer_buffer,
			  urb->transfer_dma);
}

int sniff_start_rx(struct sniff *s)
{
	dma_addr_t dma;
	struct urb *urb;
	void *buf;
	int i, err;

	for (i = 0; i < SNIFF_URBS; i++) {
		urb = usb_alloc_urb(0, GFP_KERNEL);
		if (!urb)
			return -ENOMEM;

		buf = usb_alloc_coherent(s->udev, SNIFF_BUF, GFP_KERNEL, &dma);
		if (!buf) {
			usb_free_urb(urb);
			return -ENOMEM;
		}
		usb_fill_bulk_urb(urb, s->udev,
				  usb_rcvbulkpipe(s->udev, s->ep_in), buf,
				  SNIFF_BUF, sniff_rx_done, s);
		urb->transfer_dma = dma;
		urb->transfer_flags |= URB_NO_TRANSFER_DMA_MAP;
		usb_anchor_urb(urb, &s->rx);

		err = usb_submit_urb(urb, GFP_KERNEL);
		if (err) {
			usb_unanchor_urb(urb);
			usb_free_coherent(s->udev, SNIFF_BUF, buf, dma);
			usb_free_urb(urb);
			return err;
		}
		usb_free_urb(urb);
	}
	return 0;
}
