// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

#define TOUCH_LEN	16

struct touch {
	struct usb_device *udev;
	struct urb *urb;
	u8 *data;
	dma_addr_t dma;
};

static void touch_irq(struct urb *urb)
{
	if (urb->status)
		dev_err(&urb->dev->dev, "status %d\n", urb->status);
}

static int touch_probe(struct usb_interface *intf,
		       const struct usb_device_id *id)
{
	struct usb_device *udev = interface_to_usbdev(intf);
	struct touch *touch;

	touch = kzalloc(sizeof(*touch), GFP_KERNEL);
	if (!touch)
		return -ENOMEM;
	touch->udev = udev;
	touch->data = usb_alloc_coherent(udev, TOUCH_LEN, GFP_KERNEL,
					 &touch->dma);
	if (!touch->data)
		goto err_free;
	touch->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!touch->urb)
		goto err_data;
	usb_fill_int_urb(touch->urb, udev, usb_rcvintpipe(udev, 1),
			 touch->data, TOUCH_LEN, touch_irq, touch, 8);
	touch->urb->transfer_dma = touch->dma;
	touch->urb->transfer_flags |= URB_NO_TRANSFER_DMA_MAP;
	usb_set_intfdata(intf, touch);
	return 0;

err_data:
	kfree(touch->data);
err_free:
	kfree(touch);
	return -ENOMEM;
}

static void touch_disconnect(struct usb_interface *intf)
{
	struct touch *touch = usb_get_intfdata(intf);

	usb_kill_urb(touch->urb);
	usb_free_urb(touch->urb);
	usb_free_coherent(touch->udev, TOUCH_LEN, touch->data, touch->dma);
	kfree(touch);
}

static struct usb_driver touch_driver = {
	.name = "touch",
	.probe = touch_probe,
	.disconnect = touch_disconnect,
};
module_usb_driver(touch_driver);
