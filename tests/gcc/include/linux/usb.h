/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_USB_H
#define SIM_LINUX_USB_H

#include <linux/device.h>
#include <linux/module.h>

#define URB_NO_TRANSFER_DMA_MAP	0x0004
#define URB_FREE_BUFFER		0x0100
#define USB_DIR_OUT		0
#define USB_DIR_IN		0x80

struct usb_device {
	int devnum;
	struct device dev;
};

struct usb_interface {
	int minor;
	struct device dev;
};

struct usb_device_id {
	u16 vendor, product;
};

struct usb_ctrlrequest {
	u8 bRequestType, bRequest;
	__le16 wValue, wIndex, wLength;
};

struct urb;
typedef void (*usb_complete_t)(struct urb *urb);

struct usb_anchor {
	struct list_head urb_list;
};

struct urb {
	struct usb_device *dev;
	unsigned int pipe;
	unsigned int transfer_flags;
	void *transfer_buffer;
	dma_addr_t transfer_dma;
	u32 transfer_buffer_length;
	u32 actual_length;
	unsigned char *setup_packet;
	int status;
	int interval;
	void *context;
	usb_complete_t complete;
};

struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf,
		     const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
};

void *usb_alloc_coherent(struct usb_device *dev, size_t size, gfp_t gfp,
			 dma_addr_t *dma);
void usb_free_coherent(struct usb_device *dev, size_t size, void *addr,
		       dma_addr_t dma);
struct urb *usb_alloc_urb(int iso_packets, gfp_t gfp);
void usb_free_urb(struct urb *urb);
int usb_submit_urb(struct urb *urb, gfp_t gfp);
void usb_kill_urb(struct urb *urb);
void usb_anchor_urb(struct urb *urb, struct usb_anchor *anchor);
void usb_unanchor_urb(struct urb *urb);
int usb_control_msg(struct usb_device *dev, unsigned int pipe, u8 request,
		    u8 requesttype, u16 value, u16 index, void *data,
		    u16 size, int timeout);
int usb_bulk_msg(struct usb_device *dev, unsigned int pipe, void *data,
		 int len, int *actual, int timeout);
int usb_interrupt_msg(struct usb_device *dev, unsigned int pipe, void *data,
		      int len, int *actual, int timeout);
int usb_register(struct usb_driver *drv);

static inline struct usb_device *interface_to_usbdev(struct usb_interface *i)
{
	return container_of(i->dev.parent, struct usb_device, dev);
}

static inline void *usb_get_intfdata(struct usb_interface *intf)
{
	return dev_get_drvdata(&intf->dev);
}

static inline void usb_set_intfdata(struct usb_interface *intf, void *data)
{
	dev_set_drvdata(&intf->dev, data);
}

static inline unsigned int __create_pipe(struct usb_device *dev,
					 unsigned int endpoint)
{
	return (dev->devnum << 8) | (endpoint << 15);
}

#define usb_sndbulkpipe(dev, ep)	((3U << 30) | __create_pipe(dev, ep))
#define usb_rcvbulkpipe(dev, ep)	\
	((3U << 30) | __create_pipe(dev, ep) | USB_DIR_IN)
#define usb_sndintpipe(dev, ep)		((1U << 30) | __create_pipe(dev, ep))
#define usb_rcvintpipe(dev, ep)		\
	((1U << 30) | __create_pipe(dev, ep) | USB_DIR_IN)
#define usb_sndctrlpipe(dev, ep)	((2U << 30) | __create_pipe(dev, ep))
#define usb_rcvctrlpipe(dev, ep)	\
	((2U << 30) | __create_pipe(dev, ep) | USB_DIR_IN)

static inline void usb_fill_bulk_urb(struct urb *urb, struct usb_device *dev,
				     unsigned int pipe, void *buffer, int len,
				     usb_complete_t complete, void *context)
{
	urb->dev = dev;
	urb->pipe = pipe;
	urb->transfer_buffer = buffer;
	urb->transfer_buffer_length = len;
	urb->complete = complete;
	urb->context = context;
}

static inline void usb_fill_control_urb(struct urb *urb,
					struct usb_device *dev,
					unsigned int pipe,
					unsigned char *setup_packet,
					void *buffer, int len,
					usb_complete_t complete, void *context)
{
	usb_fill_bulk_urb(urb, dev, pipe, buffer, len, complete, context);
	urb->setup_packet = setup_packet;
}

static inline void usb_fill_int_urb(struct urb *urb, struct usb_device *dev,
				    unsigned int pipe, void *buffer, int len,
				    usb_complete_t complete, void *context,
				    int interval)
{
	usb_fill_bulk_urb(urb, dev, pipe, buffer, len, complete, context);
	urb->interval = interval;
}

#define module_usb_driver(drv)	module_driver(drv, usb_register)

#endif
