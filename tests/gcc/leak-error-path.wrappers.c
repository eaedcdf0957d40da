// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the cores of subsystems map for a driver has to be given back to them.
 */
#include <linux/dma-mapping.h>
#include <linux/usb.h>

struct usb_gadget;
struct usb_request;
struct ib_umem;
struct spi_controller;
struct spi_mem_op;
struct fw_card;

int usb_gadget_map_request(struct usb_gadget *g, struct usb_request *req,
			   int is_in);
void usb_gadget_unmap_request(struct usb_gadget *g, struct usb_request *req,
			      int is_in);
struct ib_umem *ib_umem_get(void *dev, unsigned long addr, size_t size,
			    int access);
void ib_umem_release(struct ib_umem *umem);
int spi_controller_dma_map_mem_op_data(struct spi_controller *ctlr,
				       const struct spi_mem_op *op,
				       struct sg_table *sgt);
void spi_controller_dma_unmap_mem_op_data(struct spi_controller *ctlr,
					  const struct spi_mem_op *op,
					  struct sg_table *sgt);
int fw_iso_buffer_init(void *buffer, struct fw_card *card, int pages,
		       enum dma_data_direction dir);
void fw_iso_buffer_destroy(void *buffer, struct fw_card *card);

struct usb_ep {
	struct usb_gadget *gadget;
	void *desc;
	bool in;
};

struct usb_ep_ops {
	int (*queue)(struct usb_ep *ep, struct usb_request *req, gfp_t gfp);
};

int ep_start(struct usb_ep *ep, struct usb_request *req);
int ep_prepare(struct usb_ep *ep);

/* After a failed queue() nobody gives the request back. */
static int ep_queue_bad(struct usb_ep *ep, struct usb_request *req, gfp_t gfp)
{
	int err = usb_gadget_map_request(ep->gadget, req, ep->in);

	if (err)
		return err;
	if (ep_prepare(ep))
		return -EAGAIN;
	ep_start(ep, req);
	return 0;
}

static int ep_queue_ok(struct usb_ep *ep, struct usb_request *req, gfp_t gfp)
{
	int err = usb_gadget_map_request(ep->gadget, req, ep->in);

	if (err)
		return err;
	if (ep_prepare(ep)) {
		usb_gadget_unmap_request(ep->gadget, req, ep->in);
		return -EAGAIN;
	}
	ep_start(ep, req);
	return 0;
}

struct usb_ep_ops ops_bad = { .queue = ep_queue_bad };
struct usb_ep_ops ops_ok = { .queue = ep_queue_ok };

struct mr {
	struct ib_umem *umem;
	u32 key;
};

int mr_write(struct mr *mr);

struct mr *mr_reg_bad(void *dev, unsigned long addr, size_t len)
{
	struct mr *mr = kzalloc(sizeof(*mr), GFP_KERNEL);
	int err;

	if (!mr)
		return ERR_PTR(-ENOMEM);
	mr->umem = ib_umem_get(dev, addr, len, 0);
	if (IS_ERR(mr->umem)) {
		err = PTR_ERR(mr->umem);
		goto free_mr;
	}
	mr->key = 1;
	err = dma_set_mask(dev, DMA_BIT_MASK(64));
	if (err)
		goto free_mr;
	return mr;
free_mr:
	kfree(mr);
	return ERR_PTR(err);
}

struct mr *mr_reg_ok(void *dev, unsigned long addr, size_t len)
{
	struct mr *mr = kzalloc(sizeof(*mr), GFP_KERNEL);
	int err;

	if (!mr)
		return ERR_PTR(-ENOMEM);
	mr->umem = ib_umem_get(dev, addr, len, 0);
	if (IS_ERR(mr->umem)) {
		err = PTR_ERR(mr->umem);
		goto free_mr;
	}
	err = dma_set_mask(dev, DMA_BIT_MASK(64));
	if (err)
		goto release;
	return mr;
release:
	ib_umem_release(mr->umem);
free_mr:
	kfree(mr);
	return ERR_PTR(err);
}

/* Where errors are ERR_PTR(), NULL says that all is well. */
struct mr *mr_rereg_ok(struct mr *mr, void *dev, unsigned long addr,
		       size_t len)
{
	struct ib_umem *umem = ib_umem_get(dev, addr, len, 0);
	int err;

	if (IS_ERR(umem))
		return ERR_CAST(umem);
	mr->umem = umem;
	err = dma_set_mask(dev, DMA_BIT_MASK(64));
	if (err) {
		ib_umem_release(umem);
		return ERR_PTR(err);
	}
	return NULL;
}

int mem_exec_bad(struct spi_controller *ctlr, const struct spi_mem_op *op,
		 struct device *dev)
{
	struct sg_table sgt;
	int err = spi_controller_dma_map_mem_op_data(ctlr, op, &sgt);

	if (err)
		return err;
	if (dma_set_mask(dev, DMA_BIT_MASK(64)))
		return -EIO;
	spi_controller_dma_unmap_mem_op_data(ctlr, op, &sgt);
	return 0;
}

int mem_exec_ok(struct spi_controller *ctlr, const struct spi_mem_op *op,
		struct device *dev)
{
	struct sg_table sgt;
	int err = spi_controller_dma_map_mem_op_data(ctlr, op, &sgt);

	if (err)
		return err;
	if (dma_set_mask(dev, DMA_BIT_MASK(64)))
		err = -EIO;
	spi_controller_dma_unmap_mem_op_data(ctlr, op, &sgt);
	return err;
}

struct stream {
	u32 buffer[16];
	void *packets;
};

int stream_init_bad(struct stream *s, struct fw_card *card)
{
	int err = fw_iso_buffer_init(&s->buffer, card, 8, DMA_TO_DEVICE);

	if (err < 0)
		return err;
	s->packets = kcalloc(8, 64, GFP_KERNEL);
	if (!s->packets)
		return -ENOMEM;
	if (s->buffer[0]) {
		kfree(s->packets);
		fw_iso_buffer_destroy(&s->buffer, card);
		return -EIO;
	}
	return 0;
}

int stream_init_ok(struct stream *s, struct fw_card *card)
{
	int err = fw_iso_buffer_init(&s->buffer, card, 8, DMA_TO_DEVICE);

	if (err < 0)
		return err;
	s->packets = kcalloc(8, 64, GFP_KERNEL);
	if (!s->packets) {
		fw_iso_buffer_destroy(&s->buffer, card);
		return -ENOMEM;
	}
	return 0;
}
