// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

#define GAUGE_BYTES	8

struct gauge {
	struct usb_device *udev;
};

int gauge_transfer(struct gauge *gauge, dma_addr_t dma);
int gauge_read(struct gauge *gauge);

int gauge_read(struct gauge *gauge)
{
	dma_addr_t dma;
	u8 *buf, value;
	int err;

	buf = usb_alloc_coherent(gauge->udev, GAUGE_BYTES, GFP_KERNEL, &dma);
	if (!buf)
		return -ENOMEM;
	err = gauge_transfer(gauge, dma);
	usb_free_coherent(gauge->udev, GAUGE_BYTES, buf, dma);
	if (err < 0)
		return err;
	value = buf[3];
	return value;
}
