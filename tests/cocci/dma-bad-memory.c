// SPDX-License-Identifier: GPL-2.0-or-later

static u8 table[64];

struct command {
	u8 word;
	u8 data[8];
};

static int array_bad(struct device *dev)
{
	u8 buf[64];
	dma_addr_t h = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	return dma_mapping_error(dev, h);
}

static int object_bad(struct usb_device *udev)
{
	u16 status;

	return usb_control_msg(udev, usb_rcvctrlpipe(udev, 0), 1, 0, 0, 0,
			       &status, 2, 1000);
}

static int member_bad(struct usb_device *udev)
{
	struct command c;
	int len;

	c.word = 1;
	return usb_bulk_msg(udev, 2, c.data, 8, &len, 1000);
}

static int vmalloc_bad(struct device *dev, size_t len)
{
	void *p = vmalloc(len);
	dma_addr_t h;

	if (!p)
		return -ENOMEM;
	h = dma_map_single(dev, p, len, DMA_TO_DEVICE);
	return dma_mapping_error(dev, h);
}

static int static_bad(struct device *dev)
{
	dma_addr_t h = dma_map_single(dev, table, 64, DMA_TO_DEVICE);

	return dma_mapping_error(dev, h);
}

static int parameter_ok(struct device *dev, u8 buf[64])
{
	dma_addr_t h = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	return dma_mapping_error(dev, h);
}

static int allocated_ok(struct usb_device *udev, struct command *c)
{
	u8 *p = kmalloc(64, GFP_KERNEL);
	int len;

	if (!p)
		return -ENOMEM;
	usb_bulk_msg(udev, 2, p, 64, &len, 1000);
	return usb_bulk_msg(udev, 2, c->data, 8, &len, 1000);
}
