// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/usb.h>

struct pcu {
	struct usb_device *udev;
	size_t max_in_size, max_out_size;
	u8 *in_buf, *out_buf;
	dma_addr_t in_dma, out_dma;
	struct urb *urb_in;
};

int pcu_start(struct pcu *pcu);
void pcu_stop(struct pcu *pcu);

static int pcu_buffers_alloc(struct pcu *pcu)
{
	int err;

	pcu->in_buf = usb_alloc_coherent(pcu->udev, pcu->max_in_size,
					 GFP_KERNEL, &pcu->in_dma);
	if (!pcu->in_buf)
		return -ENOMEM;
	pcu->urb_in = usb_alloc_urb(0, GFP_KERNEL);
	if (!pcu->urb_in) {
		err = -ENOMEM;
		goto err_in;
	}
	pcu->out_buf = usb_alloc_coherent(pcu->udev, pcu->max_out_size,
					  GFP_KERNEL, &pcu->out_dma);
	if (!pcu->out_buf) {
		err = -ENOMEM;
		goto err_urb;
	}
	return 0;

err_urb:
	usb_free_urb(pcu->urb_in);
err_in:
	usb_free_coherent(pcu->udev, pcu->max_in_size, pcu->in_buf,
			  pcu->in_dma);
	return err;
}

static void pcu_buffers_free(struct pcu *pcu)
{
	usb_kill_urb(pcu->urb_in);
	usb_free_urb(pcu->urb_in);
	usb_free_coherent(pcu->udev, pcu->max_out_size, pcu->in_buf,
			  pcu->in_dma);
	usb_free_coherent(pcu->udev, pcu->max_out_size, pcu->out_buf,
			  pcu->out_dma);
}

int pcu_start(struct pcu *pcu)
{
	return pcu_buffers_alloc(pcu);
}

void pcu_stop(struct pcu *pcu)
{
	pcu_buffers_free(pcu);
}
