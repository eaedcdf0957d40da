// SPDX-License-Identifier: GPL-2.0-or-later
#include <rdma/ib_verbs.h>

struct send_req {
	void *packet;
	struct ib_sge sge;
};

struct conn {
	struct ib_device *dev;
	struct ib_qp *qp;
};

int send_one(struct conn *conn, struct send_req *req, size_t len);
void send_done(struct conn *conn, struct send_req *req);

int send_one(struct conn *conn, struct send_req *req, size_t len)
{
	struct ib_send_wr wr = {};
	int rc;

	req->sge.addr = ib_dma_map_single(conn->dev, req->packet, len,
					  DMA_TO_DEVICE);
	if (ib_dma_mapping_error(conn->dev, req->sge.addr)) {
		rc = -EIO;
		goto unmap;
	}
	req->sge.length = len;
	wr.sg_list = &req->sge;
	wr.num_sge = 1;
	rc = ib_post_send(conn->qp, &wr, NULL);
	if (!rc)
		return 0;

unmap:
	ib_dma_unmap_single(conn->dev, req->sge.addr, len, DMA_TO_DEVICE);
	req->sge.length = 0;
	return rc;
}

void send_done(struct conn *conn, struct send_req *req)
{
	ib_dma_unmap_single(conn->dev, req->sge.addr, req->sge.length,
			    DMA_TO_DEVICE);
}
