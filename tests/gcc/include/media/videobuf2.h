/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_MEDIA_VIDEOBUF2_H
#define SIM_MEDIA_VIDEOBUF2_H

struct vb2_queue {
	void *drv_priv;
};

struct vb2_ops {
	int (*start_streaming)(struct vb2_queue *q, unsigned int count);
	void (*stop_streaming)(struct vb2_queue *q);
};

struct video_device {
	int minor;
};

void video_unregister_device(struct video_device *vdev);
void vb2_video_unregister_device(struct video_device *vdev);

#endif
