/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_RDMA_IB_VERBS_H
#define SIM_RDMA_IB_VERBS_H

#include <linux/dma-mapping.h>

struct ib_device {
	struct device *dma_device;
	char name[16];
};

struct ib_sge {
	u64 addr;
	u32 length;
	u32 lkey;
};

struct ib_qp {
	struct ib_device *device;
};

struct ib_send_wr {
	struct ib_sge *sg_list;
	int num_sge;
};

u64 ib_dma_map_single(struct ib_device *dev, void *cpu, size_t size,
		      enum dma_data_direction dir);
void ib_dma_unmap_single(struct ib_device *dev, u64 handle, size_t size,
			 enum dma_data_direction dir);
int ib_dma_mapping_error(struct ib_device *dev, u64 handle);
int ib_dma_map_sg(struct ib_device *dev, struct scatterlist *sgl, int nents,
		  enum dma_data_direction dir);
void ib_dma_unmap_sg(struct ib_device *dev, struct scatterlist *sgl,
		     int nents, enum dma_data_direction dir);
int ib_post_send(struct ib_qp *qp, const struct ib_send_wr *wr,
		 const struct ib_send_wr **bad);

#endif
