// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/slab.h>
#include <linux/usb.h>

struct pad {
	struct usb_device *udev;
	struct urb *urb;
	unsigned int last;
	u8 *report;
	char name[32];
};

int pad_probe(struct pad *p);
int pad_start(struct pad *p);

static void pad_report(struct urb *urb)
{
	struct pad *p = urb->context;

	p->last = p->report[0] | p->report[1] << 8;
	usb_submit_urb(urb, GFP_ATOMIC);
}

int pad_probe(struct pad *p)
{
	p->report = kzalloc(8, GFP_KERNEL);
	if (!p->report)
		return -ENOMEM;
	p->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->urb) {
		kfree(p->report);
		return -ENOMEM;
	}
	return 0;
}

int pad_start(struct pad *p)
{
	usb_fill_int_urb(p->urb, p->udev, usb_rcvintpipe(p->udev, 1),
			 p->report, 8, pad_report, p, 4);
	return usb_submit_urb(p->urb, GFP_KERNEL);
}
