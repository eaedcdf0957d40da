// SPDX-License-Identifier: GPL-2.0-or-later
/* What right drivers do with lists, channels and urbs that others end. */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/mmc/host.h>
#include <linux/usb.h>
#include <crypto/skcipher.h>
#include <scsi/scsi_cmnd.h>

struct host {
	struct device *dev;
	void *regs;
	struct completion done;
	struct dma_chan *chan;
};

struct slot {
	void *data;
	dma_addr_t dma;
	u32 len;
};

/* --- mmc, scsi, crypto: lists that somebody else completes --- */

int mmc_pre_ok(struct host *host, struct mmc_data *data)
{
	int count;

	if (data->host_cookie)
		return data->sg_count;
	count = dma_map_sg(host->dev, data->sg, data->sg_len,
			   mmc_get_dma_dir(data));
	if (!count)
		return -ENOSPC;
	data->sg_count = count;
	data->host_cookie = 1;
	return count;
}

void mmc_post_ok(struct host *host, struct mmc_data *data)
{
	if (!data->host_cookie)
		return;
	dma_unmap_sg(host->dev, data->sg, data->sg_len, mmc_get_dma_dir(data));
	data->host_cookie = 0;
}

int mmc_submit_ok(struct host *host, struct mmc_data *data)
{
	int count = mmc_pre_ok(host, data);

	if (count < 0)
		return count;
	writel(count, host->regs);
	if (readl(host->regs)) {
		mmc_post_ok(host, data);
		return -EIO;
	}
	return 0;
}

int scsi_queue_ok(struct host *host, struct scsi_cmnd *cmd)
{
	struct scatterlist *sg;
	int i, n = scsi_dma_map(cmd);

	if (n < 0)
		return SCSI_MLQUEUE_HOST_BUSY;
	scsi_for_each_sg(cmd, sg, n, i)
		writeq(sg_dma_address(sg), host->regs);
	cmd->host_scribble = (void *)1;
	return 0;
}

void scsi_complete_ok(struct scsi_cmnd *cmd, int result)
{
	if (cmd->host_scribble)
		scsi_dma_unmap(cmd);
	cmd->result = result;
	scsi_done(cmd);
}

struct cipher_state {
	int src_nents, dst_nents;
	dma_addr_t iv;
};

static void cipher_unmap(struct host *host, struct skcipher_request *req)
{
	struct cipher_state *st = skcipher_request_ctx(req);

	if (st->iv)
		dma_unmap_single(host->dev, st->iv, 16, DMA_TO_DEVICE);
	if (req->src == req->dst) {
		dma_unmap_sg(host->dev, req->src, st->src_nents,
			     DMA_BIDIRECTIONAL);
		return;
	}
	dma_unmap_sg(host->dev, req->src, st->src_nents, DMA_TO_DEVICE);
	dma_unmap_sg(host->dev, req->dst, st->dst_nents, DMA_FROM_DEVICE);
}

int cipher_start_ok(struct host *host, struct skcipher_request *req)
{
	struct cipher_state *st = skcipher_request_ctx(req);
	int ret = -ENOMEM;

	st->src_nents = sg_nents(req->src);
	st->dst_nents = sg_nents(req->dst);
	st->iv = 0;
	if (req->src == req->dst) {
		if (!dma_map_sg(host->dev, req->src, st->src_nents,
				DMA_BIDIRECTIONAL))
			return ret;
	} else {
		if (!dma_map_sg(host->dev, req->src, st->src_nents,
				DMA_TO_DEVICE))
			return ret;
		if (!dma_map_sg(host->dev, req->dst, st->dst_nents,
				DMA_FROM_DEVICE)) {
			dma_unmap_sg(host->dev, req->src, st->src_nents,
				     DMA_TO_DEVICE);
			return ret;
		}
	}
	if (req->iv) {
		dma_addr_t iv = dma_map_single(host->dev, req->iv, 16,
					       DMA_TO_DEVICE);

		if (dma_mapping_error(host->dev, iv))
			goto unmap;
		st->iv = iv;
	}
	writel(1, host->regs);
	return -EINPROGRESS;
unmap:
	cipher_unmap(host, req);
	return ret;
}

void cipher_done_ok(struct host *host, struct skcipher_request *req, int err)
{
	cipher_unmap(host, req);
	crypto_finalize_skcipher_request(host, req, err);
}

/* --- dmaengine --- */

static void nic_dma_done(void *param)
{
	struct host *host = param;

	complete(&host->done);
}

int slave_start_ok(struct host *host, struct slot *s)
{
	struct device *dev = host->chan->device->dev;
	struct dma_async_tx_descriptor *tx;

	s->dma = dma_map_single(dev, s->data, s->len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, s->dma))
		return -ENOMEM;
	tx = dmaengine_prep_slave_single(host->chan, s->dma, s->len,
					 DMA_MEM_TO_DEV, DMA_PREP_INTERRUPT);
	if (!tx)
		goto unmap;
	tx->callback = nic_dma_done;
	tx->callback_param = host;
	if (dma_submit_error(dmaengine_submit(tx)))
		goto unmap;
	dma_async_issue_pending(host->chan);
	return 0;
unmap:
	dma_unmap_single(dev, s->dma, s->len, DMA_TO_DEVICE);
	return -EIO;
}

/* --- usb --- */

struct stick {
	struct usb_device *udev;
	struct urb *urb[4];
	u8 *buf[4];
	dma_addr_t dma[4];
};

static void stick_free(struct stick *st)
{
	int i;

	for (i = 0; i < 4; i++) {
		if (st->buf[i])
			usb_free_coherent(st->udev, 512, st->buf[i],
					  st->dma[i]);
		usb_free_urb(st->urb[i]);
		st->buf[i] = NULL;
		st->urb[i] = NULL;
	}
}

int stick_alloc_ok(struct stick *st)
{
	int i;

	for (i = 0; i < 4; i++) {
		st->urb[i] = usb_alloc_urb(0, GFP_KERNEL);
		if (!st->urb[i])
			goto err;
		st->buf[i] = usb_alloc_coherent(st->udev, 512, GFP_KERNEL,
						&st->dma[i]);
		if (!st->buf[i])
			goto err;
		st->urb[i]->transfer_dma = st->dma[i];
	}
	return 0;
err:
	stick_free(st);
	return -ENOMEM;
}

static int stick_probe_ok(struct usb_interface *intf,
			  const struct usb_device_id *id)
{
	struct stick *st = kzalloc(sizeof(*st), GFP_KERNEL);
	int ret;

	if (!st)
		return -ENOMEM;
	st->udev = interface_to_usbdev(intf);
	ret = stick_alloc_ok(st);
	if (ret)
		goto err;
	ret = usb_submit_urb(st->urb[0], GFP_KERNEL);
	if (ret)
		goto err_buffers;
	usb_set_intfdata(intf, st);
	return 0;
err_buffers:
	stick_free(st);
err:
	kfree(st);
	return ret;
}

static void stick_disconnect_ok(struct usb_interface *intf)
{
	struct stick *st = usb_get_intfdata(intf);
	int i;

	for (i = 0; i < 4; i++)
		usb_kill_urb(st->urb[i]);
	stick_free(st);
	kfree(st);
}

struct usb_driver stick_driver = {
	.name = "stick",
	.probe = stick_probe_ok,
	.disconnect = stick_disconnect_ok,
};
