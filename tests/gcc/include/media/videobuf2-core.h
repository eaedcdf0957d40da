/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_MEDIA_VIDEOBUF2_CORE_H
#define SIM_MEDIA_VIDEOBUF2_CORE_H

#include <linux/scatterlist.h>
#include <linux/list.h>

enum vb2_buffer_state { VB2_BUF_STATE_QUEUED, VB2_BUF_STATE_DONE,
			VB2_BUF_STATE_ERROR };

enum vb2_io_modes {
	VB2_MMAP = 0x01,
	VB2_USERPTR = 0x02,
	VB2_READ = 0x04,
	VB2_WRITE = 0x08,
	VB2_DMABUF = 0x10,
};

struct vb2_mem_ops;
struct vb2_ops;

struct vb2_queue {
	void *drv_priv;
	struct device *dev;
	unsigned int io_modes;
	const struct vb2_ops *ops;
	const struct vb2_mem_ops *mem_ops;
};

struct vb2_buffer {
	struct vb2_queue *vb2_queue;
	unsigned int index, num_planes;
};

struct vb2_ops {
	int (*buf_init)(struct vb2_buffer *vb);
	int (*buf_prepare)(struct vb2_buffer *vb);
	void (*buf_finish)(struct vb2_buffer *vb);
	void (*buf_cleanup)(struct vb2_buffer *vb);
	int (*start_streaming)(struct vb2_queue *q, unsigned int count);
	void (*stop_streaming)(struct vb2_queue *q);
	void (*buf_queue)(struct vb2_buffer *vb);
};

extern const struct vb2_mem_ops vb2_dma_contig_memops;
int vb2_queue_init(struct vb2_queue *q);
int vb2_dma_contig_set_max_seg_size(struct device *dev, unsigned int size);
void *vb2_get_drv_priv(struct vb2_queue *q);
unsigned long vb2_plane_size(struct vb2_buffer *vb, unsigned int plane);
void *vb2_plane_vaddr(struct vb2_buffer *vb, unsigned int plane);
void vb2_buffer_done(struct vb2_buffer *vb, enum vb2_buffer_state state);

#endif
