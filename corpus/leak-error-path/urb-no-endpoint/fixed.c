// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>
#include <linux/slab.h>

struct kbd {
	struct usb_device *udev;
	struct urb *urb;
	void *report;
	dma_addr_t dma;
};

static void kbd_disconnect(struct usb_interface *intf)
{
	struct kbd *kbd = usb_get_intfdata(intf);

	usb_kill_urb(kbd->urb);
	usb_free_urb(kbd->urb);
	usb_free_coherent(kbd->udev, 8, kbd->report, kbd->dma);
	kfree(kbd);
}

static int kbd_probe(struct usb_interface *intf,
		     const struct usb_device_id *id)
{
	struct kbd *kbd = kzalloc(sizeof(*kbd), GFP_KERNEL);

	if (!kbd)
		return -ENOMEM;
	kbd->udev = interface_to_usbdev(intf);
	kbd->report = usb_alloc_coherent(kbd->udev, 8, GFP_KERNEL, &kbd->dma);
	if (!kbd->report)
		goto free;
	kbd->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!kbd->urb)
		goto free_report;
	usb_set_intfdata(intf, kbd);
	return 0;
free_report:
	usb_free_coherent(kbd->udev, 8, kbd->report, kbd->dma);
free:
	kfree(kbd);
	return -ENOMEM;
}

struct usb_driver kbd_driver = {
	.name = "kbd",
	.probe = kbd_probe,
	.disconnect = kbd_disconnect,
};
