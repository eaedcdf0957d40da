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
	u8 pad[236 - 4 * sizeof(void *)];
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

/* usb_control_msg() waits, and nobody who writes runs beside it. */
int box_packet_ok(struct box *b)
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

/* --- when is it written? --- */

struct pen {
	struct usb_device *udev;
	struct urb *urb;
	unsigned int moves;
	u8 id[8];
	u8 report[8];
	unsigned int opened;
	char name[16];
};

struct pen *pen_of(struct usb_interface *intf);

/* Runs while somebody waits for usb_control_msg(). */
static void pen_moved(struct urb *urb)
{
	struct pen *p = urb->context;

	p->moves++;
	usb_submit_urb(urb, GFP_ATOMIC);
}

int pen_start(struct pen *p)
{
	usb_fill_int_urb(p->urb, p->udev, usb_rcvintpipe(p->udev, 1),
			 kzalloc(8, GFP_KERNEL), 8, pen_moved, p, 8);
	return usb_submit_urb(p->urb, GFP_KERNEL);
}

int pen_identify_bad(struct pen *p)
{
	/* dma-bad-memory: medium */
	return usb_control_msg(p->udev, usb_rcvctrlpipe(p->udev, 0), 2, 0xc0,
			       0, 0, p->id, 8, 1000);
}

struct mouse {
	struct usb_device *udev;
	unsigned int moves;
	u8 id[8];
	char name[16];
};

struct mouse *mouse_of(struct usb_interface *intf);

static void mouse_moved(struct urb *urb)
{
	struct mouse *m = urb->context;

	m->moves++;
}

/* It waits, and nothing else runs before the device is there. */
static int mouse_probe_ok(struct usb_interface *intf,
			  const struct usb_device_id *id)
{
	struct mouse *m = mouse_of(intf);

	return usb_control_msg(m->udev, usb_rcvctrlpipe(m->udev, 0), 2, 0xc0,
			       0, 0, m->id, 8, 1000);
}

int mouse_start(struct mouse *m, struct urb *urb);

int mouse_start(struct mouse *m, struct urb *urb)
{
	usb_fill_int_urb(urb, m->udev, usb_rcvintpipe(m->udev, 1),
			 kzalloc(8, GFP_KERNEL), 8, mouse_moved, m, 8);
	return usb_submit_urb(urb, GFP_KERNEL);
}

static struct usb_driver mouse_driver = {
	.name = "mouse",
	.probe = mouse_probe_ok,
};

int mouse_register(void);

int mouse_register(void)
{
	return usb_register_driver(&mouse_driver, THIS_MODULE, "mouse");
}

struct state {
	struct device *dev;
	unsigned int used, failed;
	u8 digest[16];
	dma_addr_t dma;
};

/* What lies beside it is written before, and after, it is mapped. */
int state_ok(struct state *s, struct device *dev, void __iomem *regs)
{
	s->used++;
	s->dma = dma_map_single(s->dev, s->digest, 16, DMA_TO_DEVICE);
	if (dma_mapping_error(s->dev, s->dma))
		return -ENOMEM;
	writel(s->dma, regs);
	while (readl(regs + 4))
		;
	dma_unmap_single(s->dev, s->dma, 16, DMA_TO_DEVICE);
	s->failed++;
	return 0;
}

struct result {
	struct device *dev;
	unsigned int used;
	u8 digest[16];
	unsigned int mapped;
};

int result_before_ok(struct result *r, void __iomem *regs)
{
	dma_addr_t dma;

	r->used++;
	dma = dma_map_single(r->dev, r->digest, 16, DMA_FROM_DEVICE);
	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	writel(dma, regs);
	while (readl(regs + 4))
		;
	dma_unmap_single(r->dev, dma, 16, DMA_FROM_DEVICE);
	r->mapped++;
	return 0;
}

struct sum {
	struct device *dev;
	u8 digest[16];
	unsigned int mapped;
};

int sum_meanwhile_bad(struct sum *r, void __iomem *regs)
{
	/* dma-bad-memory: high */
	dma_addr_t dma = dma_map_single(r->dev, r->digest, 16,
					DMA_FROM_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	r->mapped++;
	writel(dma, regs);
	while (readl(regs + 4))
		;
	dma_unmap_single(r->dev, dma, 16, DMA_FROM_DEVICE);
	return 0;
}

/* --- mapped on one way, copied on another --- */

struct sio {
	struct usb_device *udev;
	bool rom;
	u8 *out;
};

static int sio_send(struct sio *s, void *buf, int len)
{
	if (s->rom)
		return usb_control_msg(s->udev, usb_sndctrlpipe(s->udev, 0), 1,
				       0x40, 0, 0, buf, len, 1000);
	memcpy(s->out, buf, len);
	return len;
}

int sio_command_ok(struct sio *s)
{
	u32 cmd = 7;

	return sio_send(s, &cmd, sizeof(cmd));
}

/* Both ways map it. */
static int sio_transfer(struct sio *s, void *buf, int len, bool in)
{
	if (in)
		return usb_control_msg(s->udev, usb_rcvctrlpipe(s->udev, 0), 1,
				       0xc0, 0, 0, buf, len, 1000);
	return usb_control_msg(s->udev, usb_sndctrlpipe(s->udev, 0), 1, 0x40,
			       0, 0, buf, len, 1000);
}

int sio_state_bad(struct sio *s)
{
	u32 state;

	return sio_transfer(s, &state, sizeof(state), true) < 0;
}
