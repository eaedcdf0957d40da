// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <rdma/ib_verbs.h>

struct conn {
	struct ib_device *ib;
	struct ib_qp *qp;
	u32 lkey;
};

int qp_send(struct conn *conn, void *msg, u32 len);

int qp_send(struct conn *conn, void *msg, u32 len)
{
	const struct ib_send_wr *bad;
	struct ib_send_wr wr = { 0 };
	struct ib_sge sge;
	u64 addr;
	int err;

	addr = ib_dma_map_single(conn->ib, msg, len, DMA_TO_DEVICE);
	if (ib_dma_mapping_error(conn->ib, addr))
		return -ENOMEM;
	sge.addr = addr;
	sge.length = len;
	sge.lkey = conn->lkey;
	wr.sg_list = &sge;
	wr.num_sge = 1;

	err = ib_post_send(conn->qp, &wr, &bad);
	if (err)
		ib_dma_unmap_single(conn->ib, addr, len, DMA_FROM_DEVICE);
	return err;
}
