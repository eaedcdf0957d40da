/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A capture driver of two files: one fills in the queue, the other may say how
 * long a segment of an imported buffer may be.
 */
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <media/videobuf2-core.h>

struct grab {
	struct device *dev;
	struct vb2_queue queue;
};

int grab_queue_init(struct grab *grab);
