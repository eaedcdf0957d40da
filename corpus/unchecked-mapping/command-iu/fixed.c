// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct fcx_iocb {
	__le64 rsp_addr;
	__le32 rsp_len;
	__le32 handle;
};

struct fcx_req {
	void *rsp;
	dma_addr_t rsp_dma;
	u32 rsp_len;
	u32 handle;
};

struct fcx {
	struct device *dev;
	void __iomem *doorbell;
	struct fcx_iocb *ring;
	unsigned int in;
};

int fcx_send_ls(struct fcx *fcx, struct fcx_req *req);
void fcx_ls_done(struct fcx *fcx, struct fcx_req *req);

int fcx_send_ls(struct fcx *fcx, struct fcx_req *req)
{
	struct fcx_iocb *iocb = &fcx->ring[fcx->in];

	req->rsp_dma = dma_map_single(fcx->dev, req->rsp, req->rsp_len,
				      DMA_FROM_DEVICE);
	if (dma_mapping_error(fcx->dev, req->rsp_dma))
		return -ENOMEM;

	iocb->rsp_addr = cpu_to_le64(req->rsp_dma);
	iocb->rsp_len = cpu_to_le32(req->rsp_len);
	iocb->handle = cpu_to_le32(req->handle);
	wmb();
	writel(++fcx->in, fcx->doorbell);
	return 0;
}

void fcx_ls_done(struct fcx *fcx, struct fcx_req *req)
{
	dma_unmap_single(fcx->dev, req->rsp_dma, req->rsp_len,
			 DMA_FROM_DEVICE);
	req->rsp_dma = 0;
}
