// SPDX-License-Identifier: GPL-2.0-or-later
/* Buffers beside what the CPU writes share a cache line with it. */
#include <linux/dma-mapping.h>
#include <linux/spi/spi.h>
#include <linux/usb.h>

#define CACHE_LINE	__attribute__((aligned(64)))
/* What is left of ARCH_DMA_MINALIGN where DMA is coherent. */
#define DMA_MINALIGN	__attribute__((aligned(8)))

struct remote {
	struct usb_device *udev;
	struct device *dev;
	struct spi_device *spi;
	struct urb *urb;
	unsigned int presses;
	u8 rx[8];
	u8 tx[8];
	u8 pad[204];
	u8 far[128];
	u8 pad2[128];
	bool open;
	u8 *heap;
};

_Static_assert(offsetof(struct remote, far) % 64 == 0, "luck has left");

struct aligned_remote {
	struct usb_device *udev;
	struct urb *urb;
	unsigned int presses;
	u8 rx[64] CACHE_LINE;
	u8 more[64];
};

struct sensor {
	struct spi_device *spi;
	unsigned int count;
	u8 tx[4] DMA_MINALIGN;
	u8 rx[4];
};

struct gauge {
	struct spi_device *spi;
	unsigned int count;
	u8 rx[4];
};

struct packet {
	u8 bytes[64];
};

/* Nobody writes to what lies beside the buffer of this one. */
struct quiet {
	struct usb_device *udev;
	u8 before[64], rx[32], after[64];
};

struct box {
	struct usb_device *udev;
	unsigned int state;
	struct packet packet;
};

int remote_pressed(struct remote *r);
void remote_done(struct urb *urb);

int remote_pressed(struct remote *r)
{
	r->presses++;
	return usb_submit_urb(r->urb, GFP_ATOMIC);
}

int usb_fill_in_bad(struct remote *r)
{
	/* dma-bad-memory: high */
	usb_fill_int_urb(r->urb, r->udev, usb_rcvintpipe(r->udev, 1), r->rx,
			 sizeof(r->rx), remote_done, r, 8);
	return 0;
}

/* The device only reads: no line is thrown away. */
int usb_fill_out_ok(struct remote *r)
{
	usb_fill_bulk_urb(r->urb, r->udev, usb_sndbulkpipe(r->udev, 1), r->tx,
			  sizeof(r->tx), remote_done, r);
	return 0;
}

/* Lines of its own, by luck: offset 256, 128 bytes. */
int far_ok(struct remote *r)
{
	int actual;

	return usb_bulk_msg(r->udev, usb_rcvbulkpipe(r->udev, 1), r->far, 128,
			    &actual, 1000);
}

int pointer_ok(struct remote *r)
{
	int actual;

	return usb_bulk_msg(r->udev, usb_rcvbulkpipe(r->udev, 1), r->heap, 64,
			    &actual, 1000);
}

int aligned_pressed(struct aligned_remote *r);

int aligned_pressed(struct aligned_remote *r)
{
	r->presses++;
	return usb_submit_urb(r->urb, GFP_ATOMIC);
}

int aligned_ok(struct aligned_remote *r)
{
	usb_fill_int_urb(r->urb, r->udev, usb_rcvintpipe(r->udev, 1), r->rx,
			 sizeof(r->rx), remote_done, r, 8);
	return 0;
}

int behind_aligned_ok(struct aligned_remote *r)
{
	int actual;

	return usb_bulk_msg(r->udev, usb_rcvbulkpipe(r->udev, 1), r->more, 64,
			    &actual, 1000);
}

int quiet_ok(struct quiet *q)
{
	int actual;

	return usb_bulk_msg(q->udev, usb_rcvbulkpipe(q->udev, 1), q->rx,
			    sizeof(q->rx), &actual, 1000);
}

/* --- through functions of the driver --- */

static int box_ask(struct usb_device *udev, void *buf, int len)
{
	return usb_control_msg(udev, usb_rcvctrlpipe(udev, 0), 1, 0xc0, 0, 0,
			       buf, len, 1000);
}

int box_packet_bad(struct box *b)
{
	return box_ask(b->udev, &b->packet, sizeof(b->packet));
}

int box_bytes_ok(struct packet *p, struct usb_device *udev)
{
	return box_ask(udev, p->bytes, sizeof(p->bytes));
}

int box_stack_bad(struct box *b)
{
	__le32 state;
	/* dma-bad-memory: high */
	int ret = box_ask(b->udev, &state, sizeof(state));

	if (ret < 0)
		return ret;
	b->state = le32_to_cpu(state);
	return 0;
}

/* --- streaming mappings --- */

int map_in_bad(struct remote *r)
{
	dma_addr_t dma = dma_map_single(r->dev, r->tx, sizeof(r->tx),
					DMA_FROM_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	remote_pressed(r);
	dma_unmap_single(r->dev, dma, sizeof(r->tx), DMA_FROM_DEVICE);
	return 0;
}

/* --- transfers that are filled in --- */

int spi_embedded_bad(struct gauge *g)
{
	struct spi_transfer t[2] = {
		{ .rx_buf = g->rx, .len = 1 },
		{ .rx_buf = g->rx + 1, .len = 1 },
	};

	g->count++;
	return spi_sync_transfer(g->spi, t, 2);
}

int spi_transfer_stack_bad(struct sensor *s)
{
	u8 value;
	struct spi_transfer t = { .len = 1 };
	int ret;

	t.rx_buf = &value;
	ret = spi_sync_transfer(s->spi, &t, 1);
	return ret ? ret : value;
}

int spi_aligned_ok(struct sensor *s)
{
	struct spi_transfer t = { .tx_buf = s->tx, .rx_buf = s->rx, .len = 4 };

	s->count++;
	return spi_sync_transfer(s->spi, &t, 1);
}

int urb_stack_bad(struct remote *r)
{
	u8 setup[8] = { 0x40, 1 };

	r->urb->setup_packet = setup;
	return usb_submit_urb(r->urb, GFP_KERNEL);
}
