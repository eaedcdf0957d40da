// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/slab.h>
#include <linux/usb.h>

struct bridge {
	struct usb_device *udev;
	unsigned int errors;
	u8 status[16];
	bool ready;
};

int bridge_listen(struct bridge *b, struct urb *urb, void *buf);
int bridge_status(struct bridge *b);

/* The device says by itself that something went wrong. */
static void bridge_event(struct urb *urb)
{
	struct bridge *b = urb->context;

	b->errors++;
	usb_submit_urb(urb, GFP_ATOMIC);
}

int bridge_listen(struct bridge *b, struct urb *urb, void *buf)
{
	usb_fill_int_urb(urb, b->udev, usb_rcvintpipe(b->udev, 1), buf, 8,
			 bridge_event, b, 4);
	return usb_submit_urb(urb, GFP_KERNEL);
}

static int bridge_read(struct usb_device *udev, u8 what, void *to, int len)
{
	int got, ret;

	ret = usb_control_msg(udev, usb_sndctrlpipe(udev, 0), what, 0x40, 0,
			      0, NULL, 0, 500);
	if (ret < 0)
		return ret;
	ret = usb_bulk_msg(udev, usb_rcvbulkpipe(udev, 2), to, len, &got,
			   500);
	return ret ? ret : got;
}

static int bridge_failed(struct bridge *b, int ret)
{
	b->errors++;
	b->ready = false;
	usb_control_msg(b->udev, usb_sndctrlpipe(b->udev, 0), 0, 0x40, 0, 0,
			NULL, 0, 500);
	return ret;
}

int bridge_status(struct bridge *b)
{
	int ret = bridge_read(b->udev, 1, b->status, sizeof(b->status));

	if (ret < 0)
		return bridge_failed(b, ret);
	return 0;
}
