// SPDX-License-Identifier: GPL-2.0-or-later
#include <rdma/ib_verbs.h>

#define RW_MAX	16

struct rw {
	struct ib_device *dev;
	struct ib_qp *qp;
	struct ib_sge sge[RW_MAX];
};

int rw_send(struct rw *rw, struct scatterlist *sgl, int nents);

int rw_send(struct rw *rw, struct scatterlist *sgl, int nents)
{
	struct ib_send_wr wr = {};
	struct scatterlist *sg;
	int count, i, ret;

	count = ib_dma_map_sg(rw->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -EIO;
	if (count > RW_MAX) {
		ret = -EINVAL;
		goto unmap;
	}
	for_each_sg(sgl, sg, count, i) {
		rw->sge[i].addr = sg_dma_address(sg);
		rw->sge[i].length = sg_dma_len(sg);
	}
	wr.sg_list = rw->sge;
	wr.num_sge = count;
	ret = ib_post_send(rw->qp, &wr, NULL);
	if (!ret)
		return 0;
unmap:
	ib_dma_unmap_sg(rw->dev, sgl, nents, DMA_TO_DEVICE);
	return ret;
}
