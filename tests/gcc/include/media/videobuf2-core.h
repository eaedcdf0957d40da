/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_MEDIA_VIDEOBUF2_CORE_H
#define SIM_MEDIA_VIDEOBUF2_CORE_H

#include <linux/scatterlist.h>
#include <linux/list.h>

enum vb2_buffer_state { VB2_BUF_STATE_QUEUED, VB2_BUF_STATE_DONE,
			VB2_BUF_STATE_ERROR };

struct vb2_queue {
	void *drv_priv;
	struct device *dev;
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

void *vb2_get_drv_priv(struct vb2_queue *q);
unsigned long vb2_plane_size(struct vb2_buffer *vb, unsigned int plane);
void *vb2_plane_vaddr(struct vb2_buffer *vb, unsigned int plane);
void vb2_buffer_done(struct vb2_buffer *vb, enum vb2_buffer_state state);

#endif
