// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

#define CAP_IN	128
#define CAP_OUT	64

struct cap {
	struct usb_device *udev;
	u8 *in, *out;
	dma_addr_t in_dma, out_dma;
};

static int cap_buffers_alloc(struct cap *cap)
{
	cap->in = usb_alloc_coherent(cap->udev, CAP_IN, GFP_KERNEL,
				     &cap->in_dma);
	if (!cap->in)
		return -ENOMEM;
	cap->out = usb_alloc_coherent(cap->udev, CAP_OUT, GFP_KERNEL,
				      &cap->out_dma);
	if (!cap->out) {
		usb_free_coherent(cap->udev, CAP_IN, cap->in, cap->in_dma);
		return -ENOMEM;
	}
	return 0;
}

static void cap_buffers_free(struct cap *cap)
{
	if (cap->out)
		usb_free_coherent(cap->udev, CAP_OUT, cap->out, cap->out_dma);
	if (cap->in)
		usb_free_coherent(cap->udev, CAP_IN, cap->in, cap->in_dma);
}

static int cap_probe(struct usb_interface *intf,
		     const struct usb_device_id *id)
{
	struct cap *cap = kzalloc(sizeof(*cap), GFP_KERNEL);
	int err;

	if (!cap)
		return -ENOMEM;
	cap->udev = interface_to_usbdev(intf);
	err = cap_buffers_alloc(cap);
	if (err)
		goto err_free;
	usb_set_intfdata(intf, cap);
	return 0;

err_free:
	cap_buffers_free(cap);
	kfree(cap);
	return err;
}

static void cap_disconnect(struct usb_interface *intf)
{
	struct cap *cap = usb_get_intfdata(intf);

	cap_buffers_free(cap);
	kfree(cap);
}

static struct usb_driver cap_driver = {
	.name = "cap",
	.probe = cap_probe,
	.disconnect = cap_disconnect,
};
module_usb_driver(cap_driver);
