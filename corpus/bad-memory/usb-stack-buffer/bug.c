// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

struct dac_info {
	__le16 vendor;
	__le16 product;
	__le32 serial;
};

struct dac {
	struct usb_device *udev;
	u32 serial;
};

int dac_read_info(struct dac *dac);

int dac_read_info(struct dac *dac)
{
	struct dac_info info;
	int ret, len;

	ret = usb_bulk_msg(dac->udev, usb_rcvbulkpipe(dac->udev, 1), &info,
			   sizeof(info), &len, 1000);
	if (ret)
		return ret;
	if (len != sizeof(info))
		return -EIO;
	dac->serial = le32_to_cpu(info.serial);
	return 0;
}
